import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DraftVersion, MessageKind, SendActions } from '../../../../contract/bridge.ts';
import { joinActions, withoutAction, type SingleAction } from '../../../../core/send-actions.ts';

/** One composer: the reply or the internal note of a ticket. */
export interface Place {
  ticketId: string;
  kind: MessageKind;
}
export type Key = `${string}:${MessageKind}`;

export interface ComposerState {
  texts: Record<Key, string>;
  /** Changes that go with the message: a macro's, less those removed. */
  actions: Record<Key, SendActions>;
  kinds: Record<string, MessageKind>;
  saved: 'saved' | 'saving' | 'idle';
  sending: boolean;
  /** Where the caret belongs once that composer is on screen; with `to`, what is to be selected. */
  caret: { ticketId: string; kind: MessageKind; at: number; to?: number } | null;
  /** Earlier texts of the draft that was asked about. */
  versions: DraftVersion[] | null;
}

export const noActions: SendActions = {};

export function keyOf({ ticketId, kind }: Place): Key {
  return `${ticketId}:${kind}`;
}

/** The texts in the composers of this window. Knows nothing of the desk. */
export interface Written {
  state: StoreApi<ComposerState>;
  text(place: Place): string;
  actions(place: Place): SendActions;
  kind(ticketId: string): MessageKind;
  put(place: Place, text: string): void;
  putActions(place: Place, actions: SendActions): void;
  setKind(ticketId: string, kind: MessageKind): void;
  /** Puts a text where the caret is; `from`: in the place of what is written from there. */
  insert(place: Place, text: string, from: number | undefined, actions: SendActions): void;
  takeOff(place: Place, action: SingleAction): void;
  beforeCaret(place: Place): string;
  caretAt(place: Place, at: number): void;
  showCaret(place: Place, at?: number, to?: number): void;
  clear(): void;
}

const empty: ComposerState = {
  texts: {},
  actions: {},
  kinds: {},
  saved: 'idle',
  sending: false,
  caret: null,
  versions: null,
};

export function createWritten(): Written {
  const state = createStore<ComposerState>(() => empty);
  const carets = new Map<Key, number>();
  const text = (place: Place): string => state.getState().texts[keyOf(place)] ?? '';
  const actions = (place: Place): SendActions =>
    state.getState().actions[keyOf(place)] ?? noActions;
  const put = (place: Place, now: string): void => {
    state.setState(({ texts }) => ({ texts: { ...texts, [keyOf(place)]: now } }));
  };
  const putActions = (place: Place, now: SendActions): void => {
    state.setState((before) => ({ actions: { ...before.actions, [keyOf(place)]: now } }));
  };
  return {
    state,
    text,
    actions,
    put,
    putActions,
    kind: (ticketId) => state.getState().kinds[ticketId] ?? 'reply',
    setKind(ticketId, kind) {
      state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind } }));
    },
    insert(place, inserted, from, added) {
      const before = text(place);
      const at = Math.min(carets.get(keyOf(place)) ?? before.length, before.length);
      const start = Math.min(from ?? at, at);
      const end = start + inserted.length;
      put(place, before.slice(0, start) + inserted + before.slice(at));
      if (Object.keys(added).length > 0) putActions(place, joinActions(actions(place), added));
      carets.set(keyOf(place), end);
      state.setState({ caret: { ...place, at: end } });
    },
    takeOff(place, action) {
      putActions(place, withoutAction(actions(place), action));
    },
    beforeCaret: (place) => text(place).slice(0, carets.get(keyOf(place))),
    caretAt(place, at) {
      carets.set(keyOf(place), at);
    },
    showCaret(place, at, to) {
      const shown = at ?? carets.get(keyOf(place)) ?? text(place).length;
      state.setState({ caret: { ...place, at: shown, ...(to === undefined ? {} : { to }) } });
    },
    clear() {
      carets.clear();
      state.setState(empty);
    },
  };
}
