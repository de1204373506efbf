import type { OwnMessage, WritingApi } from '../api/api.ts';
import { failureOf, isRefusal } from '../api/failure.ts';
import { newKey } from './key.ts';
import type { Attempt, MessageField } from './message-field.ts';
import { restOf, sameText } from './outgoing.ts';

/** The number of messages searched for an earlier try, which is among the newest. */
const lookedThrough = 100;

export interface DeliveryParts {
  api: WritingApi;
  ticketId: string;
  field: MessageField;
}

/**
 * Sends a message once, whatever becomes of the responses. Returns the text that has arrived, which
 * may be that of an earlier try. A server without keys is read before it is written to.
 */
export async function deliver(message: string, parts: DeliveryParts): Promise<string> {
  const { api, ticketId, field } = parts;
  if (!api.takesKeys()) {
    const { rows } = await api.messages(ticketId, lookedThrough);
    const earlier = arrivedText(api, rows, field.attempt);
    if (earlier !== null && isPartOf(message, earlier)) return earlier;
    if (earlier !== null) field.attempt = null;
    field.attempt ??= { key: newKey(), tried: [], after: rows.at(-1)?.id ?? null };
  }
  const { key, tried, after } = field.attempt ?? { key: newKey(), tried: [], after: null };
  const attempt = { key, after, tried: [...tried.filter((text) => text !== message), message] };
  field.attempt = attempt;
  field.save();
  try {
    await api.write(ticketId, message, key);
    return message;
  } catch (error) {
    return settleFailed(message, { attempt, error }, parts);
  }
}

async function settleFailed(
  message: string,
  { attempt, error }: { attempt: Attempt; error: unknown },
  parts: DeliveryParts,
): Promise<string> {
  const { api, ticketId, field } = parts;
  const failure = failureOf(error);
  if (failure.kind === 'key-used') {
    const { rows } = await api.messages(ticketId, lookedThrough);
    const earlier = arrivedText(api, rows, attempt);
    if (earlier !== null && isPartOf(message, earlier)) return earlier;
    // The attempt was removed by a sign-out, or is continued in another tab.
    if (field.attempt !== attempt) throw error;
    // The key was used for another message, or for one that was refused.
    field.attempt = null;
    return deliver(message, parts);
  }
  if (isRefusal(failure) && field.attempt === attempt) {
    field.attempt = null;
    field.save();
  }
  throw error;
}

/** The text of the attempt that is among `messages`; null if none is. */
export function arrivedText(
  api: WritingApi,
  messages: readonly OwnMessage[],
  attempt: Attempt | null,
): string | null {
  if (attempt === null) return null;
  const found = api.takesKeys()
    ? messages.find((message) => message.client_id === attempt.key)
    : triedSince(messages, attempt)[0];
  return found?.message ?? null;
}

/** The messages that an attempt has created on a server without keys. */
export function triedSince(
  messages: readonly OwnMessage[],
  { tried, after }: Pick<Attempt, 'tried' | 'after'>,
): OwnMessage[] {
  const later = messages.slice(messages.findIndex((message) => message.id === after) + 1);
  return later.filter(
    (message) => !message.is_staff && tried.some((text) => sameText(text, message.message)),
  );
}

/** False: the field has been rewritten since, and is another message. */
const isPartOf = (message: string, earlier: string): boolean =>
  restOf(message, earlier) !== message;
