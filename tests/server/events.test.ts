import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';

let api: TestApi;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.close(); });

/** The transaction of the newest ticket or message. */
async function newestXid(): Promise<bigint> {
  const { rows } = await api.pool.query<{ xid: string }>('select max(xid)::text as xid from (select xid from support_tickets union all select xid from support_messages) written');
  return BigInt(rows[0]?.xid ?? 0);
}

const say = (person: Person, ticketId: string, message: string) => person.call('POST', `/support/tickets/${ticketId}/messages`, { message });

/** Opens the stream; `next()` resolves with the next event that is no heartbeat, null at the end. */
async function stream(person: Person) {
  const stop = new AbortController();
  const response = await fetch(`${api.server}/api/v1/support/events`, { headers: { authorization: `Bearer ${person.token}` }, signal: stop.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  if (!response.body) throw new Error('no body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const opened = {
    async next(): Promise<{ name: string; cursor: bigint } | null> {
      for (;;) {
        const at = text.indexOf('\n\n');
        if (at < 0) {
          const { value, done } = await reader.read();
          if (done) return null;
          text += value;
          continue;
        }
        const name = /event: (\w+)/.exec(text.slice(0, at))?.[1] ?? '';
        const cursor = BigInt(/"cursor":"(\d+)"/.exec(text.slice(0, at))?.[1] ?? '0');
        text = text.slice(at + 2);
        if (name !== 'heartbeat') return { name, cursor };
      }
    },
    /** The first event that lies behind this transaction; earlier ones are let go. */
    async past(xid: bigint): Promise<{ name: string; cursor: bigint }> {
      for (;;) {
        const event = await opened.next();
        if (!event) throw new Error('the stream ended');
        if (event.cursor > xid) return event;
      }
    },
    close: () => { stop.abort(); },
  };
  return opened;
}

test('a write reaches the streams of staff and of its own customer; a note only those of staff', async () => {
  const maya = await api.person('admin');
  const dana = await api.person('customer');
  const omar = await api.person('customer');
  const own = await api.ticket(dana);
  await api.ticket(omar);
  const [staff, customer, stranger] = await Promise.all([stream(maya), stream(dana), stream(omar)]);
  // What was written before may still be on its way; this word of each is heard after it.
  await say(dana, own.id, 'hello from Dana');
  await customer.past(await newestXid());
  await api.ticket(omar, 'Another one of Omar');
  await Promise.all([staff.past(await newestXid()), stranger.past(await newestXid())]);

  const began = performance.now();
  await maya.call('POST', `/support/tickets/${own.id}/notes`, { message: 'internal' });
  expect((await staff.past(await newestXid())).name).toBe('changed');
  console.log(`events: a write reached an open stream in ${Math.round(performance.now() - began)} ms, request included`);
  await say(dana, own.id, 'and public');
  const ofMessage = await newestXid();
  expect((await staff.past(ofMessage)).name).toBe('changed');
  // The first that the customer hears is the public message, not the note before it.
  expect((await customer.next())?.cursor).toBeGreaterThan(ofMessage);
  // And a stranger to both hears of their own ticket first.
  await api.ticket(omar, 'A third one of Omar');
  expect((await stranger.next())?.cursor).toBeGreaterThan(await newestXid());
  for (const open of [staff, customer, stranger]) open.close();
});

test('a stream ends when its account is closed', { timeout: 15_000 }, async () => {
  const jonas = await api.person('staff');
  const open = await stream(jonas);
  await api.pool.query('update users set is_active = false where id = $1', [jonas.id]);
  // An event of an earlier write may still be on its way.
  let last = await open.next();
  while (last !== null) last = await open.next();
  expect(last).toBeNull();
});

test('a stream needs a sign-in', async () => {
  expect((await api.call('GET', '/support/events')).status).toBe(401);
});
