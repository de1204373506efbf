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
  const texts = createTexts(state);
  const carets = createCarets(state, texts.text);
  return {
    ...texts,
    state,
    kind: (ticketId) => state.getState().kinds[ticketId] ?? 'reply',
    setKind(ticketId, kind) {
      state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind } }));
    },
    insert(place, inserted, from, added) {
      const before = texts.text(place);
      const at = Math.min(carets.at(place), before.length);
      const start = Math.min(from ?? at, at);
      const end = start + inserted.length;
      texts.put(place, before.slice(0, start) + inserted + before.slice(at));
      if (Object.keys(added).length > 0)
        texts.putActions(place, joinActions(texts.actions(place), added));
      carets.set(place, end);
      carets.show(place, end);
    },
    beforeCaret: (place) => texts.text(place).slice(0, carets.at(place)),
    caretAt: carets.set,
    showCaret: carets.show,
    clear() {
      carets.clear();
      state.setState(empty);
    },
  };
}

/** The text of each composer, and the changes that go with it. */
function createTexts(
  state: StoreApi<ComposerState>,
): Pick<Written, 'text' | 'actions' | 'put' | 'putActions' | 'takeOff'> {
  const actions = (place: Place): SendActions =>
    state.getState().actions[keyOf(place)] ?? noActions;
  const putActions = (place: Place, now: SendActions): void => {
    state.setState((before) => ({ actions: { ...before.actions, [keyOf(place)]: now } }));
  };
  return {
    text: (place) => state.getState().texts[keyOf(place)] ?? '',
    actions,
    put(place, now) {
      state.setState(({ texts }) => ({ texts: { ...texts, [keyOf(place)]: now } }));
    },
    putActions,
    takeOff(place, action) {
      putActions(place, withoutAction(actions(place), action));
    },
  };
}

/** The place of the caret in each text: at the end where it has not been seen. */
interface Carets {
  at(place: Place): number;
  set(place: Place, at: number): void;
  show(place: Place, at?: number, to?: number): void;
  clear(): void;
}

function createCarets(state: StoreApi<ComposerState>, text: Written['text']): Carets {
  const carets = new Map<Key, number>();
  const caretIn = (place: Place): number => carets.get(keyOf(place)) ?? text(place).length;
  return {
    at: caretIn,
    set(place, at) {
      carets.set(keyOf(place), at);
    },
    show(place, at = caretIn(place), to?) {
      state.setState({ caret: { ...place, at, ...(to === undefined ? {} : { to }) } });
    },
    clear() {
      carets.clear();
    },
  };
}
