import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { CallOutput, OutboxItem } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import { sentWithText, texts } from '../texts.ts';
import type { Toasts } from './toasts.ts';

/** Something that can be taken back for a while. `message`: a held reply; `triage`: a change of the ticket; `bulk`: one of many tickets, by its own id. */
export interface Undoable {
  operationId: string;
  ticketId: string;
  kind: 'message' | 'triage' | 'bulk';
  title: string;
  /** Whom or what it is about. */
  about: string;
  /** On the window's monotonic clock, in ms. */
  endsAt: number;
}

/** What can be taken back now, newest last. */
export interface Undo {
  state: StoreApi<{ entries: Undoable[] }>;
  /** A change of a ticket, or of many, was queued. `undoMs`: how long it is held, where the server could not undo it afterwards. */
  done(entry: Pick<Undoable, 'operationId' | 'ticketId' | 'title' | 'about'> & { kind?: 'triage' | 'bulk' }, undoMs?: number): void;
  /** Takes over which messages the desk holds now: those in their window can be taken back, others no more. */
  held(items: readonly OutboxItem[]): void;
  last(): Promise<void>;
  undo(entry: Undoable): Promise<void>;
  /** Takes a message that has not gone out back into its composer, whether or not it is in its window. */
  takeBack(operationId: string): Promise<void>;
  /** Lets a held message go now. */
  release(operationId: string): Promise<void>;
  dismiss(operationId: string): void;
  clear(): void;
}

export interface UndoParts {
  desk: Desk;
  toasts: Toasts;
  /** Saves what is being typed, so that a text that comes back is put before all of it. */
  saveTyped: () => Promise<void>;
  /** Shows a text that came back in its composer. */
  showBack: (back: CallOutput<'compose.takeBack'>) => void;
}

/** How long a change of a ticket can be taken back (B7). */
export const triageUndoMs = 10_000;

export function createUndo({ desk, toasts, saveTyped, showBack }: UndoParts): Undo {
  const state = createStore<{ entries: Undoable[] }>(() => ({ entries: [] }));
  const drop = (operationId: string): void => {
    const { entries } = state.getState();
    if (entries.some((entry) => entry.operationId === operationId)) state.setState({ entries: entries.filter((entry) => entry.operationId !== operationId) });
  };
  function add(entry: Omit<Undoable, 'endsAt'>, ms: number): void {
    state.setState(({ entries }) => ({ entries: [...entries, { ...entry, endsAt: performance.now() + ms }] }));
    setTimeout(() => { drop(entry.operationId); }, ms);
  }

  async function takeBack(operationId: string): Promise<void> {
    try {
      await saveTyped();
      const back = await desk.call('compose.takeBack', { operation_id: operationId });
      drop(operationId);
      showBack(back);
    } catch (error) {
      drop(operationId);
      toasts.fail(error);
    }
  }

  async function undo({ operationId, kind, title, about }: Undoable): Promise<void> {
    if (kind === 'message') { await takeBack(operationId); return; }
    drop(operationId);
    try {
      if (kind === 'bulk') await desk.call('bulk.undo', { bulk_id: operationId });
      else await desk.call('triage.undo', { operation_id: operationId });
      toasts.show({ kind: 'info', title: texts.undo.undone(title), body: about });
    } catch (error) {
      toasts.fail(error);
    }
  }

  return {
    state, undo, takeBack, dismiss: drop,
    done(entry, undoMs) {
      if (undoMs === undefined) add({ kind: 'triage', ...entry }, triageUndoMs);
      else if (undoMs > 0) add({ kind: 'triage', ...entry, about: [entry.about, texts.undo.onlyUntilSent].filter((text) => text !== '').join(' · ') }, undoMs);
      else toasts.show({ kind: 'info', title: entry.title, body: texts.undo.final });
    },
    held(items) {
      const windows = new Map(items.flatMap((item) => (item.state === 'held' && item.held_ms !== null && item.kind !== 'close' ? [[item.id, item] as const] : [])));
      for (const { kind, operationId } of state.getState().entries) if (kind === 'message' && !windows.has(operationId)) drop(operationId);
      const known = new Set(state.getState().entries.map((entry) => entry.operationId));
      for (const item of windows.values()) {
        if (!known.has(item.id)) add({ operationId: item.id, ticketId: item.ticket_id, kind: 'message', title: texts.undo.held, about: [item.subject, sentWithText(item)].filter((text) => text !== '').join(' · ') }, item.held_ms ?? 0);
      }
    },
    async last() {
      const entry = state.getState().entries.at(-1);
      if (entry) await undo(entry);
    },
    async release(operationId) {
      drop(operationId);
      try {
        await desk.call('compose.release', { operation_id: operationId });
      } catch (error) {
        toasts.fail(error);
      }
    },
    clear() { state.setState({ entries: [] }); },
  };
}
