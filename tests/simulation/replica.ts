import type { KeepChoice, ThreadMessage } from '../../src/contract/bridge.ts';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import { day, parseWireTime } from '../../src/core/time.ts';
import type { Machine } from './machine.ts';
import { isStaff, messagesFor, staffFor, toTicket, type Actor } from './model/rows.ts';
import { isRecent } from './model/feed.ts';
import type { ServerModel } from './server-model.ts';

/** One line per thing that a reader can see, sorted: two views are equal when their lines are. */
export type View = string[];

/**
 * What the server shows to this person now, of tickets that their desk keeps: what it may leave out
 * is compared where it is there all the same.
 */
export function serverView(
  model: ServerModel,
  actor: Actor,
  { overlaid, woken, shown, keptSince }: Omit<DeskView, 'view'>,
): View {
  const state = model.state();
  const tickets = [...state.tickets.values()].filter(
    (t) =>
      (isStaff(actor) || t.userId === actor.id) &&
      (shown.has(t.id) || isRecent(t, (keptSince ?? 0) * 1_000, Infinity)),
  );
  return [
    ...tickets
      .filter((row) => !overlaid.has(row.id))
      .map((row) => ticketLine(toTicket(state, actor, row), woken.has(row.id))),
    ...tickets.flatMap((row) =>
      messagesFor(state, actor, row.id).map((m) =>
        messageLine(
          row.id,
          m.is_internal ? 'note' : m.is_staff ? 'reply' : 'customer',
          m.id,
          m.message,
          parseWireTime(m.created_at),
        ),
      ),
    ),
    ...staffFor(state, actor, null).map((member) => `staff ${JSON.stringify(member)}`),
  ].toSorted();
}

/** One that has just woken stands where its waking puts it. */
function ticketLine(t: Ticket, woke: boolean): string {
  const ms = (wire: string | null): number | null => (wire === null ? null : parseWireTime(wire));
  return `ticket ${JSON.stringify([
    t.id,
    t.subject,
    t.requester.id,
    t.requester.name,
    t.requester.email,
    t.status,
    t.priority,
    t.category,
    t.assignee_id,
    t.tags,
    ms(t.created_at),
    ms(t.updated_at),
    ms(t.resolved_at),
    t.message_count,
    woke ? 'woke' : ms(t.last_message_at ?? t.created_at),
    t.last_message?.preview ?? '',
  ])}`;
}

/** Without the author's name: a colleague who is renamed does not rewrite what they wrote. */
function messageLine(
  ticket: string,
  kind: ThreadMessage['kind'],
  id: string,
  text: string,
  at: number,
): string {
  return `message ${JSON.stringify([ticket, kind, id, text, at])}`;
}

const mostTickets = 1_000;
const mostMessages = 1_000;

/** `overlaid`, `woken` and `shown` are ids of tickets; `keptSince` in ms, null: all are kept. */
export interface DeskView {
  view: View;
  overlaid: Set<string>;
  woken: Set<string>;
  shown: Set<string>;
  keptSince: number | null;
}

/**
 * What the desk shows, asked as its window asks; null while the machine is dead. A ticket under
 * waiting operations is left out and named in `overlaid`: its fields are what the agent wants, not
 * what the server has.
 */
export function deskView(machine: Machine, now: number): DeskView | null {
  const list = machine.look('tickets.list', { view: 'all', after: null, limit: mostTickets });
  const staff = machine.look('staff.list', {});
  const settings = machine.look('settings.get', {});
  const sync = machine.look('sync.get', {});
  if (!list || !staff || !settings || !sync) return null;
  const view = staff.map(
    ({ id, name, email, role, is_active }) =>
      `staff ${JSON.stringify({ id, name, email, role, is_active })}`,
  );
  const overlaid = new Set<string>();
  const woken = new Set(
    list.rows.filter((row) => row.snooze?.state === 'woke').map((row) => row.id),
  );
  for (const row of list.rows) {
    const thread = machine.look('thread.get', {
      ticket_id: row.id,
      before: null,
      limit: mostMessages,
    });
    if (!thread) return null;
    const { ticket: t, messages, whole } = thread;
    if (!whole) view.push(`hole in ${t.id}`);
    if (t.pending > 0) overlaid.add(t.id);
    else
      view.push(
        `ticket ${JSON.stringify([
          t.id,
          t.subject,
          t.requester_id,
          t.requester,
          t.requester_email,
          t.status,
          t.priority,
          t.category,
          t.assignee_id,
          t.tags,
          t.created_at,
          t.updated_at,
          t.resolved_at,
          t.message_count,
          woken.has(t.id) ? 'woke' : t.activity_at,
          t.preview,
        ])}`,
      );
    for (const m of messages)
      if (m.delivery === null) view.push(messageLine(t.id, m.kind, m.id, m.text, m.at));
  }
  const days = keptDays(settings.keep_closed_days, sync.kept_days);
  return {
    view: view.toSorted(),
    overlaid,
    woken,
    shown: new Set(list.rows.map((row) => row.id)),
    keptSince: days === null ? null : now - days * day,
  };
}

/**
 * How far back an agent finds closed tickets: as they chose; where they left that to the desk, as
 * it says.
 */
function keptDays(chosen: KeepChoice, said: number | null): number | null {
  if (chosen === 'auto') return said;
  return chosen === 'all' ? null : chosen;
}

/** The first lines that only one of two views has; empty when they are equal. */
export function difference(server: View, desk: View): string[] {
  const [onServer, onDesk] = [new Set(server), new Set(desk)];
  return [
    ...server.filter((line) => !onDesk.has(line)).map((line) => `missing ${line}`),
    ...desk.filter((line) => !onServer.has(line)).map((line) => `extra ${line}`),
  ].slice(0, 6);
}
