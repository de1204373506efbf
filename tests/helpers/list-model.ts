import {
  bridgeCalls,
  type Bulk,
  type BulkAction,
  type BulkTarget,
  type CallInput,
  type CallName,
  type CallOutput,
  type CallResult,
  type Settings,
  type TicketFieldChange,
  type TicketRow,
} from '../../src/contract/bridge.ts';
import { withChange } from '../../src/core/overlay.ts';
import {
  comparePositions,
  positionOf,
  readPosition,
  rightBefore,
  sortKey,
  writePosition,
} from '../../src/core/ticket-order.ts';
import { inView, passes, type RuleView } from '../../src/core/views.ts';
import { createDesk } from '../../src/renderer/bridge/client.ts';
import { composeWindow } from '../../src/renderer/composition.ts';
import { liveBridge } from './live-bridge.ts';

export const ticketId = (n: number): string =>
  `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const me = ticketId(900_001);
export const alex = ticketId(900_002);

export const rowOf = (n: number, at = 100_000 - n): TicketRow => ({
  id: ticketId(n),
  subject: `Ticket ${n}`,
  requester: 'Dana',
  preview: '',
  preview_by: 'customer',
  status: 'open',
  priority: 'medium',
  category: 'other',
  assignee_id: me,
  tags: [],
  activity_at: at,
  snoozed_until: null,
  snooze: null,
  unread: false,
  pending: 0,
  not_sent: false,
  draft: false,
});

type Listed = CallOutput<'tickets.list'>;
type ListInput = CallInput<'tickets.list'>;

/** Tickets, what is done to them, and how that is taken back. */
function createTickets(count: number) {
  let tickets = Array.from({ length: count }, (_, n) => rowOf(n + 1));
  const acted: string[][] = [];
  const read: CallInput<'thread.markRead'>[] = [];
  let marks = 0;
  const before = new Map<string, TicketRow[]>();
  let last = 800_000;

  function listed({ view, filter }: Pick<ListInput, 'view' | 'filter'>): TicketRow[] {
    return tickets.filter(
      (one) => inView(view as RuleView, one, me, Date.now()) && passes(filter ?? {}, one),
    );
  }
  function change(ids: readonly string[], fields: TicketFieldChange): string {
    const operation = ticketId((last += 1));
    before.set(
      operation,
      tickets.filter(({ id }) => ids.includes(id)),
    );
    acted.push([...ids]);
    tickets = tickets.map((one) => (ids.includes(one.id) ? withChange(one, fields) : one));
    return operation;
  }
  function undo(operation: string): void {
    const old = new Map(before.get(operation)?.map((one) => [one.id, one]));
    tickets = tickets.map((one) => old.get(one.id) ?? one);
  }
  function bulk({ target, action }: { target: BulkTarget; action: BulkAction }): Bulk {
    const ids =
      'ids' in target
        ? target.ids
        : listed(target.query)
            .map(({ id }) => id)
            .filter((id) => !target.except.includes(id));
    const fields: TicketFieldChange =
      action.kind === 'close'
        ? { status: 'closed' }
        : action.kind === 'change'
          ? action.change
          : {};
    return bulkOf(change(ids, fields), action, ids.length);
  }
  function send({ ticket_id, finish }: CallInput<'compose.send'>): CallOutput<'compose.send'> {
    const fields: TicketFieldChange =
      finish === 'close'
        ? { status: 'closed' }
        : finish === 'wait'
          ? asleep
          : { status: 'resolved' };
    return { operation_id: change([ticket_id], fields), held_ms: 0 };
  }
  return {
    /** The tickets that each action was on. */
    acted,
    /** The requests to mark a ticket read. */
    read,
    markUnread: () => ({ state: `unread ${(marks += 1)}` }),
    all: () => tickets,
    listed,
    change,
    undo,
    bulk,
    send,
    arrive(next: (rows: TicketRow[]) => TicketRow[]) {
      tickets = next(tickets);
    },
  };
}
type Tickets = ReturnType<typeof createTickets>;

type Calls = Partial<Record<CallName, (input: never) => unknown>>;

function callsOf(tickets: Tickets): Calls {
  const { all, listed, change, undo, bulk, send, read, markUnread } = tickets;
  return {
    'thread.markUnread': markUnread,
    'thread.markRead': (input: CallInput<'thread.markRead'>) => {
      read.push(input);
      return { read: true };
    },
    'tickets.list': (input: ListInput) => windowOf(listed(input), input),
    'thread.get': ({ ticket_id }: { ticket_id: string }) => threadOf(all(), ticket_id),
    'triage.close': ({ ticket_id }: { ticket_id: string }) => ({
      operation_id: change([ticket_id], { status: 'closed' }),
    }),
    'triage.reopen': ({ ticket_id }: { ticket_id: string }) => ({
      operation_id: change([ticket_id], { status: 'open' }),
    }),
    'triage.change': (input: CallInput<'triage.change'>) => ({
      operation_id: change([input.ticket_id], input.change),
    }),
    'triage.undo': ({ operation_id }: { operation_id: string }) => {
      undo(operation_id);
      return { result: 'reversed' };
    },
    'bulk.start': bulk,
    'bulk.undo': ({ bulk_id }: { bulk_id: string }) => {
      undo(bulk_id);
      return bulkOf(bulk_id, { kind: 'close' }, 0);
    },
    'compose.send': send,
  };
}

/** A window of an agent on a model of the desk, whose lists follow the rules of the views. */
export function openListModel(count: number, after: Settings['after_action']) {
  const tickets = createTickets(count);
  const calls = callsOf(tickets);
  const settings = { after_action: after, shortcuts: {}, saved_views: [], undo_seconds: 0 };
  const run = (name: CallName, input: unknown): Promise<CallResult> =>
    // The test has set them.
    name === 'settings.get'
      ? new Promise(() => undefined)
      : Promise.resolve({ ok: true, value: calls[name]?.(input as never) ?? [] });
  const bridge = liveBridge(
    { shell: 'electron', on: () => () => undefined, call: run },
    (name, input, result) => {
      if (name !== 'tickets.list' || !result?.ok) return run(name, input);
      const query = bridgeCalls['tickets.list'].input.parse(input);
      const value = again(tickets.listed(query), query, result.value as Listed);
      return Promise.resolve({ ok: true, value });
    },
  );
  const window = composeWindow(createDesk(bridge), (work) => {
    work();
  });
  window.settings.state.setState({ settings: settings as never });
  window.session.state.setState({
    session: { state: 'signed-in', account: { id: me, name: 'Maya Ruiz' } } as never,
  });
  return {
    window,
    acted: tickets.acted,
    read: tickets.read,
    inView: () => tickets.listed(window.inbox.query()),
    arrive: tickets.arrive,
    /** The desk pushes what differs, and the window takes it. */
    async settle() {
      await turns();
      await bridge.changed();
      await turns();
    },
  };
}

export const asleep = { snoozed_until: '2999-12-31T00:00:00.000Z' };

const turns = () =>
  new Promise<void>((done) => {
    setTimeout(done, 0);
  });

const bulkOf = (id: string, action: BulkAction, total: number): Bulk => ({
  id,
  action,
  started_at: 0,
  undone: false,
  total,
  counts: { todo: 0, waiting: 0, done: total, 'not-sent': 0, failed: 0, skipped: 0, undone: 0 },
});

const threadOf = (tickets: readonly TicketRow[], id: string) => ({
  ticket: { ...tickets.find((one) => one.id === id), pending_fields: [] },
  messages: [],
  older: null,
  read_through: 0,
  kept_unread: null,
  other_tickets: [],
  other_count: 0,
  drafts: [],
});

/** As the desk lists a view: the part from a place or a number on. */
function windowOf(
  rows: readonly TicketRow[],
  { after, at, limit, sort = 'newest', keep = [] }: ListInput,
): Listed {
  const sorted = rows.toSorted((a, b) =>
    comparePositions(sort, positionOf(sort, a), positionOf(sort, b)),
  );
  const place = after === null ? null : readPosition(after);
  const isBefore = (one: TicketRow): boolean =>
    place !== null && comparePositions(sort, positionOf(sort, one), place) <= 0;
  const first = at ?? sorted.filter(isBefore).length;
  const part = sorted.slice(first, first + limit);
  const end = part.at(-1);
  return {
    rows: part,
    first,
    kept: rows.filter(({ id }) => keep.includes(id)),
    total: rows.length,
    next: end && first + limit < rows.length ? writePosition(positionOf(sort, end)) : null,
  };
}

/** As listAgain in the desk. */
function again(rows: readonly TicketRow[], input: ListInput, last: Listed): Listed {
  const sort = input.sort ?? 'newest';
  const [start] = last.rows;
  const anchor =
    input.at && start ? { at: undefined, after: writePosition(rightBefore(sort, start)) } : {};
  const now = windowOf(rows, { ...input, ...anchor, keep: [] });
  const here = new Set(now.rows.map(({ id }) => id));
  const before = new Map(
    [...last.rows, ...last.kept].filter(({ id }) => !here.has(id)).map((one) => [one.id, one]),
  );
  const kept = rows.filter((one) => {
    const old = before.get(one.id);
    return old && (last.kept.includes(old) || sortKey(sort, old) !== sortKey(sort, one));
  });
  return { ...now, kept };
}
