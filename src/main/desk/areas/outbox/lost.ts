import { day } from '../../../../core/time.ts';
import { isPartial } from '../tickets/threads-partial.ts';
import { messageExists } from '../tickets/messages.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { readMeta, removeMeta } from '../../sqlite/meta.ts';
import { getTicket } from '../tickets/tickets-table.ts';
import type { Outbox } from './queue.ts';

/** A backup that is older than this is beyond what an agent could still judge. */
const lookBackMs = 30 * day;
const mostLookedAt = 20_000;

/**
 * After a full copy: messages that the server had confirmed and does not have any more, although
 * their ticket is there. It was set back to an older state, so they are offered again (parked as
 * 'lost'). A desk's first copy counts as well: another account may have had the cache in between.
 * `serverNow` in ms, null where it cannot be relied on. Answers their tickets, and those that
 * cannot be judged because they are not here, or not whole.
 */
export function offerLost(
  cache: ReadDb,
  outbox: Outbox,
  serverNow: number | null,
): { offered: string[]; unsure: string[] } {
  // Without a time that can be relied on none of them is too old.
  const since = serverNow === null ? 0 : serverNow - lookBackMs;
  const missing = outbox
    .settled('acked', since, mostLookedAt)
    .filter(
      ({ intent, serverId }) =>
        (intent.kind === 'reply' || intent.kind === 'note') &&
        serverId !== null &&
        !messageExists(cache, serverId),
    );
  const known = (ticketId: string): boolean =>
    getTicket(cache, ticketId) !== null && !isPartial(cache, ticketId);
  const lost = missing.filter(({ ticketId }) => known(ticketId));
  // Oldest first, so that they go again in their order.
  for (const { id } of lost.toReversed()) outbox.parkLost(id);
  return {
    offered: lost.map(({ ticketId }) => ticketId),
    unsure: missing.map(({ ticketId }) => ticketId).filter((ticketId) => !known(ticketId)),
  };
}

/**
 * Runs `offerLost` once after each full sync; it stays due while it cannot be written down. Asks
 * `want` for tickets that cannot be judged yet. Returns the tickets that look different now.
 */
export function offerWhatIsDue(
  cache: WriteDb,
  outbox: Outbox,
  serverNow: number | null,
  want: (ticketIds: readonly string[]) => void,
): string[] {
  if (readMeta(cache, 'offer_due') === null) return [];
  const { offered, unsure } = offerLost(cache, outbox, serverNow);
  want(unsure);
  removeMeta(cache, 'offer_due');
  return offered;
}
