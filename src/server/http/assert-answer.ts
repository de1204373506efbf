import { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';

/**
 * Throws an Error if the text is not exactly what the schema would make of it: a wrong value, an
 * unknown field or a duplicate one.
 */
export function assertAnswer(schema: z.ZodType, text: string): void {
  const parsed: unknown = JSON.parse(text);
  if (!isDeepStrictEqual(schema.parse(parsed), parsed))
    throw new Error('An answer is not as the contract has it.');
  if (JSON.stringify(parsed).length !== text.length)
    throw new Error('An answer has a field twice.');
}

/** Passes a stream on, and breaks it off at its end if it does not match the schema. */
export function assertStream(schema: z.ZodType, stream: Readable): Readable {
  async function* checked(): AsyncGenerator<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part);
      yield part;
    }
    assertAnswer(schema, Buffer.concat(parts).toString());
  }
  return Readable.from(checked(), { objectMode: false });
}
