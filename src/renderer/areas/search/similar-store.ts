import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SimilarTicket } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';

interface State {
  ticketId: string | null;
  tickets: SimilarTicket[];
}

/**
 * Solved tickets like the open one. Asked for only once its thread is on the screen: nothing waits
 * for it.
 */
export interface Similar {
  state: StoreApi<State>;
  ask(ticketId: string): void;
  clear(): void;
}

export function createSimilar(desk: Desk): Similar {
  const empty: State = { ticketId: null, tickets: [] };
  const state = createStore<State>(() => empty);
  return {
    state,
    ask(ticketId) {
      if (state.getState().ticketId === ticketId) return;
      state.setState({ ticketId, tickets: [] });
      // It is an offer: where it cannot be made, nothing is missed.
      desk.call('thread.similar', { ticket_id: ticketId }).then(
        ({ tickets }) => {
          if (state.getState().ticketId === ticketId) state.setState({ tickets });
        },
        () => undefined,
      );
    },
    clear() {
      state.setState(empty);
    },
  };
}
