import { z } from 'zod';
import { MessageLevel1, TicketLevel1 } from '../../contract/wire/entities.ts';
import { OwnMessage, type Api } from './api.ts';
import type { Authorization } from './authorization.ts';
import { ApiFailure } from './failure.ts';
import { newest } from './newest.ts';
import { createOnce, type Once } from './once.ts';
import { read } from './request.ts';

const nextCursor = z.string().min(1).max(2048).optional();
const TicketPage = z.object({ tickets: z.array(TicketLevel1), next_cursor: nextCursor });
const MessagePage = z.object({ messages: z.array(OwnMessage), next_cursor: nextCursor });
const TicketOnly = z.object({ ticket: TicketLevel1 });

type Reading = Pick<Api, 'tickets' | 'ticket' | 'messages'>;
type Writing = Pick<Api, 'takesKeys' | 'open' | 'write' | 'close'>;

export function readingCalls({ send }: Authorization): Reading {
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    read(await send({ method: 'GET', path }), schema);
  return {
    tickets: (count) =>
      newest(count, async (query) => {
        const { tickets, next_cursor: next } = await get(`/support/tickets?${query}`, TicketPage);
        return { rows: tickets, next };
      }),
    // Its messages are read separately: the ones that a server of level 1 sends along are all marked
    // as the customer's.
    ticket: async (id) => (await get(pathOf(id, '?order=desc&limit=1'), TicketOnly)).ticket,
    async messages(id, count) {
      const { rows, more } = await newest(count, async (query) => {
        const path = pathOf(id, `/messages?order=desc&${query}`);
        const { messages, next_cursor: next } = await get(path, MessagePage);
        return { rows: messages, next };
      });
      // A server of level 1 sends internal notes too; this page never shows one.
      return { rows: oldestFirst(rows).filter((message) => !message.is_internal), more };
    },
  };
}

export function writingCalls({ send, credentials }: Authorization): Writing {
  let once: Once | undefined;
  // Only a server of level 1 has no page sessions, and it ignores keys.
  const takesKeys = (): boolean => credentials.refreshToken === null;

  async function post<T>(
    path: string,
    body: object,
    schema: z.ZodType<T>,
    key: string,
  ): Promise<T> {
    const write = async (by?: Once): Promise<T> =>
      read(await send({ method: 'POST', path, body, key, once: by }), schema, true);
    if (takesKeys()) return write();
    once ??= createOnce();
    return once.inTurn(() => write(once));
  }

  return {
    takesKeys,
    open: (ticket, key) => post('/support/tickets', ticket, TicketLevel1, key),
    async write(id, message, key) {
      await post(pathOf(id, '/messages'), { message }, MessageLevel1, key);
    },
    async close(id, key) {
      await post(pathOf(id, '/close'), {}, TicketLevel1, key);
    },
  };
}

/** Throws 'not-found' for an id that cannot be one: a server of level 1 fails on it. */
function pathOf(id: string, tail: string): string {
  if (!z.uuid().safeParse(id).success) throw new ApiFailure({ kind: 'not-found', merged: null });
  return `/support/tickets/${id}${tail}`;
}

/** A server of level 1 returns the oldest first, whatever order was asked for. */
function oldestFirst(messages: OwnMessage[]): OwnMessage[] {
  const [first, last] = [messages[0], messages.at(-1)];
  return first && last && first.created_at > last.created_at ? messages.toReversed() : messages;
}
