import { constants } from 'node:zlib';
import type { FastifyCompressOptions } from '@fastify/compress';

/**
 * What is sent is compressed from a size on at which it saves a packet. Of a page of the feed zstd
 * makes as little as brotli at quality 4 in a third of its time; brotli at 3 takes half of that
 * time and 6 % more bytes. A window of half a megabyte: by itself brotli takes four for each answer
 * under way, and many desks sync at the same time.
 */
export const compression: FastifyCompressOptions = {
  global: true,
  threshold: 1024,
  encodings: ['zstd', 'br', 'gzip'],
  brotliOptions: {
    params: { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_LGWIN]: 19 },
  },
};
