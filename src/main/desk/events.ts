import type { EventName, EventPayload } from '../../contract/bridge.ts';

type Listener = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

/** Hands the desk's events to the shell. Listeners run after the commit that they speak of. */
export interface Events {
  emit: Listener;
  /** Every event; answers the function that ends it. */
  listen(listener: Listener): () => void;
}

export function createEvents(): Events {
  const listeners = new Set<Listener>();
  return {
    emit(name, payload) {
      for (const listener of listeners) listener(name, payload);
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
