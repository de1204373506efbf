import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OutboxItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { createFollowing } from '../../bridge/following.ts';
import type { Toasts } from '../../toasts.ts';
import type { Session } from './session-store.ts';

/** Work that the server has not confirmed. A change that is sent with a message is part of it. */
export interface Unsent {
  messages: number;
  changes: number;
  /** Those of them that were stopped and are sent only after a review. */
  stopped: number;
}

export function unsentOf(items: readonly OutboxItem[]): Unsent {
  const messages = items.filter(({ kind }) => kind === 'reply' || kind === 'note');
  const units = new Set(messages.map(({ unit }) => unit));
  const changes = items.filter(
    (item) => !messages.includes(item) && (item.unit === null || !units.has(item.unit)),
  );
  return {
    messages: messages.length,
    changes: changes.length,
    stopped: [...messages, ...changes].filter(({ state }) => state === 'not-sent').length,
  };
}

/** Signing out, which asks first while work is not sent. */
export interface SignOut {
  /** The work that the question is about, as it is now; null: nothing is asked. */
  state: StoreApi<{ unsent: Unsent | null }>;
  ask(): Promise<void>;
  leave(): void;
  stay(): void;
  clear(): void;
}

interface SignOutParts {
  desk: Pick<Desk, 'watch'>;
  session: Pick<Session, 'signOut'>;
  toasts: Pick<Toasts, 'fail'>;
  /** Saves the composer's text, before the question. */
  saveTyped: () => Promise<unknown>;
}

export function createSignOut({ desk, session, toasts, saveTyped }: SignOutParts): SignOut {
  const state = createStore<{ unsent: Unsent | null }>(() => ({ unsent: null }));

  function leave(): void {
    stay();
    session.signOut().catch(toasts.fail);
  }
  function stay(): void {
    outbox.end();
    state.setState({ unsent: null });
  }
  // Watched and not asked for once: some of it may be sent while the agent reads the question.
  const outbox = createFollowing(
    desk,
    'outbox.list',
    {},
    {
      value(items) {
        if (items.length === 0 && state.getState().unsent === null) leave();
        else state.setState({ unsent: unsentOf(items) });
      },
      error(error) {
        stay();
        toasts.fail(error);
      },
    },
  );

  return {
    state,
    leave,
    stay,
    clear: stay,
    async ask() {
      await saveTyped();
      outbox.begin();
    },
  };
}
