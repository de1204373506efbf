import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';

let api: TestApi;
beforeAll(async () => { api = await startApi(); });
afterAll(async () => { await api.close(); });

/** Opens the stream; `next()` resolves with the next event that is no heartbeat, null at the end. */
async function stream(person: Person) {
  const stop = new AbortController();
  const response = await fetch(`${api.server}/api/v1/support/events`, { headers: { authorization: `Bearer ${person.token}` }, signal: stop.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  if (!response.body) throw new Error('no body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
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
    close: () => { stop.abort(); },
  };
}

test('a write reaches the streams of staff and of its own customer; a note only those of staff', async () => {
  const maya = await api.person('admin');
  const dana = await api.person('customer');
  const omar = await api.person('customer');
  const own = await api.ticket(dana);
  const [staff, customer, stranger] = await Promise.all([stream(maya), stream(dana), stream(omar)]);
  const began = performance.now();
  await maya.call('POST', `/support/tickets/${own.id}/notes`, { message: 'internal' });
  const ofNote = await staff.next();
  console.log(`events: a write reached an open stream in ${Math.round(performance.now() - began)} ms, request included`);
  await dana.call('POST', `/support/tickets/${own.id}/messages`, { message: 'and public' });
  const ofMessage = await staff.next();
  expect([ofNote?.name, ofMessage?.name]).toEqual(['changed', 'changed']);
  // The first that the customer hears is the public message, not the note before it.
  expect((await customer.next())?.cursor).toBe(ofMessage?.cursor);
  await api.ticket(omar);
  // And a stranger to both hears of their own ticket first.
  expect((await stranger.next())?.cursor).toBeGreaterThan(ofMessage?.cursor ?? 0n);
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
