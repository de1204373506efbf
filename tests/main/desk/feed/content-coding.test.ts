import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  decoded,
  largestAnswer,
  type CodedBytes,
} from '../../../../src/main/desk/feed/content-coding.ts';

const text = 'Zażółć gęślą jaźń, 返信, and a long line. '.repeat(50);
const alone = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);
const encoders: Record<string, (text: string) => Uint8Array> = {
  zstd: zstdCompressSync,
  br: brotliCompressSync,
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
};

function read(came: CodedBytes): string {
  const said = decoded(came);
  return said.kind === 'bytes' ? Buffer.from(said.bytes).toString() : said.kind;
}

describe('a body as it came', () => {
  test.each(Object.entries(encoders))('in %s is decoded', (coding, encode) => {
    expect(read({ bytes: alone(encode(text)), coding })).toBe(text);
  });

  test.each([null, 'identity'])('in %s is what it says', (coding) => {
    expect(read({ bytes: alone(Buffer.from(text)), coding })).toBe(text);
  });

  test.each(Object.entries(encoders))('that was cut in %s is none', (coding, encode) => {
    expect(decoded({ bytes: alone(encode(text)).slice(0, 40), coding })).toEqual({
      kind: 'broken',
    });
  });

  test('in a coding that was not asked for is none', () => {
    expect(decoded({ bytes: alone(Buffer.from(text)), coding: 'compress' })).toEqual({
      kind: 'broken',
    });
    expect(decoded({ bytes: alone(Buffer.from(text)), coding: 'constructor' })).toEqual({
      kind: 'broken',
    });
  });

  test.each(Object.entries(encoders))(
    'of a few bytes that say more than an answer may is too large, in %s',
    (coding, encode) => {
      expect(decoded({ bytes: alone(encode('x'.repeat(largestAnswer + 1))), coding })).toEqual({
        kind: 'too large',
      });
    },
  );

  test('that is longer than an answer may be is too large without a coding too', () => {
    expect(decoded({ bytes: new Uint8Array(largestAnswer + 1), coding: null })).toEqual({
      kind: 'too large',
    });
  });
});
