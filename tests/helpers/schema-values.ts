import * as fc from 'fast-check';
import { z } from 'zod';

/** The part of JSON Schema that the contract uses. */
interface JsonSchema {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';
  anyOf?: JsonSchema[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
}

/**
 * A stand-in for something that exists only once the database does, such as `~ticket-3~`: a request
 * is generated with stand-ins and can so be repeated from a seed on another database. It reads the
 * same in an address and in JSON.
 */
export const standIn = (kind: string, n: number): string => `~${kind}-${n}~`;

const someId = fc.oneof(
  { weight: 18, arbitrary: fc.nat(19).map((n) => standIn('ticket', n)) },
  { weight: 2, arbitrary: fc.nat(9).map((n) => standIn('user', n)) },
  { weight: 1, arbitrary: fc.nat(9).map((n) => standIn('message', n)) },
  { weight: 1, arbitrary: fc.nat(9).map((n) => standIn('macro', n)) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 1, arbitrary: fc.constant('00000000-0000-0000-0000-000000000000') },
);

/** Named fields whose text only hits anything when it is one that exists. */
const known: Record<string, fc.Arbitrary<unknown>> = {
  cursor: fc.oneof(
    fc.nat(11).map((n) => standIn('cursor', n)),
    fc.base64String(),
    fc.string(),
  ),
  assignee_id: fc.oneof(
    { weight: 6, arbitrary: fc.nat(9).map((n) => standIn('user', n)) },
    { weight: 1, arbitrary: someId },
  ),
  mentions: fc.oneof(
    { weight: 6, arbitrary: fc.nat(9).map((n) => standIn('user', n)) },
    { weight: 1, arbitrary: someId },
  ),
  email: fc.oneof(
    fc.nat(4).map((n) => standIn('email', n)),
    fc.emailAddress(),
  ),
};

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.lorem({ maxCount: 5 }),
  fc.constantFrom(
    "'; drop table users; --",
    '%_\\%',
    '{{requester.name}}',
    '<script>alert(1)</script>',
    '\u202Egnp.exe',
    '\uFFFF',
    '\u200B\u200B\u200B\u200B\u200B',
    'a\u0301',
    '👩‍👩‍👧‍👦',
    '&<>|()!:* "x',
    'NaN',
    '-0',
  ),
);
const times = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .date({
        noInvalidDate: true,
        min: new Date('0000-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59Z'),
      })
      .map((d) => d.toISOString()),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2025-13-45T00:00:00Z',
      '2025-02-30T12:00:00Z',
      '9999-12-31T23:59:59-23:59',
      '0001-01-01T00:00:00+15:00',
      '0000-01-01T00:00:00Z',
      '2025-01-01T24:00:00Z',
      '2025-01-01T23:59:60Z',
      '2030-01-01T00:00:00.123456789',
      '2030-01-01T00:00:00+16:00',
    ),
  },
);

/**
 * Values that the schema's documentation calls right; refinements are not in it, so a few are still
 * refused.
 */
export function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return ofJson(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '');
}

function ofJson(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => ofJson(one, name)));
  switch (schema.type) {
    case 'string':
      return ofText(schema, name);
    case 'integer':
      return fc.integer({
        min: schema.minimum ?? -10,
        max: Math.min(schema.maximum ?? 1_000, 1_000),
      });
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(ofJson(schema.items ?? {}, name), {
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'object': {
      const fields = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, one]) => [key, ofJson(one, key)]),
      );
      const required = schema.required ?? [];
      // Few of the optional ones at a time: each is one more chance to be refused before the rest
      // is looked at.
      const optional = fc.subarray(
        Object.keys(fields).filter((key) => !required.includes(key)),
        { maxLength: Math.min(3, Object.keys(fields).length - required.length) },
      );
      return fc
        .tuple(fc.record(fields, { noNullPrototype: true }), optional)
        .map(([value, kept]) =>
          Object.fromEntries(
            Object.entries(value).filter(([key]) => required.includes(key) || kept.includes(key)),
          ),
        );
    }
    default:
      return fc.jsonValue();
  }
}

function ofText(
  { format, pattern, minLength = 0, maxLength = 1_000 }: JsonSchema,
  name: string,
): fc.Arbitrary<unknown> {
  if (format === 'uuid') return known[name] ?? someId;
  if (pattern !== undefined)
    return fc.oneof(
      { weight: 3, arbitrary: times },
      { weight: 1, arbitrary: fc.stringMatching(new RegExp(pattern)) },
    );
  return (
    known[name] ??
    text.map((value) =>
      value.length < minLength ? value.padEnd(minLength, 'x') : value.slice(0, maxLength),
    )
  );
}
