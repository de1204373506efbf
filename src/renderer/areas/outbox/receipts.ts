import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JournalItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import type { Toasts } from '../../toasts.ts';

/**
 * How messages reached the server, by message id; null: not sent from this desk. One is asked for
 * when someone looks at it.
 */
export interface Receipts {
  state: StoreApi<{ known: Record<string, JournalItem | null> }>;
  ask(messageId: string): void;
  clear(): void;
}

export function createReceipts(desk: Desk, toasts: Toasts): Receipts {
  const state = createStore<{ known: Record<string, JournalItem | null> }>(() => ({ known: {} }));
  return {
    state,
    clear() {
      state.setState({ known: {} });
    },
    ask(messageId) {
      desk.call('message.receipt', { message_id: messageId }).then(
        (receipt) => {
          state.setState(({ known }) => ({ known: { ...known, [messageId]: receipt } }));
        },
        (error: unknown) => {
          toasts.fail(error);
        },
      );
    },
  };
}
