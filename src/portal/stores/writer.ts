import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { shortestMessage, type OwnMessage, type WritingApi } from '../api/api.ts';
import { hasSeen } from '../../contract/text.ts';
import { failureOf, isRefusal, type Failure } from '../api/failure.ts';
import { newKey } from './key.ts';
import type { Field, Slot } from './kept.ts';
import { excessOf, outgoing, restOf, sameText } from './outgoing.ts';

/** How far back a message is looked for; one that was just sent is among the newest. */
const lookedThrough = 100;
const wordsShown = 80;

/**
 * A message whose sending is not settled: `tried` are the texts, `key` is the same for each, so
 * that one of them arrives at most. `after` is the last message that was there before; only a
 * server without keys needs it.
 */
const Attempt = z.object({
  key: z.string(),
  tried: z.array(z.string()),
  after: z.string().nullable(),
});
type Attempt = z.infer<typeof Attempt>;
const Unsent = z.object({ text: z.string(), attempt: Attempt.nullable() });
export type Unsent = z.infer<typeof Unsent>;

export interface Writing {
  text: string;
  sending: boolean;
  /** The last try to send it. */
  failure: Failure | null;
  /**
   * `arrived-before`: an earlier try had arrived; what was added since is still in the field.
   * `arrived-twice`: a server without keys has one message twice, because a connection broke.
   */
  note: 'too-short' | 'arrived-before' | 'arrived-twice' | null;
  /** Characters over the limit. */
  excess: number;
  /** False: this browser has no room, so the text is in the field alone. */
  kept: boolean;
}

/** Else the field has been written anew since, and is another message. */
const isPartOf = (message: string, earlier: string): boolean =>
  restOf(message, earlier) !== message;

/** The messages that a server without keys has made of an attempt. */
function triedSince(
  messages: readonly OwnMessage[],
  { tried, after }: Pick<Attempt, 'tried' | 'after'>,
): OwnMessage[] {
  const later = messages.slice(messages.findIndex((message) => message.id === after) + 1);
  return later.filter(
    (message) => !message.is_staff && tried.some((text) => sameText(text, message.message)),
  );
}

export type Writer = ReturnType<typeof createWriter>;

/**
 * What a customer writes into one ticket. A text leaves the field only by having arrived, and only
 * that text does.
 */
export function createWriter(
  api: WritingApi,
  id: string,
  openSlot: (field: Field<Unsent>) => Slot<Unsent>,
) {
  const store = createStore<Writing>(() => ({
    text: '',
    sending: false,
    failure: null,
    note: null,
    excess: 0,
    kept: true,
  }));
  let attempt: Attempt | null = null;
  /** The latest that has arrived. */
  let settled: Attempt | null = null;
  /**
   * While a word is composed, its field is left alone; what arrived meanwhile is taken out behind
   * it.
   */
  let composing = false;
  let arrivedMeanwhile: string | null = null;

  const held = (): Unsent | null => {
    const { text } = store.getState();
    return text === '' && attempt === null ? null : { text, attempt };
  };
  const slot = openSlot({
    schema: Unsent,
    words: ({ text }) => text.trim().slice(0, wordsShown),
    held,
    replace,
  });
  replace(slot.initial);

  function replace(content: Unsent | null): void {
    attempt = content?.attempt ?? null;
    store.setState({ failure: null, note: null });
    show(content?.text ?? '');
  }

  function show(text: string): void {
    store.setState({ text, excess: excessOf(text) });
  }
  function save(): void {
    store.setState({ kept: slot.save(held()) });
  }

  function arrived(text: string): void {
    if (composing) {
      arrivedMeanwhile = text;
      return;
    }
    settled = attempt;
    attempt = null;
    arrivedMeanwhile = null;
    show(restOf(store.getState().text, text));
    save();
  }

  /** The text of the attempt that is among `messages`. */
  function found(messages: readonly OwnMessage[], of: Attempt | null): string | null {
    if (of === null) return null;
    const { key, tried, after } = of;
    if (api.takesKeys())
      return messages.find((message) => message.client_id === key)?.message ?? null;
    return triedSince(messages, { tried, after })[0]?.message ?? null;
  }

  /**
   * Reads before it writes where the server takes no key. Returns the text that has arrived, which
   * may be one tried before.
   */
  async function deliver(message: string): Promise<string> {
    if (!api.takesKeys()) {
      const { rows } = await api.messages(id, lookedThrough);
      const earlier = found(rows, attempt);
      if (earlier !== null && isPartOf(message, earlier)) return earlier;
      if (earlier !== null) attempt = null;
      attempt ??= { key: newKey(), tried: [], after: rows.at(-1)?.id ?? null };
    }
    const { key, tried, after } = attempt ?? { key: newKey(), tried: [], after: null };
    const mine = { key, after, tried: [...tried.filter((text) => text !== message), message] };
    attempt = mine;
    save();
    try {
      await api.write(id, message, key);
      return message;
    } catch (error) {
      return settle(message, mine, error);
    }
  }

  async function settle(message: string, mine: Attempt, error: unknown): Promise<string> {
    const failure = failureOf(error);
    if (failure.kind === 'key-used') {
      const earlier = found((await api.messages(id, lookedThrough)).rows, mine);
      if (earlier !== null && isPartOf(message, earlier)) return earlier;
      // Removed at a sign-out, or gone on with in another tab.
      if (attempt !== mine) throw error;
      // The key stands for another message, or for one that was refused.
      attempt = null;
      return deliver(message);
    }
    if (isRefusal(failure) && attempt === mine) {
      attempt = null;
      save();
    }
    throw error;
  }

  return {
    store,
    type(text: string): void {
      show(text);
      store.setState({ note: null });
      save();
    },
    /** What belongs to this ticket and was written elsewhere, as in the dialog that opened it. */
    add(text: string): void {
      const before = store.getState().text;
      show(before === '' ? text : `${before}\n${text}`);
      save();
    },
    compose(on: boolean): void {
      composing = on;
      if (!on && arrivedMeanwhile !== null) arrived(arrivedMeanwhile);
    },
    /** Messages of this ticket were read: an attempt whose answer was lost may be among them. */
    seen(messages: readonly OwnMessage[]): void {
      if (store.getState().sending) return;
      const text = found(messages, attempt);
      if (text !== null) {
        store.setState({ failure: null });
        arrived(text);
      }
      if (settled === null || api.takesKeys() || triedSince(messages, settled).length < 2) return;
      store.setState({ note: 'arrived-twice' });
      settled = null;
    },
    /** True when the text that was there has arrived. */
    async send(): Promise<boolean> {
      const { text, sending, excess } = store.getState();
      const message = outgoing(text);
      if (sending || composing || excess > 0) return false;
      if (!hasSeen(message, shortestMessage)) {
        store.setState({ note: 'too-short' });
        return false;
      }
      settled = null;
      store.setState({ sending: true, failure: null, note: null });
      try {
        const done = await deliver(message);
        arrived(done);
        const isAll = sameText(done, message);
        store.setState({ sending: false, note: isAll ? null : 'arrived-before' });
        return isAll;
      } catch (error) {
        store.setState({ sending: false, failure: failureOf(error) });
        return false;
      }
    },
  };
}
