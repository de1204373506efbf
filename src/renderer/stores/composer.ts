import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { CallOutput, Draft, DraftVersion, MessageKind } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import type { Toasts } from './toasts.ts';

type Key = `${string}:${MessageKind}`;
interface State {
  texts: Record<Key, string>;
  kinds: Record<string, MessageKind>;
  saved: 'saved' | 'saving' | 'idle';
  sending: boolean;
  /** Where the caret belongs once that composer is on screen. */
  caret: { ticketId: string; kind: MessageKind; at: number } | null;
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
  /** Clears the composer only after the desk has the message for good. `seen`: the newest message on screen. */
  send(ticketId: string, kind: MessageKind, seen: string | null): Promise<void>;
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

export function createComposer(desk: Desk, toasts: Toasts): Composer {
  const empty: State = { texts: {}, kinds: {}, saved: 'idle', sending: false, caret: null, versions: null };
  const state = createStore<State>(() => empty);
  const unsaved = new Map<Key, { ticketId: string; kind: MessageKind }>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const keyOf = (ticketId: string, kind: MessageKind): Key => `${ticketId}:${kind}`;
  const textOf = (ticketId: string, kind: MessageKind): string => state.getState().texts[keyOf(ticketId, kind)] ?? '';
  const kindOf = (ticketId: string): MessageKind => state.getState().kinds[ticketId] ?? 'reply';
  const put = (key: Key, text: string): void => { state.setState(({ texts }) => ({ texts: { ...texts, [key]: text } })); };

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const saves = [...unsaved].map(([key, { ticketId, kind }]) => {
      unsaved.delete(key);
      return desk.call('draft.save', { ticket_id: ticketId, kind, text: textOf(ticketId, kind) }).then(
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

  function putBack({ ticket_id: ticketId, kind, text }: CallOutput<'compose.takeBack'>): void {
    const key = keyOf(ticketId, kind);
    unsaved.delete(key);
    put(key, text);
    state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind }, saved: 'saved', caret: { ticketId, kind, at: text.length } }));
  }

  return {
    state, flush, putBack, text: textOf, kind: kindOf,
    caretPlaced() { state.setState({ caret: null }); },
    clear() {
      unsaved.clear();
      state.setState(empty);
    },
    type(ticketId, kind, text) {
      const key = keyOf(ticketId, kind);
      put(key, text);
      state.setState({ saved: 'saving' });
      unsaved.set(key, { ticketId, kind });
      // Not restarted by each key: someone who never pauses is saved too.
      timer ??= setTimeout(flushSoon, saveDelayMs);
    },
    setKind(ticketId, kind) { state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind } })); },
    restore(ticketId, drafts) {
      for (const draft of drafts) {
        const key = keyOf(ticketId, draft.kind);
        if (unsaved.has(key) || state.getState().texts[key]) continue;
        put(key, draft.text);
        if (draft.kind === 'note' && drafts.length === 1) this.setKind(ticketId, 'note');
      }
    },
    async send(ticketId, kind, seen) {
      const key = keyOf(ticketId, kind);
      const text = textOf(ticketId, kind);
      if (text.trim() === '' || state.getState().sending) return;
      state.setState({ sending: true });
      try {
        await desk.call('compose.send', { ticket_id: ticketId, kind, text, seen });
        // What was typed since the send began stays, and is saved as a draft of its own.
        if (textOf(ticketId, kind) === text) {
          unsaved.delete(key);
          put(key, '');
        }
        state.setState({ saved: 'idle' });
      } catch (error) {
        toasts.fail(error);
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
        await desk.call('draft.save', { ticket_id: ticketId, kind, text });
        putBack({ ticket_id: ticketId, kind, text });
      } catch (error) {
        toasts.fail(error);
      }
    },
  };
}
