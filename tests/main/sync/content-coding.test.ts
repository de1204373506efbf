import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decoded, largestAnswer } from '../../../src/main/sync/content-coding.ts';

const text = 'Zażółć gęślą jaźń, 返信, and a long line. '.repeat(50);
const alone = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);
const encoders: Record<string, (text: string) => Uint8Array> = { zstd: zstdCompressSync, br: brotliCompressSync, gzip: gzipSync, 'x-gzip': gzipSync, deflate: deflateSync };

describe('a body as it came', () => {
  test.each(Object.entries(encoders))('in %s is decoded', (coding, encode) => {
    expect(Buffer.from(decoded({ bytes: alone(encode(text)), coding }) ?? []).toString()).toBe(text);
  });

  test.each([null, 'identity'])('in %s is what it says', (coding) => {
    expect(Buffer.from(decoded({ bytes: alone(Buffer.from(text)), coding }) ?? []).toString()).toBe(text);
  });

  test.each(Object.entries(encoders))('that was cut in %s is none', (coding, encode) => {
    expect(decoded({ bytes: alone(encode(text)).slice(0, 40), coding })).toBeNull();
  });

  test('in a coding that was not asked for is none', () => {
    expect(decoded({ bytes: alone(Buffer.from(text)), coding: 'compress' })).toBeNull();
    expect(decoded({ bytes: alone(Buffer.from(text)), coding: 'constructor' })).toBeNull();
  });

  test('of a few bytes that say more than an answer may is none', () => {
    expect(decoded({ bytes: alone(zstdCompressSync(Buffer.alloc(largestAnswer + 1))), coding: 'zstd' })).toBeNull();
  });
});
