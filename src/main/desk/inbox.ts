import type { CallInput, CallOutput, TicketRow, ViewId } from '../../contract/bridge.ts';
import { viewIds } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { RuleView } from '../../core/views.ts';
import { inView } from '../../core/views.ts';
import { ticketsWithDrafts } from '../db/drafts.ts';
import type { Position } from '../db/tickets.ts';
import { countTickets, getTickets, listTickets } from '../db/tickets.ts';
import { toRow } from './rows.ts';
import { sleepShifted } from './snooze.ts';
import type { Workspace } from './workspace.ts';

/**
 * Lists and counts are asked of the cache for all tickets without open operations, and decided here for the few that
 * have some, so that what the agent did shows at once while no row of the cache is touched.
 */
export function listView(work: Workspace, input: CallInput<'tickets.list'>): CallOutput<'tickets.list'> {
  const after = parsePosition(input.after);
  const drafts = new Set(ticketsWithDrafts(work.outboxDb, work.account.id));
  const { view } = input;
  if (!isRuleView(view)) {
    const rows = sortRows(rowsOf(work, listedIds(work, view, drafts), drafts)).filter((row) => isAfter(row, after));
    return { rows: rows.slice(0, input.limit), next: nextOf(rows, input.limit), total: listedIds(work, view, drafts).length };
  }
  const overlaid = overlaidIds(work);
  const sleep = work.sleep();
  const members = rowsOf(work, overlaid, drafts).filter((row) => inView(view, row, work.account.id, sleep.now));
  const query = { view, me: work.account.id, now: sleep.now, except: overlaid };
  const plain = listTickets(work.cache, query, after, input.limit + 1).map((record) => toRow(record, [], work.account.id, drafts.has(record.id), sleep));
  const rows = sortRows([...plain, ...members.filter((row) => isAfter(row, after))]);
  return { rows: rows.slice(0, input.limit), next: nextOf(rows, input.limit), total: countTickets(work.cache, query).count + members.length };
}

/** Tickets and unread tickets of every view. */
export function countViews(work: Workspace): CallOutput<'views.counts'> {
  const drafts = new Set(ticketsWithDrafts(work.outboxDb, work.account.id));
  const overlaid = overlaidIds(work);
  const rows = rowsOf(work, overlaid, drafts);
  const now = work.sleep().now;
  return viewIds.map((view) => {
    if (!isRuleView(view)) return { view, count: listedIds(work, view, drafts).length, unread: 0 };
    const members = rows.filter((row) => inView(view, row, work.account.id, now));
    const plain = countTickets(work.cache, { view, me: work.account.id, now, except: overlaid });
    return { view, count: plain.count + members.length, unread: plain.unread + members.filter((row) => row.unread).length };
  });
}

/** The rows of these tickets, operations laid over them; ids that are not in the cache are left out. */
export function rowsOf(work: Workspace, ids: readonly string[], drafts: ReadonlySet<string>): TicketRow[] {
  const sleep = work.sleep();
  return getTickets(work.cache, ids).map((record) => toRow(record, work.outbox.openOf(record.id), work.account.id, drafts.has(record.id), sleep));
}

function overlaidIds(work: Workspace): string[] {
  return [...new Set([...work.outbox.open().map((operation) => operation.ticketId), ...sleepShifted(work)])];
}

function isRuleView(view: ViewId): view is RuleView {
  return view !== 'drafts' && view !== 'needs-you';
}

function listedIds(work: Workspace, view: 'drafts' | 'needs-you', drafts: ReadonlySet<string>): string[] {
  if (view === 'drafts') return [...drafts];
  return [...new Set(work.outbox.open().filter((operation) => operation.state === 'parked').map((operation) => operation.ticketId))];
}

/** The list's one order: newest activity first, the id breaking ties, as in the SQL. */
function sortRows(rows: TicketRow[]): TicketRow[] {
  return rows.sort((a, b) => b.activity_at - a.activity_at || (a.id < b.id ? 1 : -1));
}

function isAfter(row: TicketRow, after: Position | null): boolean {
  if (!after) return true;
  return row.activity_at < after.activity_at || (row.activity_at === after.activity_at && row.id < after.id);
}

function nextOf(rows: TicketRow[], limit: number): string | null {
  const last = rows[limit - 1];
  return rows.length > limit && last ? `${last.activity_at}:${last.id}` : null;
}

function parsePosition(text: string | null): Position | null {
  if (text === null) return null;
  const [, at, id] = /^(\d{1,16}):(.+)$/.exec(text) ?? [];
  if (at === undefined || id === undefined) throw new BridgeError('invalid-input', { message: 'not a position of this list' });
  return { activity_at: Number(at), id };
}
