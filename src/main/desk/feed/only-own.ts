import { readMeta } from '../sqlite/meta.ts';
import type { ReadDb } from '../sqlite/connection.ts';
import { knownTraits } from './servers/known.ts';

/**
 * Whether the server shows this account only the tickets that it opened itself. A level-1 server
 * can do so even for a superuser, who would otherwise wonder where the tickets are. It does not
 * name a ticket's owner; the authors of its messages show that.
 */
export function showsOnlyOwn(cache: ReadDb, me: string): boolean {
  if (!knownTraits(cache).hidesOthers || readMeta(cache, 'snapshot') !== 'done') return false;
  const ofAnother =
    'select exists (select 1 from tickets where requester_id <> ? and requester_id <> id) as found';
  return cache.prepare<[string], { found: number }>(ofAnother).get(me)?.found === 0;
}
