import { z } from 'zod';
import type { ReadDb, WriteDb } from '../sqlite/connection.ts';
import { readMeta, writeMeta } from '../sqlite/meta.ts';
import { currentGeneration } from './generation.ts';

/**
 * After this many responses in a row that cannot be true, at one cursor, a full sync shows what is
 * true. The number doubles with each copy that was begun for that and did not end, so that a server
 * whose copies never agree with themselves is not copied again and again.
 */
const doubtsBorne = 3;
const mostDoublings = 8;

/** `copies`: those begun because of doubts since the last one that ended. */
const Doubted = z.object({
  cursor: z.string(),
  times: z.number(),
  copies: z.number().default(0),
});
type Doubted = z.infer<typeof Doubted>;

/**
 * One more answer that cannot be true came at this cursor; whether that makes too many in a row.
 */
export function tooOftenDoubted(cache: WriteDb, cursor: string): boolean {
  const before = doubtedIn(cache);
  const times = before.cursor === cursor ? before.times + 1 : 1;
  const isTooOften = times > doubtsBorne * 2 ** Math.min(before.copies, mostDoublings);
  const after: Doubted = isTooOften
    ? { cursor, times: 0, copies: before.copies + 1 }
    : { ...before, cursor, times };
  writeMeta(cache, 'doubted', JSON.stringify(after));
  return isTooOften;
}

const doubtedIn = (cache: ReadDb): Doubted =>
  Doubted.parse(JSON.parse(readMeta(cache, 'doubted') ?? '{"cursor":"","times":0}'));

/**
 * After this many refused pages of one full sync, the earlier copy that contradicts them is taken
 * to be the wrong one. With the pauses between, that outlasts a fault of half a minute.
 */
const contradictionsBorne = 6;

const Contradicted = z.object({ generation: z.number(), times: z.number() });

/**
 * The full sync that has just begun is not compared with earlier ones: another level of server words
 * authors and times otherwise.
 */
export function believeThisCopy(cache: WriteDb): void {
  const all = { generation: currentGeneration(cache), times: contradictionsBorne };
  writeMeta(cache, 'contradicted', JSON.stringify(all));
}

/**
 * One more page contradicts an earlier full sync; whether that makes so many that this copy is
 * believed from now on.
 */
export function outweighsEarlier(cache: WriteDb): boolean {
  const generation = currentGeneration(cache);
  const before = Contradicted.parse(
    JSON.parse(readMeta(cache, 'contradicted') ?? '{"generation":0,"times":0}'),
  );
  const times = before.generation === generation ? before.times : 0;
  if (times >= contradictionsBorne) return true;
  writeMeta(cache, 'contradicted', JSON.stringify({ generation, times: times + 1 }));
  return false;
}
