import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  MessageKind,
  type CallInput,
  type CallOutput,
  type Draft,
  type DraftVersion,
  type SendActions,
  type SendFinish,
} from '../../../contract/bridge.ts';
import { maxDraftLength } from '../../../contract/api.ts';
import { joinActions, withoutAction, type SingleAction } from '../../../core/send-actions.ts';
import { isBlank, overLimit } from '../../../core/text.ts';
import { texts } from '../../texts.ts';
import { newAttempt } from '../../bridge/attempts.ts';
import type { Desk } from '../../bridge/client.ts';
import type { Toasts } from '../../toasts.ts';

type Key = `${string}:${MessageKind}`;
interface Place {
  ticketId: string;
  kind: MessageKind;
}
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

/**
 * A press of Send whose answer has not come. Pressed again, the same message goes under the same
 * name, so that it is there once; `after`: names of earlier ones with other words, which may have
 * arrived.
 */
interface Attempt {
  id: string;
  text: string;
  actions: SendActions;
  finish: SendFinish | null;
  after: string[];
  queued: SendOptions['queued'] | undefined;
}
type SentMessage = Pick<CallOutput<'compose.send'>, 'operation_id' | 'held_ms'>;

interface SendOptions {
  finish?: SendFinish | null;
  mentions?: string[];
  queued?: (operation: CallOutput<'compose.send'>) => void;
}

/**
 * What is being written, for each ticket and kind apart. Nothing typed is ever only here for longer
 * than a moment.
 */
export interface Composer {
  state: StoreApi<State>;
  text(ticketId: string, kind: MessageKind): string;
  type(ticketId: string, kind: MessageKind, text: string): void;
  setKind(ticketId: string, kind: MessageKind): void;
  kind(ticketId: string): MessageKind;
  /** Names this moment, for what the desk is asked now: see `restore`. */
  mark(): number;
  /**
   * Shows the drafts as the desk has them, also what another window has written, where nothing was
   * written here since the desk was asked at `asked`. `opening`: the composer has not been seen
   * yet.
   */
  restore(
    ticketId: string,
    drafts: readonly Draft[],
    options: { asked: number; opening?: boolean },
  ): void;
  /** Saves what is not saved yet, now: on blur, before another ticket. */
  flush(): Promise<void>;
  /**
   * The page goes, and takes with it what is on its way: whatever is not confirmed is sent once
   * more, in a way that outlives it.
   */
  leave(): void;
  /**
   * Clears the composer only after the desk has the message for good; returns its id. `seen`: the
   * newest message on screen. `queued` hears first what the desk has returned.
   */
  send(
    ticketId: string,
    kind: MessageKind,
    seen: string | null,
    more?: SendOptions,
  ): Promise<string | null>;
  actions(ticketId: string, kind: MessageKind): SendActions;
  /**
   * Puts a text where the caret is, in the place of what is being chosen there; nothing else that
   * is written changes.
   */
  insert(
    ticketId: string,
    kind: MessageKind,
    text: string,
    options?: { from?: number; actions?: SendActions },
  ): void;
  takeOff(ticketId: string, kind: MessageKind, action: SingleAction): void;
  /**
   * Where the caret is, so that it is there again when this composer is shown, and macros from
   * elsewhere know their place.
   */
  caretAt(ticketId: string, kind: MessageKind, at: number): void;
  showCaret(ticketId: string, kind: MessageKind, at?: number, to?: number): void;
  beforeCaret(ticketId: string, kind: MessageKind): string;
  /** Shows a text that the desk has put back, with the caret at its end. */
  putBack(back: CallOutput<'compose.takeBack'>): void;
  caretPlaced(): void;
  /**
   * Whose texts these are from now on. What of theirs could not be saved when they went is back in
   * its composer.
   */
  belongsTo(account: string | null): void;
  /**
   * Another account sees nothing of what this one was writing; it is in the desk's drafts, the last
   * letters too.
   */
  clear(): void;
  askVersions(ticketId: string, kind: MessageKind): void;
  /** Takes an earlier text; the one that it replaces becomes a version. */
  restoreVersion(ticketId: string, kind: MessageKind, text: string): Promise<void>;
}

const saveDelayMs = 250;
/** Earlier presses of Send that are asked about. */
const mostAsked = 20;
const none: SendActions = {};

export function createComposer(desk: Desk, toasts: Toasts): Composer {
  const empty: State = {
    texts: {},
    actions: {},
    kinds: {},
    saved: 'idle',
    sending: false,
    caret: null,
    versions: null,
  };
  const state = createStore<State>(() => empty);
  const carets = new Map<Key, number>();
  /** What the desk has not confirmed: what was written last is more than it has, or may be. */
  const unsaved = new Map<Key, Place>();
  /**
   * The state of each draft that the desk had last, as far as this window knows, its text, and when
   * that was on screen.
   */
  const known = new Map<Key, { at: number | null; text: string; moment: number }>();
  /** When each was written here, or known to be saved, counted. */
  const lastChange = new Map<Key, number>();
  let moment = 0;
  const touch = (key: Key): void => {
    lastChange.set(key, (moment += 1));
  };
  /**
   * Saves and sends that the desk has not answered; the next one of the same draft waits for them.
   */
  const onTheirWay = new Map<Key, Promise<unknown>>();
  /** The last press of Send of each draft, until its answer is known. */
  const attempts = new Map<Key, Attempt>();
  let account: string | null = null;
  /** Texts that nobody could keep when their account went. */
  const left: { account: string; place: Place; text: string; actions: SendActions }[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const keyOf = (ticketId: string, kind: MessageKind): Key => `${ticketId}:${kind}`;
  const textOf = (ticketId: string, kind: MessageKind): string =>
    state.getState().texts[keyOf(ticketId, kind)] ?? '';
  const kindOf = (ticketId: string): MessageKind => state.getState().kinds[ticketId] ?? 'reply';
  const put = (key: Key, text: string): void => {
    state.setState((now) => ({ texts: { ...now.texts, [key]: text } }));
  };
  const replacedBy = (key: Key): number | null => known.get(key)?.at ?? null;
  /** The draft that was sent: not one that holds what was written or shown since. */
  const sentFrom = (key: Key, pressed: number): number | null =>
    (known.get(key)?.moment ?? 0) > pressed ? null : replacedBy(key);
  const actionsOf = (ticketId: string, kind: MessageKind): SendActions =>
    state.getState().actions[keyOf(ticketId, kind)] ?? none;
  const putActions = (key: Key, actions: SendActions): void => {
    state.setState((now) => ({ actions: { ...now.actions, [key]: actions } }));
  };

  /** Asks the desk to keep a text; knows then what it has. */
  async function keep(key: Key, { ticketId, kind }: Place, text: string): Promise<void> {
    const actions = actionsOf(ticketId, kind);
    const begun = moment;
    const owner = account;
    const attempt = attempts.get(key);
    const { saved_at: at, sent } = await desk.call(
      'draft.save',
      draftOf(key, { ticketId, kind }, text),
    );
    if (owner !== account) return;
    if (sent && attempt) {
      arrived(key, { ticketId, kind }, attempt, sent);
      return;
    }
    known.set(key, { at, text, moment: begun });
    touch(key);
    if (textOf(ticketId, kind) === text && actionsOf(ticketId, kind) === actions)
      unsaved.delete(key);
  }

  /**
   * A text as the desk is asked to keep it: whose it is, and the send of it that may have arrived.
   */
  function draftOf(key: Key, { ticketId, kind }: Place, text: string): CallInput<'draft.save'> {
    const attempt = attempts.get(key);
    return {
      ticket_id: ticketId,
      kind,
      text,
      actions: actionsOf(ticketId, kind),
      replaces: replacedBy(key),
      ...(attempt?.text === text ? { attempt: attempt.id } : {}),
      ...(account === null ? {} : { account }),
    };
  }

  /**
   * The desk has a message for good. What was typed since its send began stays, and is saved as a
   * draft of its own.
   */
  function arrived(
    key: Key,
    { ticketId, kind }: Place,
    attempt: Attempt,
    operation: SentMessage,
  ): void {
    attempt.queued?.(operation);
    // It was known before, or another account is here.
    if (attempts.get(key) !== attempt) return;
    attempts.delete(key);
    if (actionsOf(ticketId, kind) === attempt.actions) putActions(key, none);
    if (textOf(ticketId, kind) === attempt.text) {
      unsaved.delete(key);
      put(key, '');
      touch(key);
    }
    known.set(key, { at: null, text: '', moment });
    state.setState({ saved: 'idle' });
  }

  /**
   * An earlier press of Send had arrived, so this one was not sent: what was changed since stays,
   * and the agent decides.
   */
  function arrivedBefore(key: Key, attempt: Attempt, operation: SentMessage): void {
    attempt.queued?.(operation);
    attempts.delete(key);
    toasts.show({
      kind: 'error',
      title: texts.composer.sentBefore,
      body: texts.composer.sentBeforeHint,
    });
  }

  /**
   * The attempt that is pressed now: the one before where nothing has changed since, and no answer
   * came.
   */
  function attemptOf(
    key: Key,
    message: Pick<Attempt, 'text' | 'actions' | 'finish' | 'queued'>,
  ): Attempt {
    const before = attempts.get(key);
    const isSame =
      before?.text === message.text &&
      before.finish === message.finish &&
      JSON.stringify(before.actions) === JSON.stringify(message.actions);
    const after = before ? [...before.after, before.id].slice(-mostAsked) : [];
    const attempt =
      before && isSame ? { ...before, ...message } : { id: newAttempt(), after, ...message };
    attempts.set(key, attempt);
    return attempt;
  }

  /**
   * The last letters of an account that goes are saved for it; what cannot be is kept here for
   * them, and said.
   */
  function handOver(owner: string): void {
    for (const [key, place] of unsaved) {
      const text = textOf(place.ticketId, place.kind);
      const keepHere = (): void => {
        left.push({ account: owner, place, text, actions });
        toasts.show({
          kind: 'error',
          title: texts.composer.keptHere,
          body: texts.composer.keptHereHint,
          stays: true,
        });
      };
      const actions = actionsOf(place.ticketId, place.kind);
      if (text.length > maxDraftLength) keepHere();
      else desk.call('draft.save', draftOf(key, place, text)).catch(keepHere);
    }
  }

  const tellSaved = (): void => {
    if (unsaved.size === 0) state.setState({ saved: 'saved' });
  };

  /**
   * Resolves once the desk has what is written here now, or has refused it: then it is tried again
   * with the next key or blur.
   */
  async function save(key: Key, place: Place): Promise<void> {
    try {
      await keep(key, place, textOf(place.ticketId, place.kind));
      tellSaved();
    } catch (error) {
      state.setState({ saved: 'idle' });
      toasts.fail(error);
    }
  }

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    await Promise.all([...unsaved].map(([key, place]) => saveInTurn(key, place)));
  }

  const saveInTurn = (key: Key, place: Place): Promise<void> =>
    inTurn(key, async () => {
      if (unsaved.has(key) && canKeep(place)) await save(key, place);
    });

  /**
   * One call about a draft at a time: two on their way at once could reach the desk in the wrong
   * order.
   */
  async function inTurn<T>(key: Key, run: () => Promise<T>): Promise<T> {
    for (let before = onTheirWay.get(key); before; before = onTheirWay.get(key))
      await before.catch(() => undefined);
    const ended = run().finally(() => {
      if (onTheirWay.get(key) === ended) onTheirWay.delete(key);
    });
    onTheirWay.set(key, ended);
    return ended;
  }

  /** A text beyond any draft's length stays in this window alone, which says so. */
  function canKeep({ ticketId, kind }: Place): boolean {
    if (textOf(ticketId, kind).length <= maxDraftLength) return true;
    state.setState({ saved: 'idle' });
    return false;
  }

  function leave(): void {
    for (const [key, place] of unsaved) if (canKeep(place)) void save(key, place);
  }
  const flushSoon = (): void => {
    void flush();
  };

  function putBack({
    ticket_id: ticketId,
    kind,
    text,
    actions,
    saved_at: savedAt,
  }: CallOutput<'compose.takeBack'>): void {
    const key = keyOf(ticketId, kind);
    const here = unsaved.has(key) ? textOf(ticketId, kind) : '';
    const shown = isBlank(here)
      ? text
      : `${withoutEnd(text, known.get(key)?.text ?? '')}\n\n${here}`;
    known.set(key, { at: savedAt, text, moment: (moment += 1) });
    put(key, shown);
    putActions(key, actions);
    unsaved.delete(key);
    touch(key);
    state.setState(({ kinds }) => ({
      kinds: { ...kinds, [ticketId]: kind },
      caret: { ticketId, kind, at: shown.length },
    }));
    // Written while the desk put the text back: it knows nothing of that yet.
    if (shown === text) tellSaved();
    else changed(ticketId, kind);
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
    state,
    flush,
    leave,
    putBack,
    text: textOf,
    kind: kindOf,
    actions: actionsOf,
    insert(ticketId, kind, text, { from, actions = none } = {}) {
      const key = keyOf(ticketId, kind);
      const before = textOf(ticketId, kind);
      const at = Math.min(carets.get(key) ?? before.length, before.length);
      const start = Math.min(from ?? at, at);
      put(key, before.slice(0, start) + text + before.slice(at));
      if (Object.keys(actions).length > 0)
        putActions(key, joinActions(actionsOf(ticketId, kind), actions));
      carets.set(key, start + text.length);
      state.setState({ caret: { ticketId, kind, at: start + text.length } });
      changed(ticketId, kind);
    },
    takeOff(ticketId, kind, action) {
      putActions(keyOf(ticketId, kind), withoutAction(actionsOf(ticketId, kind), action));
      changed(ticketId, kind);
    },
    beforeCaret: (ticketId, kind) =>
      textOf(ticketId, kind).slice(0, carets.get(keyOf(ticketId, kind))),
    caretAt(ticketId, kind, at) {
      carets.set(keyOf(ticketId, kind), at);
    },
    showCaret(ticketId, kind, at, to) {
      state.setState({
        caret: {
          ticketId,
          kind,
          at: at ?? carets.get(keyOf(ticketId, kind)) ?? textOf(ticketId, kind).length,
          ...(to === undefined ? {} : { to }),
        },
      });
    },
    caretPlaced() {
      state.setState({ caret: null });
    },
    belongsTo(now) {
      account = now;
      for (const one of left.splice(0)) {
        if (one.account !== now) left.push(one);
        else
          putBack({
            ticket_id: one.place.ticketId,
            kind: one.place.kind,
            text: one.text,
            actions: one.actions,
            saved_at: null,
          });
        if (one.account === now) changed(one.place.ticketId, one.place.kind);
      }
    },
    clear() {
      if (account !== null) handOver(account);
      account = null;
      for (const map of [unsaved, known, lastChange, attempts]) map.clear();
      carets.clear();
      state.setState(empty);
    },
    type(ticketId, kind, text) {
      put(keyOf(ticketId, kind), text);
      changed(ticketId, kind);
    },
    setKind(ticketId, kind) {
      state.setState(({ kinds }) => ({ kinds: { ...kinds, [ticketId]: kind } }));
    },
    mark: () => moment,
    restore(ticketId, drafts, { asked, opening = false }) {
      for (const kind of MessageKind.options) {
        const key = keyOf(ticketId, kind);
        // The desk may have answered before it had what was written here.
        if (unsaved.has(key) || (lastChange.get(key) ?? 0) > asked) continue;
        lastChange.set(key, asked);
        const draft = drafts.find((one) => one.kind === kind);
        // Sent or emptied: what is written here next is another message.
        if (!draft && !state.getState().sending) attempts.delete(key);
        const text = draft?.text ?? '';
        known.set(key, { at: draft?.saved_at ?? null, text, moment: (moment += 1) });
        if (textOf(ticketId, kind) !== text && !isBlank(textOf(ticketId, kind) + text))
          put(key, text);
        const actions = draft?.actions ?? none;
        if (JSON.stringify(actionsOf(ticketId, kind)) !== JSON.stringify(actions))
          putActions(key, actions);
      }
      if (opening && drafts.length === 1 && drafts[0]?.kind === 'note')
        this.setKind(ticketId, 'note');
    },
    async send(ticketId, kind, seen, { finish = null, mentions = [], queued } = {}) {
      const key = keyOf(ticketId, kind);
      const text = textOf(ticketId, kind);
      const actions = actionsOf(ticketId, kind);
      if (isBlank(text) || overLimit(text) > 0 || state.getState().sending) return null;
      const pressed = moment;
      const attempt = attemptOf(key, { text, actions, finish, queued });
      state.setState({ sending: true });
      try {
        // A draft that reaches the desk after the message would be there again: saves wait for
        // this, and this for them.
        const operation = await inTurn(key, () =>
          desk.call('compose.send', {
            ticket_id: ticketId,
            kind,
            text,
            seen,
            replaces: sentFrom(key, pressed),
            attempt: attempt.id,
            ...(attempt.after.length > 0 ? { unless: attempt.after } : {}),
            ...(mentions.length > 0 ? { mentions } : {}),
            ...(Object.keys(actions).length > 0 ? { actions } : {}),
            ...(finish === null ? {} : { finish }),
          }),
        );
        if (attempt.after.includes(operation.operation_id)) {
          arrivedBefore(key, attempt, operation);
          return null;
        }
        arrived(key, { ticketId, kind }, attempt, operation);
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
      desk.call('draft.versions', { ticket_id: ticketId, kind }).then(
        (versions) => {
          state.setState({ versions });
        },
        (error: unknown) => {
          toasts.fail(error);
        },
      );
    },
    async restoreVersion(ticketId, kind, text) {
      const key = keyOf(ticketId, kind);
      try {
        for (;;) {
          const before = textOf(ticketId, kind);
          await flush();
          if (textOf(ticketId, kind) !== before) continue;
          // Refused: it stays, since it would be nowhere else.
          if (unsaved.has(key)) return;
          // Emptied first: a text that is taken away is kept as a version, one that is typed over
          // only now and then.
          await inTurn(key, () => keep(key, { ticketId, kind }, ''));
          if (textOf(ticketId, kind) === before) break;
        }
        put(key, text);
        state.setState({ caret: { ticketId, kind, at: text.length } });
        changed(ticketId, kind);
        await flush();
      } catch (error) {
        toasts.fail(error);
      }
    },
  };
}

/** What a text was put before ends it. */
function withoutEnd(text: string, end: string): string {
  return !isBlank(end) && text.endsWith(`\n\n${end}`) ? text.slice(0, -end.length - 2) : text;
}
