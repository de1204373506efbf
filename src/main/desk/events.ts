import type { EventName, EventPayload } from '../../contract/bridge.ts';

/** `to`: the window that it is for; absent: all of them. */
type Listener = <N extends EventName>(name: N, payload: EventPayload<N>, to?: string) => void;

/** Hands the desk's events to the shell. Listeners run after the commit that they speak of. */
export interface Events {
  emit: Listener;
  /** Every event; answers the function that ends it. */
  listen(listener: Listener): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<Listener>();
  return {
    emit(name, payload, to) {
      for (const listener of listeners) listener(name, payload, to);
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
