import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenStream } from '../helpers/event-stream.ts';
import { openStream } from '../helpers/event-stream.ts';
import type { ApiProcesses } from '../helpers/running-api.ts';
import { startApiProcesses } from '../helpers/running-api.ts';

const tries = 50;
const medianLimitMs = 200;

let api: ApiProcesses;
let maya: Awaited<ReturnType<ApiProcesses['person']>>;
let dana: typeof maya;
let alex: typeof maya;
let stream: OpenStream;
let ticket: string;
beforeAll(async () => {
  api = await startApiProcesses(2);
  maya = await api.person('admin');
  alex = await api.person('staff');
  dana = await api.person('customer');
  ticket = (await dana.at(0)('POST', '/support/tickets', { subject: 'Seen from afar', category: 'other', message: 'Written through the first process.' })).body.id;
  stream = await openStream(api.processes[1]?.server ?? '', maya.token);
});
afterAll(async () => {
  stream?.close();
  await api?.close();
});

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

test(`a write through one process reaches an event stream of another in under ${medianLimitMs} ms at the median`, async () => {
  const times: number[] = [];
  for (let n = 0; n < tries; n += 1) {
    const began = performance.now();
    const written = dana.at(0)('POST', `/support/tickets/${ticket}/messages`, { message: `message ${n}` });
    expect(await stream.nextOf('changed')).not.toBeNull();
    times.push(performance.now() - began);
    expect((await written).status).toBe(200);
  }
  console.log(`two processes: ${tries} writes reached the other's stream in ${median(times).toFixed(1)} ms at the median, ${Math.max(...times).toFixed(1)} ms at most, request included`);
  expect(median(times)).toBeLessThan(medianLimitMs);
});

test('what the event announces is there for whoever looks through the other process', async () => {
  let cursor: string | null = null;
  for (let more = true; more;) {
    const { body } = await maya.at(1)('GET', `/support/sync?limit=1000${cursor === null ? '' : `&cursor=${cursor}`}`);
    cursor = body.next_cursor;
    more = body.has_more;
  }
  for (let n = 0; n < 10; n += 1) {
    const { body: message } = await dana.at(0)('POST', `/support/tickets/${ticket}/messages`, { message: `another ${n}` });
    expect(await stream.nextOf('changed')).not.toBeNull();
    const { body } = await maya.at(1)('GET', `/support/sync?cursor=${cursor}`);
    expect(body.messages.map((m: { id: string }) => m.id)).toEqual([message.id]);
    cursor = body.next_cursor;
  }
});

test('presence said to one process is heard, and known to who comes later, at the other', async () => {
  const event = (state: string) => ({ ticket_id: ticket, staff_id: alex.id, state });
  const began = performance.now();
  expect((await alex.at(0)('PUT', `/support/tickets/${ticket}/presence`, { state: 'replying' })).status).toBe(200);
  expect(await stream.nextOf('presence')).toEqual(event('replying'));
  console.log(`two processes: presence reached the other's stream in ${(performance.now() - began).toFixed(1)} ms, request included`);
  const later = await openStream(api.processes[1]?.server ?? '', maya.token);
  expect(await later.nextOf('presence')).toEqual(event('replying'));
  expect((await alex.at(1)('PUT', `/support/tickets/${ticket}/presence`, { state: 'away' })).status).toBe(200);
  expect(await later.nextOf('presence')).toEqual(event('away'));
  later.close();
});

test('a session that is signed out at one process loses its stream at the other within 5 s', async () => {
  const open = await openStream(api.processes[1]?.server ?? '', alex.token);
  const began = performance.now();
  await alex.at(0)('POST', '/auth/logout');
  while (await open.next() !== null);
  expect(performance.now() - began).toBeLessThan(5_000);
});
