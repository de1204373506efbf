import { z } from 'zod';
import type { Abilities } from '../../../../contract/bridge.ts';
import { abilitiesOf } from '../../../../core/abilities.ts';
import { readMeta, writeMeta } from '../../sqlite/meta.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { forgetVersions } from '../../areas/tickets/threads-read.ts';
import { believeThisCopy } from '../doubts.ts';
import { beginSnapshot } from '../generation.ts';
import type { KindName, Traits } from './kind.ts';
import { traits as level1 } from './level1/traits.ts';
import { traits as staffdesk } from './staffdesk/traits.ts';

/** The level and features that a server names. */
export interface ServerLevel {
  level: number;
  features: readonly string[];
}

export const levelOne: ServerLevel = { level: 1, features: [] };

const traits: Readonly<Record<KindName, Traits>> = { staffdesk, level1 };

export const traitsOf = (kind: KindName): Traits => traits[kind];

/** The kind of a server by what it says; one that nobody has asked yet counts as one of ours. */
export const kindOf = (said: Pick<ServerLevel, 'level'> | null): KindName =>
  said?.level === 1 ? 'level1' : 'staffdesk';

const Features = z.array(z.string());

/** The level that the cache was filled from; null before the first answer. */
function knownLevel(cache: ReadDb): number | null {
  const level = readMeta(cache, 'level');
  if (level !== null) return Number(level);
  return readMeta(cache, 'cursor') === null ? null : 2;
}

/** The kind of server that the cache was filled from. */
export function knownKind(cache: ReadDb): KindName {
  const level = knownLevel(cache);
  return kindOf(level === null ? null : { level });
}

export const knownTraits = (cache: ReadDb): Traits => traitsOf(knownKind(cache));

export function knownAbilities(cache: ReadDb): Abilities {
  return abilitiesOf(
    knownLevel(cache),
    Features.parse(JSON.parse(readMeta(cache, 'features') ?? '[]')),
  );
}

/**
 * The level that the server has proven; it cannot lose it while this cache is its copy, since
 * another server has another cache.
 */
export function provenLevel(cache: ReadDb): number | null {
  return knownLevel(cache);
}

/**
 * Remembers what the server can do. A server of another level than before gets a new full sync: its
 * versions and cursors mean something else. Until that is complete, what is cached stays readable.
 * A proven level is never lowered.
 */
export function adoptLevel(cache: WriteDb, { level, features }: ServerLevel): void {
  const before = knownLevel(cache);
  if (level < (provenLevel(cache) ?? level))
    throw new Error(`a server of level ${before} is not taken for one of level ${level}`);
  cache.transaction(() => {
    if (before !== null && before !== level) {
      forgetVersions(cache);
      beginSnapshot(cache);
      believeThisCopy(cache);
    }
    writeMeta(cache, 'level', String(level));
    writeMeta(cache, 'features', JSON.stringify(features));
  });
}
