import type { TicketRow } from '../../contract/bridge.ts';
import type { Operation } from '../../core/operation.ts';
import type { ReadDb } from '../db/open.ts';
import type { TicketRecord } from '../db/tickets.ts';
import { getTickets } from '../db/tickets.ts';
import type { Outbox } from '../sync/outbox.ts';
import { toRow } from './rows.ts';

/** The tickets with open operations: as the cache has them, and as the agent sees them. Drafts are not marked. */
export interface Overlaid { ids: string[]; truth: TicketRecord[]; rows: TicketRow[] }

interface Kept { record: TicketRecord; operations: readonly Operation[]; row: TicketRow }

/** Lays operations over their tickets, and again only over those that have changed: with hundreds waiting each look would cost a frame. */
export function createOverlaid({ cache, outbox, me, cacheVersion }: { cache: ReadDb; outbox: Outbox; me: string; cacheVersion: () => string }): () => Overlaid {
  let kept = new Map<string, Kept>();
  let of = { cache: '', outbox: -1 };
  let answer: Overlaid = { ids: [], truth: [], rows: [] };

  return () => {
    const now = { cache: cacheVersion(), outbox: outbox.version() };
    if (now.cache === of.cache && now.outbox === of.outbox) return answer;
    const known = now.cache === of.cache ? kept : new Map<string, Kept>();
    const ids = [...new Set(outbox.open().map((operation) => operation.ticketId))];
    const fresh = new Map(getTickets(cache, ids.filter((id) => !known.has(id))).map((record) => [record.id, record]));
    kept = new Map();
    for (const id of ids) {
      const before = known.get(id);
      const record = before?.record ?? fresh.get(id);
      if (!record) continue;
      const operations = outbox.openOf(id);
      kept.set(id, before?.operations === operations ? before : { record, operations, row: toRow(record, operations, me, false) });
    }
    of = now;
    answer = { ids, truth: [...kept.values()].map(({ record }) => record), rows: [...kept.values()].map(({ row }) => row) };
    return answer;
  };
}
