import type { EventName, EventPayload } from '../../contract/bridge.ts';

/** The bridge's events, and commits about tickets, of which windows only hear what they watch. */
export type DeskEvent = EventName | 'committed';
/** Of a commit: the tickets that look different; null: any may. */
export type DeskPayload<N extends DeskEvent> = N extends EventName
  ? EventPayload<N>
  : { ticket_ids: string[] | null };

/** `to`: the window that it is for; absent: all of them. */
type Listener = <N extends DeskEvent>(name: N, payload: DeskPayload<N>, to?: string) => void;

/** Hands the desk's events to the shell. Listeners run after the commit that they speak of. */
export interface Events {
  emit: Listener;
  /** Subscribes to every event; returns the function that ends it. */
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
