import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { CallOutput, Draft, DraftVersion, MessageKind, SendActions, SendFinish } from '../../contract/bridge.ts';
import type { SingleAction } from '../../core/send-actions.ts';
import { joinActions, withoutAction } from '../../core/send-actions.ts';
import type { Desk } from '../bridge/client.ts';
import type { Toasts } from './toasts.ts';

type Key = `${string}:${MessageKind}`;
interface State {
  texts: Record<Key, string>;
  /** What goes with the message: a macro's changes, less those taken off. */
  actions: Record<Key, SendActions>;
  kinds: Record<string, MessageKind>;
  saved: 'saved' | 'saving' | 'idle';
  sending: boolean;
  /** Where the caret belongs once that composer is on screen; with `to`, what is to be selected. */
  caret: { ticketId: string; kind: MessageKind; at: number; to?: number } | null;
  /** Earlier texts of the draft that was asked about. */
  versions: DraftVersion[] | null;
}

/** What is being written, for each ticket and kind apart. Nothing typed is ever only here for longer than a moment. */
export interface Composer {
  state: StoreApi<State>;
  text(ticketId: string, kind: MessageKind): string;
  type(ticketId: string, kind: MessageKind, text: string): void;
  setKind(ticketId: string, kind: MessageKind): void;
  kind(ticketId: string): MessageKind;
  /** Puts back what was saved, where nothing newer was typed. */
  restore(ticketId: string, drafts: readonly Draft[]): void;
  /** Saves what is not saved yet, now: on blur, before another ticket, when the page goes. */
  flush(): Promise<void>;
  /** Clears the composer only after the desk has the message for good; answers its id. `seen`: the newest message on screen. */
  send(ticketId: string, kind: MessageKind, seen: string | null, more?: { finish?: SendFinish | null; mentions?: string[] }): Promise<string | null>;
  actions(ticketId: string, kind: MessageKind): SendActions;
  /** Puts a text where the caret is, in the place of what is being chosen there; nothing else that is written changes. */
  insert(ticketId: string, kind: MessageKind, text: string, options?: { from?: number; actions?: SendActions }): void;
  takeOff(ticketId: string, kind: MessageKind, action: SingleAction): void;
  /** Where the caret is, so that it is there again when this composer is shown, and macros from elsewhere know their place. */
  caretAt(ticketId: string, kind: MessageKind, at: number): void;
  showCaret(ticketId: string, kind: MessageKind, at?: number, to?: number): void;
  beforeCaret(ticketId: string, kind: MessageKind): string;
  /** Shows a text that the desk has put back, with the caret at its end. */
  putBack(back: CallOutput<'compose.takeBack'>): void;
  caretPlaced(): void;
  /** Another account sees nothing of what this one was writing; it is in the desk's drafts. */
  clear(): void;
  askVersions(ticketId: string, kind: MessageKind): void;
  /** Takes an earlier text; the one that it replaces becomes a version. */
  restoreVersion(ticketId: string, kind: MessageKind, text: string): Promise<void>;
}

const saveDelayMs = 250;
const none: SendActions = {};

export function createComposer(desk: Desk, toasts: Toasts): Composer {
  const empty: State = { texts: {}, actions: {}, kinds: {}, saved: 'idle', sending: false, caret: null, versions: null };
  const state = createStore<State>(() => empty);
  const carets = new Map<Key, number>();
  const unsaved = new Map<Key, { ticketId: string; kind: MessageKind }>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const keyOf = (ticketId: string, kind: MessageKind): Key => `${ticketId}:${kind}`;
  const textOf = (ticketId: string, kind: MessageKind): string => state.getState().texts[keyOf(ticketId, kind)] ?? '';
  const kindOf = (ticketId: string): MessageKind => state.getState().kinds[ticketId] ?? 'reply';
  const put = (key: Key, text: string): void => { state.setState(({ texts }) => ({ texts: { ...texts, [key]: text } })); };
  const actionsOf = (ticketId: string, kind: MessageKind): SendActions => state.getState().actions[keyOf(ticketId, kind)] ?? none;
  const putActions = (key: Key, actions: SendActions): void => { state.setState((now) => ({ actions: { ...now.actions, [key]: actions } })); };

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const saves = [...unsaved].map(([key, { ticketId, kind }]) => {
      unsaved.delete(key);
      return desk.call('draft.save', { ticket_id: ticketId, kind, text: textOf(ticketId, kind), actions: actionsOf(ticketId, kind) }).then(
        () => { if (unsaved.size === 0) state.setState({ saved: 'saved' }); },
        (error: unknown) => {
          // Still only here: it is tried again with the next key or blur.
          unsaved.set(key, { ticketId, kind });
          state.setState({ saved: 'idle' });
          toasts.fail(error);
        },
      );
    });
    await Promise.all(saves);
  }
  const flushSoon = (): void => { void flush(); };

  function putBack({ ticket_id: ticketId, kind, text, actions }: CallOutput<'compose.takeBack'>): void {
    const key = keyOf(ticketId, kind);
    unsaved.delete(key);
    put(key, text);
    putActions(key, actions);
    state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind }, saved: 'saved', caret: { ticketId, kind, at: text.length } }));
  }

  function changed(ticketId: string, kind: MessageKind): void {
    state.setState({ saved: 'saving' });
    unsaved.set(keyOf(ticketId, kind), { ticketId, kind });
    // Not restarted by each key: someone who never pauses is saved too.
    timer ??= setTimeout(flushSoon, saveDelayMs);
  }

  return {
    state, flush, putBack, text: textOf, kind: kindOf, actions: actionsOf,
    insert(ticketId, kind, text, { from, actions = none } = {}) {
      const key = keyOf(ticketId, kind);
      const before = textOf(ticketId, kind);
      const at = Math.min(carets.get(key) ?? before.length, before.length);
      const start = Math.min(from ?? at, at);
      put(key, before.slice(0, start) + text + before.slice(at));
      if (Object.keys(actions).length > 0) putActions(key, joinActions(actionsOf(ticketId, kind), actions));
      carets.set(key, start + text.length);
      state.setState({ caret: { ticketId, kind, at: start + text.length } });
      changed(ticketId, kind);
    },
    takeOff(ticketId, kind, action) {
      putActions(keyOf(ticketId, kind), withoutAction(actionsOf(ticketId, kind), action));
      changed(ticketId, kind);
    },
    beforeCaret: (ticketId, kind) => textOf(ticketId, kind).slice(0, carets.get(keyOf(ticketId, kind))),
    caretAt(ticketId, kind, at) { carets.set(keyOf(ticketId, kind), at); },
    showCaret(ticketId, kind, at, to) { state.setState({ caret: { ticketId, kind, at: at ?? carets.get(keyOf(ticketId, kind)) ?? textOf(ticketId, kind).length, ...(to === undefined ? {} : { to }) } }); },
    caretPlaced() { state.setState({ caret: null }); },
    clear() {
      unsaved.clear();
      carets.clear();
      state.setState(empty);
    },
    type(ticketId, kind, text) {
      put(keyOf(ticketId, kind), text);
      changed(ticketId, kind);
    },
    setKind(ticketId, kind) { state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind } })); },
    restore(ticketId, drafts) {
      for (const draft of drafts) {
        const key = keyOf(ticketId, draft.kind);
        // What was written here counts, also where it was deleted: the desk may have answered before that was saved.
        if (unsaved.has(key) || key in state.getState().texts) continue;
        put(key, draft.text);
        putActions(key, draft.actions);
        if (draft.kind === 'note' && drafts.length === 1) this.setKind(ticketId, 'note');
      }
    },
    async send(ticketId, kind, seen, { finish = null, mentions = [] } = {}) {
      const key = keyOf(ticketId, kind);
      const text = textOf(ticketId, kind);
      const actions = actionsOf(ticketId, kind);
      if (text.trim() === '' || state.getState().sending) return null;
      state.setState({ sending: true });
      try {
        const { operation_id: id } = await desk.call('compose.send', {
          ticket_id: ticketId, kind, text, seen, ...(mentions.length > 0 ? { mentions } : {}), ...(Object.keys(actions).length > 0 ? { actions } : {}), ...(finish === null ? {} : { finish }),
        });
        if (actionsOf(ticketId, kind) === actions) putActions(key, none);
        // What was typed since the send began stays, and is saved as a draft of its own.
        if (textOf(ticketId, kind) === text) {
          unsaved.delete(key);
          put(key, '');
        }
        state.setState({ saved: 'idle' });
        return id;
      } catch (error) {
        toasts.fail(error);
        return null;
      } finally {
        state.setState({ sending: false });
      }
    },
    askVersions(ticketId, kind) {
      state.setState({ versions: null });
      desk.call('draft.versions', { ticket_id: ticketId, kind }).then((versions) => { state.setState({ versions }); }, (error: unknown) => { toasts.fail(error); });
    },
    async restoreVersion(ticketId, kind, text) {
      try {
        await flush();
        // Emptied first: a text that is taken away is kept as a version, one that is typed over only now and then.
        await desk.call('draft.save', { ticket_id: ticketId, kind, text: '' });
        const actions = actionsOf(ticketId, kind);
        await desk.call('draft.save', { ticket_id: ticketId, kind, text, actions });
        putBack({ ticket_id: ticketId, kind, text, actions });
      } catch (error) {
        toasts.fail(error);
      }
    },
  };
}
