import type { StoreApi } from 'zustand/vanilla';
import type { CallOutput, OutboxItem } from '../../../contract/bridge.ts';
import { assertNever } from '../../../core/assert-never.ts';
import type { Desk } from '../../bridge/client.ts';
import { sentWithText, texts } from '../../texts.ts';
import type { Toasts } from '../../toasts.ts';
import { createUndoEntries, type Undoable, type UndoEntries } from './undo-entries.ts';

type Entry = Pick<Undoable, 'operationId' | 'ticketId' | 'title' | 'about' | 'unreadState'>;
type Done = Entry & { kind: Exclude<Undoable['kind'], 'message'> };

/** Changes and messages that can be undone in this session, newest last. */
export interface Undo {
  state: StoreApi<{ entries: Undoable[] }>;
  /**
   * A change of a ticket, or of many, was queued. `undoMs`: how long it is held, where the server
   * could not undo it afterwards.
   */
  done(entry: Done, undoMs?: number): void;
  /** A message was queued, and is held for a while. */
  sent(entry: Omit<Entry, 'title'> & { heldMs: number }): void;
  /**
   * Takes over which messages the desk holds now: those in their window can be taken back, others
   * no more.
   */
  held(items: readonly OutboxItem[]): void;
  /**
   * Runs a command that can be taken back, behind the message that is on its way to the desk: a
   * ticket is closed with its last reply, not before it. Undoing waits for it, or it would take back
   * the one before.
   */
  during<T>(run: () => Promise<T>): Promise<T>;
  /** Takes back what was done last. */
  last(): Promise<void>;
  undo(entry: Undoable): Promise<void>;
  /**
   * Takes a message that has not gone out back into its composer, whether or not it is in its
   * window.
   */
  takeBack(operationId: string): Promise<void>;
  /** Lets a held message go now. */
  release(operationId: string): Promise<void>;
  /** Takes it off the screen. It can still be taken back. */
  dismiss(operationId: string): void;
  /** It was taken back elsewhere. */
  forget(operationId: string): void;
  clear(): void;
}

export interface UndoParts {
  desk: Desk;
  toasts: Toasts;
  /**
   * Resolves once a message that is on its way to the desk is there: false where it was refused.
   */
  sendSettled?: () => Promise<boolean>;
  /** Saves what is being typed, so that a text that comes back is put before all of it. */
  saveTyped: () => Promise<void>;
  /** Shows the text that the desk puts back in its composer. */
  bringBack: (call: () => Promise<CallOutput<'compose.takeBack'>>) => Promise<void>;
  /** Whether a ticket is in the list that is shown. */
  isListed?: (ticketId: string) => boolean;
  /** A ticket comes into the list by the agent's own action. Returns a function that withdraws it. */
  expect?: (ticketId: string) => () => void;
  /** Brings a ticket back on screen. */
  showTicket?: (ticketId: string) => void;
}

/** How long a change of a ticket is offered on screen to be taken back (B7). */
export const triageUndoMs = 10_000;

export function createUndo(parts: UndoParts): Undo {
  const { desk, toasts, sendSettled = () => Promise.resolve(true) } = parts;
  const entries = createUndoEntries();
  const onTheirWay = createOnTheirWay();
  const undo = (entry: Undoable): Promise<void> => undoEntry(entry, entries, parts);
  let turn: Promise<void> = Promise.resolve();

  async function undoLast(): Promise<void> {
    if (!(await sendSettled())) return;
    await onTheirWay.settled();
    const entry = entries.state.getState().entries.at(-1);
    if (entry) await undo(entry);
    else toasts.show({ kind: 'info', title: texts.undo.nothing, body: '' });
  }

  return {
    state: entries.state,
    undo,
    during: (run) => onTheirWay.add(sendSettled().then(run)),
    takeBack: (operationId) => takeBack(operationId, entries, parts),
    dismiss: entries.dismiss,
    forget: entries.drop,
    clear: entries.clear,
    done(entry, undoMs) {
      offerDone(entry, undoMs, entries, toasts);
    },
    sent({ heldMs, ...entry }) {
      if (heldMs === 0 || entries.has(entry.operationId)) return;
      entries.unlisted.add(entry.operationId);
      entries.add({ ...entry, kind: 'message', title: texts.reply }, heldMs, 'gone');
    },
    held(items) {
      takeOverHeld(items, entries);
    },
    last() {
      // One press after the other: the second one is for what was done before.
      turn = turn.then(undoLast);
      return turn;
    },
    async release(operationId) {
      entries.drop(operationId);
      await desk.call('compose.release', { operation_id: operationId }).catch(toasts.fail);
    },
  };
}

/** Commands that the desk has not answered yet. */
interface OnTheirWay {
  add<T>(command: Promise<T>): Promise<T>;
  settled(): Promise<unknown>;
}

function createOnTheirWay(): OnTheirWay {
  const commands = new Set<Promise<unknown>>();
  return {
    add(command) {
      commands.add(command);
      const end = (): void => {
        commands.delete(command);
      };
      command.then(end, end);
      return command;
    },
    settled: () => Promise.allSettled(commands),
  };
}

async function takeBack(
  operationId: string,
  entries: UndoEntries,
  { desk, toasts, saveTyped, bringBack }: UndoParts,
): Promise<void> {
  try {
    await saveTyped();
    await bringBack(() => desk.call('compose.takeBack', { operation_id: operationId }));
    entries.drop(operationId);
  } catch (error) {
    entries.drop(operationId);
    toasts.fail(error);
  }
}

async function undoEntry(entry: Undoable, entries: UndoEntries, parts: UndoParts): Promise<void> {
  const { operationId, ticketId, kind } = entry;
  const { toasts, isListed, expect, showTicket } = parts;
  if (kind === 'message') {
    await takeBack(operationId, entries, parts);
    return;
  }
  entries.drop(operationId);
  // Before the desk pushes the list with the ticket in it again.
  const wasTakenAway = (kind === 'close' || kind === 'change') && isListed?.(ticketId) === false;
  const withdraw = wasTakenAway ? expect?.(ticketId) : undefined;
  try {
    toasts.show({ kind: 'info', ...(await reverse(entry, parts)) });
    if (kind === 'close' || wasTakenAway) showTicket?.(ticketId);
  } catch (error) {
    withdraw?.();
    toasts.fail(error);
  }
}

/** Returns the words of the toast. */
async function reverse(
  { kind, operationId, ticketId, title, about, unreadState }: Undoable,
  { desk }: UndoParts,
): Promise<{ title: string; body: string }> {
  const undone = { title: undoneText(kind, title), body: about };
  if (kind === 'bulk') await desk.call('bulk.undo', { bulk_id: operationId });
  else if (kind === 'unread') {
    const seen = { ticket_id: ticketId, state: unreadState };
    const { read } = await desk.call('thread.markRead', seen);
    if (!read) return texts.undo.staysUnread;
  } else await desk.call('triage.undo', { operation_id: operationId });
  return undone;
}

/** A close that is undone is a reopened ticket, and the other way round. */
function undoneText(kind: Undoable['kind'], title: string): string {
  const { closed, reopened, undone } = texts.undo;
  switch (kind) {
    case 'close':
      return reopened;
    case 'reopen':
      return closed;
    case 'message':
    case 'change':
    case 'unread':
    case 'bulk':
      return undone(title);
    default:
      return assertNever(kind);
  }
}

/** Offers to undo a change; one that is sent at once and is final is only told. */
function offerDone(
  entry: Done,
  undoMs: number | undefined,
  entries: UndoEntries,
  toasts: Toasts,
): void {
  if (undoMs === undefined) {
    entries.add(entry, triageUndoMs, 'kept');
    return;
  }
  if (undoMs <= 0) {
    toasts.show({ kind: 'info', title: entry.title, body: texts.undo.final });
    return;
  }
  const about = [entry.about, texts.undo.onlyUntilSent].filter((text) => text !== '').join(' · ');
  entries.add({ ...entry, about }, undoMs, 'gone');
}

function takeOverHeld(items: readonly OutboxItem[], entries: UndoEntries): void {
  const { unlisted, state } = entries;
  const windows = new Map(items.filter(isInItsWindow).map((item) => [item.id, item] as const));
  for (const item of items) unlisted.delete(item.id);
  for (const { kind, operationId } of state.getState().entries)
    if (kind === 'message' && !windows.has(operationId) && !unlisted.has(operationId))
      entries.drop(operationId);
  for (const item of windows.values()) if (!entries.has(item.id)) addHeld(item, entries);
}

function isInItsWindow({ state, held_ms: heldMs, kind }: OutboxItem): boolean {
  return state === 'held' && heldMs !== null && kind !== 'close';
}

function addHeld(item: OutboxItem, entries: UndoEntries): void {
  const about = [item.subject, sentWithText(item)].filter((text) => text !== '').join(' · ');
  const { id: operationId, ticket_id: ticketId, held_ms: heldMs } = item;
  entries.add(
    { operationId, ticketId, kind: 'message', title: texts.reply, about },
    heldMs ?? 0,
    'gone',
  );
}
