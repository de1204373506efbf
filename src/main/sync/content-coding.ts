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

const decoders = new Map<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array>([
  ['zstd', zstdDecompressSync], ['br', brotliDecompressSync], ['gzip', gunzipSync], ['x-gzip', gunzipSync], ['deflate', inflateSync],
]);

/** What was encoded; null where it is broken, larger than `largestAnswer` or in a coding that was not asked for. */
export function decoded({ bytes, coding }: CodedBytes): Uint8Array | null {
  if (coding === null || coding === 'identity') return bytes;
  try {
    return decoders.get(coding)?.(bytes, { maxOutputLength: largestAnswer }) ?? null;
  } catch {
    return null;
  }
}
