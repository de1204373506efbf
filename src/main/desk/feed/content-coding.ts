import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** An answer's body as it came. */
export interface CodedBytes {
  /** Alone in their buffer, so that they can be handed to another thread. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Its Content-Encoding in lower case; null for none. */
  coding: string | null;
}

/** A few bytes can say a great many. */
export const largestAnswer = 64 * 1024 * 1024;

/** `broken`: cut, or in a coding that was not asked for. */
export type Decoded =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'broken' }
  | { kind: 'too large' };

const decoders = new Map<
  string,
  (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array
>([
  ['zstd', zstdDecompressSync],
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
]);

export function decoded({ bytes, coding }: CodedBytes): Decoded {
  if (coding === null || coding === 'identity')
    return bytes.length > largestAnswer ? { kind: 'too large' } : { kind: 'bytes', bytes };
  const decode = decoders.get(coding);
  if (!decode) return { kind: 'broken' };
  try {
    return { kind: 'bytes', bytes: decode(bytes, { maxOutputLength: largestAnswer }) };
  } catch (error) {
    return {
      kind:
        error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
          ? 'too large'
          : 'broken',
    };
  }
}
