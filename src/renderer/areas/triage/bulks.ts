import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  Bulk,
  BulkAction,
  BulkResult,
  BulkTarget,
  TicketFieldChange,
} from '../../../contract/bridge.ts';
import { assertNever } from '../../../core/assert-never.ts';
import type { Desk } from '../../bridge/client.ts';
import { coalesce } from '../../kit/coalesce.ts';
import type { AfterAction } from '../tickets/after-action.ts';
import type { Selection } from './selection.ts';
import type { Toasts } from '../../toasts.ts';
import type { Undo } from './undo.ts';

interface State {
  /** Newest first. */
  bulks: Bulk[];
  /** The bulk whose line stands at the foot of the list: the last one, until it is put away. */
  inSight: string | null;
  /** The bulk whose `results` are shown; null: none. */
  shown: string | null;
  results: BulkResult[];
}

/** Bulks, each one change of many tickets, and how far each has come. */
export interface Bulks {
  state: StoreApi<State>;
  /** Does it to the selection, which is then over; false without one. */
  apply(action: BulkAction): boolean;
  /** An event of the desk: where a bulk stands now. */
  set(bulk: Bulk): void;
  load(): void;
  /** Shows the results of one. */
  show(id: string): void;
  hide(): void;
  putAway(): void;
  retry(id: string): void;
  undo(id: string): void;
  clear(): void;
}

export interface BulkParts {
  desk: Desk;
  toasts: Toasts;
  selection: Selection;
  undo: Undo;
  afterAction: AfterAction;
  /** Title of a bulk for the line that offers to undo it. */
  title: (bulk: Bulk) => string;
}

const mostShown = 1_000;
const empty: State = { bulks: [], inSight: null, shown: null, results: [] };

/** Whether part of the bulk is still to be done. */
export function isUnderWay({ counts }: Bulk): boolean {
  return counts.todo + counts.waiting > 0;
}

/** A bulk of at least this many tickets takes long enough to be watched. */
const manyTickets = 20;

/** Marks tickets read or unread, which needs no Undo: the other one is that. */
export const isReading = ({ kind }: BulkAction): boolean => kind === 'read' || kind === 'unread';

/**
 * Whether the bulk has a line at the foot of the list: a few tickets have their toast, unless one
 * of them needs the agent.
 */
export function hasLine({ total, counts }: Bulk): boolean {
  return total >= manyTickets || counts['not-sent'] + counts.failed > 0;
}

export function createBulks(parts: BulkParts): Bulks {
  const { desk, toasts, selection, undo } = parts;
  const list = createBulkList(desk, toasts);

  async function attempt(id: string, run: () => Promise<Bulk>): Promise<void> {
    const before = list.find(id);
    try {
      list.setFromResponse(await run(), before);
    } catch (error) {
      toasts.fail(error);
    }
  }

  return {
    ...list,
    apply(action) {
      const target = selection.target();
      if (!target) return false;
      start(target, action, list, parts).catch(toasts.fail);
      return true;
    },
    retry(id) {
      void attempt(id, () => desk.call('bulk.retry', { bulk_id: id }));
    },
    undo(id) {
      undo.forget(id);
      void attempt(id, () => desk.call('bulk.undo', { bulk_id: id }));
    },
  };
}

async function start(
  target: BulkTarget,
  action: BulkAction,
  list: BulkList,
  { desk, toasts, selection, undo, afterAction, title }: BulkParts,
): Promise<void> {
  const change = changeOf(action);
  const goOn = change && afterAction.plan({ isOn: selection.has, change });
  const bulk = await undo.during(() => desk.call('bulk.start', { target, action }));
  selection.clear();
  goOn?.();
  list.setFromResponse(bulk, undefined);
  list.putInSight(bulk);
  if (isReading(action)) {
    if (!hasLine(bulk)) toasts.show({ kind: 'info', title: title(bulk), body: '' });
  } else
    undo.done(
      { operationId: bulk.id, ticketId: '', title: title(bulk), about: '', kind: 'bulk' },
      bulk.undo_ms,
    );
}

/** The change that the bulk makes of each ticket; null where it takes none out of a view. */
function changeOf(action: BulkAction): TicketFieldChange | null {
  switch (action.kind) {
    case 'close':
      return { status: 'closed' };
    case 'change':
      return action.change;
    case 'reopen':
    case 'read':
    case 'unread':
      return null;
    default:
      return assertNever(action);
  }
}

/** The bulks that the window knows, the one whose line is seen and the one whose results are. */
interface BulkList extends Omit<Bulks, 'apply' | 'retry' | 'undo'> {
  putInSight(bulk: Bulk): void;
  find(id: string): Bulk | undefined;
  /**
   * A response and the events travel apart: an event that came since the call, when the bulk was
   * as in `before`, is newer than the response.
   */
  setFromResponse(bulk: Bulk, before: Bulk | undefined): void;
}

function createBulkList(desk: Desk, toasts: Toasts): BulkList {
  const state = createStore<State>(() => empty);
  const loadResults = coalesce(() => readResults(desk, toasts, state));
  const find = (id: string): Bulk | undefined => bulkById(state.getState().bulks, id);

  function set(bulk: Bulk): void {
    const { bulks, shown } = state.getState();
    state.setState({ bulks: withNewer(bulks, bulk) });
    if (shown === bulk.id) loadResults();
  }

  return {
    state,
    set,
    find,
    setFromResponse(bulk, before) {
      if (find(bulk.id) === before) set(bulk);
    },
    load() {
      const { bulks: before } = state.getState();
      desk.call('bulk.list', {}).then((listed) => {
        const bulks = withResponse(listed, before, state.getState().bulks);
        state.setState({ bulks, inSight: bulks.find(isUnderWay)?.id ?? null });
      }, toasts.fail);
    },
    putInSight({ id }) {
      state.setState({ inSight: id });
    },
    putAway() {
      state.setState({ inSight: null });
    },
    show(id) {
      state.setState({ shown: id, results: [] });
      loadResults();
    },
    hide() {
      state.setState({ shown: null, results: [] });
    },
    clear() {
      state.setState(empty, true);
    },
  };
}

/** Reads the results of the bulk that is shown. */
async function readResults(desk: Desk, toasts: Toasts, state: StoreApi<State>): Promise<void> {
  const { shown, bulks: before } = state.getState();
  if (shown === null) return;
  try {
    const { bulk, results } = await desk.call('bulk.get', { bulk_id: shown, limit: mostShown });
    if (state.getState().shown !== shown) return;
    state.setState({ results });
    const { bulks } = state.getState();
    if (bulkById(bulks, shown) === bulkById(before, shown))
      state.setState({ bulks: withNewer(bulks, bulk) });
  } catch (error) {
    toasts.fail(error);
  }
}

const bulkById = (bulks: readonly Bulk[], id: string): Bulk | undefined =>
  bulks.find((one) => one.id === id);

const withNewer = (bulks: readonly Bulk[], newer: Bulk): Bulk[] =>
  bulkById(bulks, newer.id)
    ? bulks.map((one) => (one.id === newer.id ? newer : one))
    : [newer, ...bulks];

/** The list of a response; a bulk of which an event came since the call stays as that has it. */
function withResponse(listed: Bulk[], before: readonly Bulk[], now: readonly Bulk[]): Bulk[] {
  const changed = now.filter((one) => bulkById(before, one.id) !== one);
  return changed.toReversed().reduce(withNewer, listed);
}
