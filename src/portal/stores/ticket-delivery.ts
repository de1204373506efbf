import type { TicketLevel1 } from '../../contract/wire/entities.ts';
import type { NewTicket, WritingApi } from '../api/api.ts';
import { failureOf, isRefusal } from '../api/failure.ts';
import { newKey } from './key.ts';
import { restOf, sameText } from './outgoing.ts';
import type { Attempt, TicketForm } from './ticket-form.ts';

/** The number of tickets, and of messages of each, searched for an earlier try. */
const lookedThrough = 20;

/** A ticket that exists: opened by this try or by an earlier one. */
export interface OpenedTicket {
  id: string;
  content: NewTicket;
}

/** Opens a ticket once, whatever becomes of the responses. */
export async function openTicket(
  content: NewTicket,
  api: WritingApi,
  form: TicketForm,
): Promise<OpenedTicket> {
  if (form.attempt !== null && !api.takesKeys()) {
    const earlier = await findOpened(form.attempt, api);
    if (earlier && isSameTicket(content, earlier.content)) return earlier;
    if (earlier) form.attempt = null;
  }
  form.attempt ??= { key: newKey(), tried: [], newest: (await api.tickets(1)).rows[0]?.id ?? null };
  const attempt = { ...form.attempt, tried: [...form.attempt.tried, content] };
  form.attempt = attempt;
  form.save();
  try {
    const { id } = await api.open(content, attempt.key);
    return { id, content };
  } catch (error) {
    return settleFailed(content, { attempt, error }, api, form);
  }
}

async function settleFailed(
  content: NewTicket,
  { attempt, error }: { attempt: Attempt; error: unknown },
  api: WritingApi,
  form: TicketForm,
): Promise<OpenedTicket> {
  const failure = failureOf(error);
  if (failure.kind === 'key-used') {
    const earlier = await findOpened(attempt, api);
    if (earlier && isSameTicket(content, earlier.content)) return earlier;
    // The attempt was removed by a sign-out, or is continued in another tab.
    if (form.attempt !== attempt) throw error;
    form.attempt = null;
    return openTicket(content, api, form);
  }
  if (isRefusal(failure) && form.attempt === attempt) {
    form.attempt = null;
    form.save();
  }
  throw error;
}

/** The ticket that the attempt has opened; null if there is none. */
async function findOpened(attempt: Attempt, api: WritingApi): Promise<OpenedTicket | null> {
  return (await findAllOpened(attempt, api, 1))[0] ?? null;
}

/** The tickets that the attempt has opened, the newest first, up to `most`. */
export async function findAllOpened(
  { tried, newest }: Attempt,
  api: WritingApi,
  most = lookedThrough,
): Promise<OpenedTicket[]> {
  const { rows } = await api.tickets(lookedThrough);
  const known = rows.findIndex((row) => row.id === newest);
  const all: OpenedTicket[] = [];
  for (const row of known < 0 ? rows : rows.slice(0, known)) {
    if (all.length === most) break;
    const content = await contentOf(row, tried, api);
    if (content) all.push({ id: row.id, content });
  }
  return all;
}

async function contentOf(
  row: TicketLevel1,
  tried: readonly NewTicket[],
  api: WritingApi,
): Promise<NewTicket | null> {
  const likely = tried.filter(({ subject }) => sameText(subject, row.subject));
  if (likely.length === 0) return null;
  const { rows } = await api.messages(row.id, lookedThrough);
  return likely.find(({ message }) => rows.some((one) => sameText(one.message, message))) ?? null;
}

/** False: the form has been rewritten since, and is another ticket. */
function isSameTicket(now: NewTicket, earlier: NewTicket): boolean {
  return (
    sameText(now.subject, earlier.subject) || restOf(now.message, earlier.message) !== now.message
  );
}
