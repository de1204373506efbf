import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JournalItem, OutboxItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { createFollowing, type Following } from '../../bridge/following.ts';
import type { Toasts } from '../../toasts.ts';
import { texts } from '../../texts.ts';
import { createDecisions, type DecisionParts, type Decisions } from './decisions.ts';

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
export interface Outbox extends Decisions {
  state: StoreApi<State>;
  show(tab?: OutboxTab): void;
  hide(): void;
  begin(): void;
  /** Another account starts with nothing of this one. */
  clear(): void;
}

const journalLength = 200;
const empty: State = { shown: false, tab: 'waiting', items: [], journal: null, bin: null };

export function createOutbox(parts: DecisionParts): Outbox {
  const { desk, toasts } = parts;
  const state = createStore<State>(() => empty);
  /** Only what a quit has left is told, and only once. */
  let greeted = false;

  const list = followList(desk, toasts, (items) => {
    state.setState({ items });
    if (!greeted)
      tellLeftHeld(toasts, items, () => {
        show('waiting');
      });
    greeted = true;
  });
  const lookAt = createTabs(desk, toasts, state);

  function show(tab: OutboxTab = state.getState().tab): void {
    state.setState({ shown: true, tab });
    lookAt(tab);
  }

  return {
    ...createDecisions(parts),
    state,
    show,
    hide() {
      if (state.getState().shown) state.setState({ shown: false });
      lookAt(null);
    },
    begin: list.begin,
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

/** Tells of the messages that a quit has left in their undo window. */
function tellLeftHeld(toasts: Toasts, items: readonly OutboxItem[], open: () => void): void {
  const count = items.filter((item) => item.state === 'held' && item.held_ms === null).length;
  if (count === 0) return;
  toasts.show({
    kind: 'info',
    title: texts.undo.leftHeld(count),
    body: texts.undo.leftHeldHint,
    stays: true,
    actions: [{ label: texts.undo.openOutbox, run: open }],
  });
}
