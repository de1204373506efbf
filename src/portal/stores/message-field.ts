import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../api/failure.ts';
import type { Field, Slot } from './slot.ts';
import { excessOf } from './outgoing.ts';

const wordsShown = 80;

/**
 * A message that may have arrived or not. `tried`: its texts, all sent with one `key`, so that at
 * most one arrives. `after`: the last message that was there before; only used with a server
 * without keys.
 */
const Attempt = z.object({
  key: z.string(),
  tried: z.array(z.string()),
  after: z.string().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;
const Unsent = z.object({ text: z.string(), attempt: Attempt.nullable() });
export type Unsent = z.infer<typeof Unsent>;

interface Writing {
  text: string;
  sending: boolean;
  /** Why the last try to send failed. */
  failure: Failure | null;
  /**
   * `arrived-before`: an earlier try had arrived; text added since is still in the field.
   * `arrived-twice`: a server without keys has one message twice, because a connection broke.
   */
  note: 'too-short' | 'arrived-before' | 'arrived-twice' | null;
  /** Characters over the limit. */
  excess: number;
  /** False: the browser's storage is full, so the text exists only in the field. */
  kept: boolean;
}

/** The text of one ticket's message, with its attempt, as it is stored in the browser. */
export interface MessageField {
  store: StoreApi<Writing>;
  attempt: Attempt | null;
  show(text: string): void;
  save(): void;
}

export function createMessageField(openSlot: (field: Field<Unsent>) => Slot<Unsent>): MessageField {
  const store = createStore<Writing>(() => ({
    text: '',
    sending: false,
    failure: null,
    note: null,
    excess: 0,
    kept: true,
  }));
  const held = (): Unsent | null => {
    const { text } = store.getState();
    return text === '' && field.attempt === null ? null : { text, attempt: field.attempt };
  };
  function replace(content: Unsent | null): void {
    field.attempt = content?.attempt ?? null;
    store.setState({ failure: null, note: null });
    field.show(content?.text ?? '');
  }
  const field: MessageField = {
    store,
    attempt: null,
    show(text) {
      store.setState({ text, excess: excessOf(text) });
    },
    save() {
      store.setState({ kept: slot.save(held()) });
    },
  };
  const slot = openSlot({
    schema: Unsent,
    words: ({ text }) => text.trim().slice(0, wordsShown),
    held,
    replace,
  });
  replace(slot.initial);
  return field;
}
