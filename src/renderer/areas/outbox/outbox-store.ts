import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput, JournalItem, OutboxItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { coalesce } from '../../kit/coalesce.ts';
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
  refresh(): void;
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
  showBack: (back: CallOutput<'outbox.restore'>) => void;
}

const journalLength = 200;
const empty: State = { shown: false, tab: 'waiting', items: [], journal: null, bin: null };

export function createOutbox({ desk, toasts, saveTyped, showBack }: OutboxParts): Outbox {
  const state = createStore<State>(() => empty);
  /** Only what a quit has left is told, and only once. */
  let greeted = false;

  const load = coalesce(async () => {
    try {
      const items = await desk.call('outbox.list', {});
      state.setState({ items });
      if (!greeted) greet(items);
      greeted = true;
      const { shown, tab } = state.getState();
      if (!shown) return;
      if (tab === 'sent')
        state.setState({ journal: await desk.call('outbox.journal', { limit: journalLength }) });
      if (tab === 'bin') state.setState({ bin: await desk.call('outbox.bin', {}) });
    } catch (error) {
      toasts.fail(error);
    }
  });

  function greet(items: readonly OutboxItem[]): void {
    const left = items.filter((item) => item.state === 'held' && item.held_ms === null).length;
    if (left > 0)
      toasts.show({
        kind: 'info',
        title: texts.undo.leftHeld(left),
        body: texts.undo.leftHeldHint,
        stays: true,
        actions: [
          {
            label: texts.undo.openOutbox,
            run: () => {
              show('waiting');
            },
          },
        ],
      });
  }

  function show(tab: OutboxTab = state.getState().tab): void {
    state.setState({ shown: true, tab });
    load();
  }

  async function attempt(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      toasts.fail(error);
    }
    load();
  }

  async function restore(id: string): Promise<void> {
    await saveTyped();
    showBack(await desk.call('outbox.restore', { operation_id: id }));
  }

  /**
   * Reopening waits behind the parked reply, and the reply must go after it. So both are queued
   * anew before the parked one goes to the bin: whatever stops this half way, the text still waits
   * here.
   */
  async function reopenAndSend({
    id,
    ticket_id,
    kind,
    text,
    sent_with: sentWith,
  }: OutboxItem): Promise<void> {
    const { ticket } = await desk.call('thread.get', { ticket_id, before: null, limit: 1 });
    if (ticket.status !== 'closed' || text === null || (kind !== 'reply' && kind !== 'note')) {
      await desk.call('outbox.retry', { operation_id: id });
      return;
    }
    await saveTyped();
    await desk.call('triage.reopen', { ticket_id });
    await desk.call('compose.send', { ticket_id, kind, text, ...sentWith });
    await desk.call('outbox.discard', { operation_id: id });
  }

  return {
    state,
    show,
    hide() {
      if (state.getState().shown) state.setState({ shown: false });
    },
    refresh: load,
    retry(id) {
      void attempt(() => desk.call('outbox.retry', { operation_id: id }));
    },
    discard({ id, text }) {
      void attempt(async () => {
        await desk.call('outbox.discard', { operation_id: id });
        const undo = {
          label: texts.undo.undo,
          run: () => {
            void attempt(() => restore(id));
          },
        };
        toasts.show({
          kind: 'info',
          title: texts.discarded,
          body: text === null ? '' : texts.discardedHint,
          actions: text === null ? [] : [undo],
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
    reopenAndSend(item) {
      void attempt(() => reopenAndSend(item));
    },
    clear() {
      greeted = false;
      state.setState(empty);
    },
  };
}
