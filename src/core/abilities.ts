import type { Abilities } from '../contract/bridge.ts';

/**
 * The abilities of a server with this level and these features. Level 1 has none of the later ones;
 * null: the server has not been asked yet.
 */
export function abilitiesOf(level: number | null, features: readonly string[]): Abilities {
  const has = (feature: string): boolean =>
    level === null || (level >= 2 && features.includes(feature));
  return {
    level,
    notes: has('notes'),
    changes: has('patch'),
    assignment: has('patch'),
    reopen: has('reopen'),
    live: has('events'),
    presence: has('presence'),
    macros: has('macros'),
    exactly_once: has('idempotency'),
    bounded_copy: has('closed-since'),
    search: has('search'),
  };
}
