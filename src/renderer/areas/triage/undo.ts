import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput, OutboxItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { sentWithText, texts } from '../../texts.ts';
import type { Toasts } from '../../toasts.ts';

/**
 * Something that can be taken back. `message`: a held reply; `triage`: a change of the ticket;
 * `bulk`: one of many tickets, by its own id.
 */
export interface Undoable {
  operationId: string;
  ticketId: string;
  kind: 'message' | 'triage' | 'bulk';
  title: string;
  /** Whom or what it is about. */
  about: string;
  /**
   * Until when it is offered on screen, on the window's monotonic clock, in ms. A message, and what
   * the server cannot undo, can be taken back no longer.
   */
  endsAt: number;
  isOffered: boolean;
  /** It took the ticket off the screen. */
  closes?: true;
}
type Done = Pick<Undoable, 'operationId' | 'ticketId' | 'title' | 'about' | 'closes'>;

/** What can be taken back in this session, newest last. */
export interface Undo {
  state: StoreApi<{ entries: Undoable[] }>;
  /**
   * A change of a ticket, or of many, was queued. `undoMs`: how long it is held, where the server
   * could not undo it afterwards.
   */
  done(entry: Done & { kind?: 'triage' | 'bulk' }, undoMs?: number): void;
  /** A message was queued, and is held for a while. */
  sent(entry: Omit<Done, 'title'> & { heldMs: number }): void;
  /**
   * Takes over which messages the desk holds now: those in their window can be taken back, others
   * no more.
   */
  held(items: readonly OutboxItem[]): void;
  /**
   * A command that can be taken back is on its way to the desk: undoing waits for it, or it would
   * take back the one before.
   */
  during<T>(command: Promise<T>): Promise<T>;
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
  /** Shows a text that came back in its composer. */
  showBack: (back: CallOutput<'compose.takeBack'>) => void;
  /** Brings a ticket back on screen. */
  showTicket?: (ticketId: string) => void;
}

/** How long a change of a ticket is offered on screen to be taken back (B7). */
export const triageUndoMs = 10_000;

export function createUndo({
  desk,
  toasts,
  sendSettled = () => Promise.resolve(true),
  saveTyped,
  showBack,
  showTicket,
}: UndoParts): Undo {
  const state = createStore<{ entries: Undoable[] }>(() => ({ entries: [] }));
  /**
   * Messages that no list of the desk has named yet: one that was asked for before they were sent
   * knows nothing of them.
   */
  const unlisted = new Set<string>();
  const onTheirWay = new Set<Promise<unknown>>();

  function drop(operationId: string): void {
    unlisted.delete(operationId);
    const { entries } = state.getState();
    if (entries.some((entry) => entry.operationId === operationId))
      state.setState({ entries: entries.filter((entry) => entry.operationId !== operationId) });
  }
  function dismiss(operationId: string): void {
    const hide = (entry: Undoable): Undoable =>
      entry.operationId === operationId ? { ...entry, isOffered: false } : entry;
    state.setState(({ entries }) => ({ entries: entries.map(hide) }));
  }
  /**
   * `then`: a message that has gone, and what no server undoes, cannot be taken back any more; all
   * else only shows no more.
   */
  function add(
    entry: Omit<Undoable, 'endsAt' | 'isOffered'>,
    ms: number,
    then: 'kept' | 'gone',
  ): void {
    const end = then === 'gone' ? drop : dismiss;
    state.setState(({ entries }) => ({
      entries: [...entries, { ...entry, endsAt: performance.now() + ms, isOffered: true }],
    }));
    setTimeout(() => {
      end(entry.operationId);
    }, ms);
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

  async function undo({
    operationId,
    ticketId,
    kind,
    title,
    about,
    closes,
  }: Undoable): Promise<void> {
    if (kind === 'message') {
      await takeBack(operationId);
      return;
    }
    drop(operationId);
    try {
      if (kind === 'bulk') await desk.call('bulk.undo', { bulk_id: operationId });
      else await desk.call('triage.undo', { operation_id: operationId });
      toasts.show({ kind: 'info', title: texts.undo.undone(title), body: about });
      if (closes) showTicket?.(ticketId);
    } catch (error) {
      toasts.fail(error);
    }
  }

  return {
    state,
    undo,
    takeBack,
    dismiss,
    forget: drop,
    done(entry, undoMs) {
      if (undoMs === undefined) add({ kind: 'triage', ...entry }, triageUndoMs, 'kept');
      else if (undoMs > 0)
        add(
          {
            kind: 'triage',
            ...entry,
            about: [entry.about, texts.undo.onlyUntilSent]
              .filter((text) => text !== '')
              .join(' · '),
          },
          undoMs,
          'gone',
        );
      else toasts.show({ kind: 'info', title: entry.title, body: texts.undo.final });
    },
    sent({ heldMs, ...entry }) {
      if (
        heldMs === 0 ||
        state.getState().entries.some(({ operationId }) => operationId === entry.operationId)
      )
        return;
      unlisted.add(entry.operationId);
      add({ ...entry, kind: 'message', title: texts.undo.held }, heldMs, 'gone');
    },
    held(items) {
      const windows = new Map(
        items.flatMap((item) =>
          item.state === 'held' && item.held_ms !== null && item.kind !== 'close'
            ? [[item.id, item] as const]
            : [],
        ),
      );
      for (const item of items) unlisted.delete(item.id);
      for (const { kind, operationId } of state.getState().entries) {
        if (kind === 'message' && !windows.has(operationId) && !unlisted.has(operationId))
          drop(operationId);
      }
      const known = new Set(state.getState().entries.map((entry) => entry.operationId));
      for (const item of windows.values()) {
        if (!known.has(item.id))
          add(
            {
              operationId: item.id,
              ticketId: item.ticket_id,
              kind: 'message',
              title: texts.undo.held,
              about: [item.subject, sentWithText(item)].filter((text) => text !== '').join(' · '),
            },
            item.held_ms ?? 0,
            'gone',
          );
      }
    },
    during(command) {
      onTheirWay.add(command);
      const end = (): void => {
        onTheirWay.delete(command);
      };
      command.then(end, end);
      return command;
    },
    async last() {
      if (!(await sendSettled())) return;
      await Promise.allSettled(onTheirWay);
      const entry = state.getState().entries.at(-1);
      if (entry) await undo(entry);
      else toasts.show({ kind: 'info', title: texts.undo.nothing, body: '' });
    },
    async release(operationId) {
      drop(operationId);
      try {
        await desk.call('compose.release', { operation_id: operationId });
      } catch (error) {
        toasts.fail(error);
      }
    },
    clear() {
      unlisted.clear();
      state.setState({ entries: [] });
    },
  };
}
