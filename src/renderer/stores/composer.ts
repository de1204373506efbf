import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { CallOutput, Draft, DraftVersion, SendActions, SendFinish } from '../../contract/bridge.ts';
import { MessageKind } from '../../contract/bridge.ts';
import type { SingleAction } from '../../core/send-actions.ts';
import { joinActions, withoutAction } from '../../core/send-actions.ts';
import type { Desk } from '../bridge/client.ts';
import type { Toasts } from './toasts.ts';

type Key = `${string}:${MessageKind}`;
interface Place { ticketId: string; kind: MessageKind }
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

interface SendOptions { finish?: SendFinish | null; mentions?: string[]; queued?: (operation: CallOutput<'compose.send'>) => void }

/** What is being written, for each ticket and kind apart. Nothing typed is ever only here for longer than a moment. */
export interface Composer {
  state: StoreApi<State>;
  text(ticketId: string, kind: MessageKind): string;
  type(ticketId: string, kind: MessageKind, text: string): void;
  setKind(ticketId: string, kind: MessageKind): void;
  kind(ticketId: string): MessageKind;
  /** Names this moment, for what the desk is asked now: see `restore`. */
  mark(): number;
  /**
   * Shows the drafts as the desk has them, also what another window has written, where nothing was written here since the desk
   * was asked at `asked`. `opening`: the composer has not been seen yet.
   */
  restore(ticketId: string, drafts: readonly Draft[], options: { asked: number; opening?: boolean }): void;
  /** Saves what is not saved yet, now: on blur, before another ticket. */
  flush(): Promise<void>;
  /** The page goes, and takes with it what is on its way: whatever is not confirmed is sent once more, in a way that outlives it. */
  leave(): void;
  /**
   * Clears the composer only after the desk has the message for good; returns its id. `seen`: the newest message on screen.
   * `queued` hears first what the desk has returned.
   */
  send(ticketId: string, kind: MessageKind, seen: string | null, more?: SendOptions): Promise<string | null>;
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
  /** What the desk has not confirmed: what was written last is more than it has, or may be. */
  const unsaved = new Map<Key, Place>();
  /** The state of each draft that the desk had last, as far as this window knows. */
  const known = new Map<Key, number | null>();
  /** When each was written here, or known to be saved, counted. */
  const lastChange = new Map<Key, number>();
  let moment = 0;
  const touch = (key: Key): void => { lastChange.set(key, moment += 1); };
  const onTheirWay = new Map<Key, Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const keyOf = (ticketId: string, kind: MessageKind): Key => `${ticketId}:${kind}`;
  const textOf = (ticketId: string, kind: MessageKind): string => state.getState().texts[keyOf(ticketId, kind)] ?? '';
  const kindOf = (ticketId: string): MessageKind => state.getState().kinds[ticketId] ?? 'reply';
  const put = (key: Key, text: string): void => { state.setState(({ texts }) => ({ texts: { ...texts, [key]: text } })); };
  const actionsOf = (ticketId: string, kind: MessageKind): SendActions => state.getState().actions[keyOf(ticketId, kind)] ?? none;
  const putActions = (key: Key, actions: SendActions): void => { state.setState((now) => ({ actions: { ...now.actions, [key]: actions } })); };

  /** Resolves once the desk has what is written here now, or has refused it: then it is tried again with the next key or blur. */
  function save(key: Key, { ticketId, kind }: Place): Promise<void> {
    const text = textOf(ticketId, kind);
    const actions = actionsOf(ticketId, kind);
    const ended = desk.call('draft.save', { ticket_id: ticketId, kind, text, actions, replaces: known.get(key) ?? null }).then(
      ({ saved_at: savedAt }) => {
        known.set(key, savedAt);
        touch(key);
        if (textOf(ticketId, kind) === text && actionsOf(ticketId, kind) === actions) unsaved.delete(key);
        if (unsaved.size === 0) state.setState({ saved: 'saved' });
      },
      (error: unknown) => {
        state.setState({ saved: 'idle' });
        toasts.fail(error);
      },
    ).finally(() => { if (onTheirWay.get(key) === ended) onTheirWay.delete(key); });
    onTheirWay.set(key, ended);
    return ended;
  }

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    await Promise.all([...unsaved].map(([key, place]) => saveInTurn(key, place)));
  }

  /** One save of a draft at a time: two on their way at once could reach the desk in the wrong order. */
  async function saveInTurn(key: Key, place: Place): Promise<void> {
    for (let before = onTheirWay.get(key); before; before = onTheirWay.get(key)) await before;
    if (unsaved.has(key)) await save(key, place);
  }

  function leave(): void {
    for (const [key, place] of unsaved) void save(key, place);
  }
  const flushSoon = (): void => { void flush(); };

  function putBack({ ticket_id: ticketId, kind, text, actions, saved_at: savedAt }: CallOutput<'compose.takeBack'>): void {
    const key = keyOf(ticketId, kind);
    unsaved.delete(key);
    known.set(key, savedAt);
    touch(key);
    put(key, text);
    putActions(key, actions);
    state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind }, saved: 'saved', caret: { ticketId, kind, at: text.length } }));
  }

  function changed(ticketId: string, kind: MessageKind): void {
    state.setState({ saved: 'saving' });
    const key = keyOf(ticketId, kind);
    unsaved.set(key, { ticketId, kind });
    touch(key);
    // Not restarted by each key: someone who never pauses is saved too.
    timer ??= setTimeout(flushSoon, saveDelayMs);
  }

  return {
    state, flush, leave, putBack, text: textOf, kind: kindOf, actions: actionsOf,
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
      for (const map of [unsaved, known, lastChange]) map.clear();
      carets.clear();
      state.setState(empty);
    },
    type(ticketId, kind, text) {
      put(keyOf(ticketId, kind), text);
      changed(ticketId, kind);
    },
    setKind(ticketId, kind) { state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind } })); },
    mark: () => moment,
    restore(ticketId, drafts, { asked, opening = false }) {
      for (const kind of MessageKind.options) {
        const key = keyOf(ticketId, kind);
        // The desk may have answered before it had what was written here.
        if (unsaved.has(key) || (lastChange.get(key) ?? 0) > asked) continue;
        lastChange.set(key, asked);
        const draft = drafts.find((one) => one.kind === kind);
        known.set(key, draft?.saved_at ?? null);
        const text = draft?.text ?? '';
        if (textOf(ticketId, kind) !== text && (textOf(ticketId, kind) + text).trim() !== '') put(key, text);
        const actions = draft?.actions ?? none;
        if (JSON.stringify(actionsOf(ticketId, kind)) !== JSON.stringify(actions)) putActions(key, actions);
      }
      if (opening && drafts.length === 1 && drafts[0]?.kind === 'note') this.setKind(ticketId, 'note');
    },
    async send(ticketId, kind, seen, { finish = null, mentions = [], queued } = {}) {
      const key = keyOf(ticketId, kind);
      const text = textOf(ticketId, kind);
      const actions = actionsOf(ticketId, kind);
      if (text.trim() === '' || state.getState().sending) return null;
      state.setState({ sending: true });
      try {
        // A draft that reaches the desk after the message would be there again.
        const underWay = onTheirWay.get(key);
        if (underWay) await underWay;
        const operation = await desk.call('compose.send', {
          ticket_id: ticketId, kind, text, seen, replaces: known.get(key) ?? null, ...(mentions.length > 0 ? { mentions } : {}), ...(Object.keys(actions).length > 0 ? { actions } : {}), ...(finish === null ? {} : { finish }),
        });
        queued?.(operation);
        if (actionsOf(ticketId, kind) === actions) putActions(key, none);
        // What was typed since the send began stays, and is saved as a draft of its own.
        if (textOf(ticketId, kind) === text) {
          unsaved.delete(key);
          put(key, '');
          touch(key);
        }
        known.set(key, null);
        state.setState({ saved: 'idle' });
        return operation.operation_id;
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
        const saved = await desk.call('draft.save', { ticket_id: ticketId, kind, text, actions });
        putBack({ ticket_id: ticketId, kind, text, actions, ...saved });
      } catch (error) {
        toasts.fail(error);
      }
    },
  };
}
