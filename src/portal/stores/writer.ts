import { hasSeen } from '../../contract/text.ts';
import type { OwnMessage, WritingApi } from '../api/api.ts';
import { failureOf } from '../api/failure.ts';
import type { Field, Slot } from './slot.ts';
import { arrivedText, deliver, triedSince, type DeliveryParts } from './message-delivery.ts';
import {
  createMessageField,
  type Attempt,
  type MessageField,
  type Unsent,
} from './message-field.ts';
import { outgoing, restOf, sameText } from './outgoing.ts';
import { serverSettings } from './server-settings.ts';

export type Writer = ReturnType<typeof createWriter>;

/**
 * The message that a customer is writing in one ticket. A text leaves the field only once it has
 * arrived, and nothing else leaves with it.
 */
export function createWriter(
  api: WritingApi,
  ticketId: string,
  openSlot: (field: Field<Unsent>) => Slot<Unsent>,
) {
  const field = createMessageField(openSlot);
  const { store, show, save } = field;
  const arrivals = createArrivals(api, field);

  return {
    store,
    type(text: string): void {
      show(text);
      store.setState({ note: null });
      save();
    },
    /** Adds a text that was written elsewhere, as in the dialog that opened this ticket. */
    add(text: string): void {
      const before = store.getState().text;
      show(before === '' ? text : `${before}\n${text}`);
      save();
    },
    compose: arrivals.compose,
    seen: arrivals.seen,
    /** True if the text in the field has arrived. */
    async send(): Promise<boolean> {
      const { text, sending, excess } = store.getState();
      const message = outgoing(text);
      if (sending || arrivals.composing || excess > 0) return false;
      if (!hasSeen(message, serverSettings.getState().minMessageLength)) {
        store.setState({ note: 'too-short' });
        return false;
      }
      return sendNow(message, { api, ticketId, field }, arrivals);
    },
  };
}

/** True if all of the message has arrived. */
async function sendNow(
  message: string,
  parts: DeliveryParts,
  arrivals: Arrivals,
): Promise<boolean> {
  const { store } = parts.field;
  arrivals.settled = null;
  store.setState({ sending: true, failure: null, note: null });
  try {
    const done = await deliver(message, parts);
    arrivals.arrived(done);
    const isAll = sameText(done, message);
    store.setState({ sending: false, note: isAll ? null : 'arrived-before' });
    return isAll;
  } catch (error) {
    store.setState({ sending: false, failure: failureOf(error) });
    return false;
  }
}

interface Arrivals {
  /** The latest attempt that has arrived. */
  settled: Attempt | null;
  composing: boolean;
  arrived(text: string): void;
  compose(on: boolean): void;
  /** Messages of this ticket were read: an attempt whose response was lost may be among them. */
  seen(messages: readonly OwnMessage[]): void;
}

/**
 * Removes arrived texts from the field. While a word is composed, the field must not change, so this
 * waits for its end.
 */
function createArrivals(api: WritingApi, field: MessageField): Arrivals {
  const { store } = field;
  let meanwhile: string | null = null;
  const arrivals: Arrivals = {
    settled: null,
    composing: false,
    arrived(text) {
      if (arrivals.composing) {
        meanwhile = text;
        return;
      }
      arrivals.settled = field.attempt;
      field.attempt = null;
      meanwhile = null;
      field.show(restOf(store.getState().text, text));
      field.save();
    },
    compose(on) {
      arrivals.composing = on;
      if (!on && meanwhile !== null) arrivals.arrived(meanwhile);
    },
    seen(messages) {
      if (store.getState().sending) return;
      const text = arrivedText(api, messages, field.attempt);
      if (text !== null) {
        store.setState({ failure: null });
        arrivals.arrived(text);
      }
      const { settled } = arrivals;
      if (settled === null || api.takesKeys() || triedSince(messages, settled).length < 2) return;
      store.setState({ note: 'arrived-twice' });
      arrivals.settled = null;
    },
  };
  return arrivals;
}
