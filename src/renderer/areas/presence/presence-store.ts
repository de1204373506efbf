import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PresenceView } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';

export type Here = PresenceView['people'][number];
interface State {
  known: boolean;
  /** By ticket. */ here: Readonly<Record<string, readonly Here[]>>;
}

/** Colleagues and the tickets in front of them, and what they are told of this agent. */
export interface PresenceStore {
  state: StoreApi<State>;
  load(): void;
  /** The ticket in front of the agent; null: none, or nobody looks at the window. */
  front(ticketId: string | null): void;
  /** A key was pressed in the reply to this ticket. */
  typing(ticketId: string): void;
  /** The agent is at the window. */
  active(): void;
  clear(): void;
}

/** Writing goes on this long (ms) after the last key: people stop to think. */
const writingMs = 20_000;
/** The desk is told this seldom (ms) that nothing has changed. */
const repeatMs = 30_000;
const nobody: State = { known: false, here: {} };

export function createPresence(desk: Desk): PresenceStore {
  const state = createStore<State>(() => nobody);
  const { end, ...telling } = createTelling(desk);
  const take = ({ known, people }: PresenceView): void => {
    state.setState(({ here }) => ({ known, here: byTicket(people, here) }));
  };
  desk.on('presence.changed', take);
  return {
    ...telling,
    state,
    load() {
      desk.readUnlessTold('presence.get', {}, 'presence.changed').then(
        (view) => {
          if (view) take(view);
        },
        () => undefined,
      );
    },
    clear() {
      end();
      state.setState(nobody);
    },
  };
}

/** A ticket where nothing changed keeps its list, so that it is not drawn again. */
function byTicket(people: readonly Here[], before: State['here']): State['here'] {
  const groups = Object.entries(Object.groupBy(people, ({ ticket_id: id }) => id));
  return Object.fromEntries(
    groups.map(([id, list = []]) => [
      id,
      JSON.stringify(before[id]) === JSON.stringify(list) ? (before[id] ?? list) : list,
    ]),
  );
}

/** Tells the desk where this agent is and whether they write, when that changes. */
interface Telling extends Pick<PresenceStore, 'front' | 'typing' | 'active'> {
  end(): void;
}

function createTelling(desk: Desk): Telling {
  let front: string | null = null;
  let typed: { ticketId: string; at: number } | null = null;
  let told: { text: string; at: number } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function tell(): void {
    const left = typed && typed.ticketId === front ? typed.at + writingMs - performance.now() : 0;
    const doing = { ticket_id: front, replying: left > 0 };
    if (timer) clearTimeout(timer);
    timer = left > 0 ? setTimeout(tell, left) : null;
    const text = JSON.stringify(doing);
    if (told?.text === text && performance.now() - told.at < repeatMs) return;
    told = { text, at: performance.now() };
    // Signed out, or gone: there is nobody to tell.
    desk.call('presence.tell', doing).catch(() => {
      told = null;
    });
  }

  return {
    front(ticketId) {
      front = ticketId;
      tell();
    },
    typing(ticketId) {
      typed = { ticketId, at: performance.now() };
      tell();
    },
    active() {
      if (front !== null) tell();
    },
    end() {
      if (timer) clearTimeout(timer);
      told = null;
      typed = null;
    },
  };
}
