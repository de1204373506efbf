import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput, JournalItem, OutboxItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { createFollowing, type Following } from '../../bridge/following.ts';
import type { Toasts } from '../../toasts.ts';
import { texts } from '../../texts.ts';

export type OutboxTab = 'waiting' | 'sent' | 'bin';
interface State {
  shown: boolean;
  tab: OutboxTab;
  items: OutboxItem[];
  /** Null until it was asked for. */
  journal: JournalItem[] | null;
  bin: JournalItem[] | null;
}

/**
 * Everything that waits to be sent, what was sent and what was discarded, with what the agent can
 * do about each.
 */
export interface Outbox {
  state: StoreApi<State>;
  show(tab?: OutboxTab): void;
  hide(): void;
  begin(): void;
  retry(id: string): void;
  discard(item: Pick<OutboxItem, 'id' | 'text'>): void;
  /**
   * Decides a conflict: the fields in `mine` are sent, the other clashing ones left as the server
   * has them.
   */
  resolve(id: string, mine: string[]): void;
  repost(id: string): void;
  restore(id: string): void;
  /** For a reply whose ticket was closed before it went out. */
  reopenAndSend(item: OutboxItem): void;
  /** Another account starts with nothing of this one. */
  clear(): void;
}

export interface OutboxParts {
  desk: Desk;
  toasts: Toasts;
  saveTyped: () => Promise<void>;
  /** Shows the text that the desk puts back in its composer. */
  bringBack: (call: () => Promise<CallOutput<'outbox.restore'>>) => Promise<void>;
}

const journalLength = 200;
const empty: State = { shown: false, tab: 'waiting', items: [], journal: null, bin: null };

export function createOutbox({ desk, toasts, saveTyped, bringBack }: OutboxParts): Outbox {
  const state = createStore<State>(() => empty);
  /** Only what a quit has left is told, and only once. */
  let greeted = false;

  const list = followList(desk, toasts, (items) => {
    state.setState({ items });
    if (!greeted) greet(items);
    greeted = true;
  });
  const lookAt = createTabs(desk, toasts, state);

  function greet(items: readonly OutboxItem[]): void {
    const left = items.filter((item) => item.state === 'held' && item.held_ms === null).length;
    if (left > 0)
      tellLeftHeld(toasts, left, () => {
        show('waiting');
      });
  }

  function show(tab: OutboxTab = state.getState().tab): void {
    state.setState({ shown: true, tab });
    lookAt(tab);
  }

  async function attempt(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      toasts.fail(error);
    }
  }

  async function restore(id: string): Promise<void> {
    await saveTyped();
    await bringBack(() => desk.call('outbox.restore', { operation_id: id }));
  }

  return {
    state,
    show,
    hide() {
      if (state.getState().shown) state.setState({ shown: false });
      lookAt(null);
    },
    begin: list.begin,
    retry(id) {
      void attempt(() => desk.call('outbox.retry', { operation_id: id }));
    },
    discard({ id, text }) {
      void attempt(async () => {
        await desk.call('outbox.discard', { operation_id: id });
        tellDiscarded(toasts, text, () => {
          void attempt(() => restore(id));
        });
      });
    },
    resolve(id, mine) {
      void attempt(() => desk.call('outbox.resolve', { operation_id: id, mine }));
    },
    repost(id) {
      void attempt(() => desk.call('outbox.repost', { operation_id: id }));
    },
    restore(id) {
      void attempt(() => restore(id));
    },
    reopenAndSend({ id }) {
      void attempt(async () => {
        await saveTyped();
        await desk.call('outbox.reopenAndSend', { operation_id: id });
      });
    },
    clear() {
      greeted = false;
      list.end();
      lookAt(null);
      state.setState(empty);
    },
  };
}

const followList = (desk: Desk, toasts: Toasts, value: (items: OutboxItem[]) => void): Following =>
  createFollowing(desk, 'outbox.list', {}, { value, error: toasts.fail });

/** Watches the journal or the bin while its tab is in sight; null: none is. */
function createTabs(
  desk: Desk,
  toasts: Toasts,
  state: StoreApi<State>,
): (tab: OutboxTab | null) => void {
  const tabs: Partial<Record<OutboxTab, Following>> = {
    sent: createFollowing(
      desk,
      'outbox.journal',
      { limit: journalLength },
      {
        value(journal) {
          state.setState({ journal });
        },
        error: toasts.fail,
      },
    ),
    bin: createFollowing(
      desk,
      'outbox.bin',
      {},
      {
        value(bin) {
          state.setState({ bin });
        },
        error: toasts.fail,
      },
    ),
  };
  return (tab) => {
    for (const [name, following] of Object.entries(tabs)) if (name !== tab) following.end();
    if (tab !== null) tabs[tab]?.begin();
  };
}

/** A quit has left messages in their undo window. */
function tellLeftHeld(toasts: Toasts, count: number, open: () => void): void {
  toasts.show({
    kind: 'info',
    title: texts.undo.leftHeld(count),
    body: texts.undo.leftHeldHint,
    stays: true,
    actions: [{ label: texts.undo.openOutbox, run: open }],
  });
}

/** `text`: of a message, which can be restored; null: of anything else. */
function tellDiscarded(toasts: Toasts, text: string | null, restore: () => void): void {
  toasts.show({
    kind: 'info',
    title: texts.discarded,
    body: text === null ? '' : texts.discardedHint,
    actions: text === null ? [] : [{ label: texts.undo.undo, run: restore }],
  });
}
