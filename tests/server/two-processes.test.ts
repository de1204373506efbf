import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStream, type OpenStream } from '../helpers/event-stream.ts';
import { startApiProcesses, type ApiProcesses } from '../helpers/running-api.ts';

const tries = 50;

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
  ticket = (
    await dana.at(0)('POST', '/support/tickets', {
      subject: 'Seen from afar',
      category: 'other',
      message: 'Written through the first process.',
    })
  ).body.id;
  stream = await openStream(api.processes[1]?.server ?? '', maya.token);
});
afterAll(async () => {
  stream?.close();
  await api?.close();
});

/** How soon is measured by `npm run bench -- api`. */
test('each write through one process reaches an event stream of another, by itself', async () => {
  for (let n = 0; n < tries; n += 1) {
    const written = dana.at(0)('POST', `/support/tickets/${ticket}/messages`, {
      message: `message ${n}`,
    });
    expect(await stream.nextOf('changed')).not.toBeNull();
    expect((await written).status).toBe(200);
  }
});

test('what the event announces is there for whoever looks through the other process', async () => {
  let cursor: string | null = null;
  for (let more = true; more;) {
    const { body } = await maya.at(1)(
      'GET',
      `/support/sync?limit=1000${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    cursor = body.next_cursor;
    more = body.has_more;
  }
  for (let n = 0; n < 10; n += 1) {
    const { body: message } = await dana.at(0)('POST', `/support/tickets/${ticket}/messages`, {
      message: `another ${n}`,
    });
    expect(await stream.nextOf('changed')).not.toBeNull();
    const { body } = await maya.at(1)('GET', `/support/sync?cursor=${cursor}`);
    expect(body.messages.map((m: { id: string }) => m.id)).toEqual([message.id]);
    cursor = body.next_cursor;
  }
});

test('presence said to one process is heard, and known to who comes later, at the other', async () => {
  const event = (state: string) => ({ ticket_id: ticket, staff_id: alex.id, state });
  expect(
    (await alex.at(0)('PUT', `/support/tickets/${ticket}/presence`, { state: 'replying' })).status,
  ).toBe(200);
  expect(await stream.nextOf('presence')).toEqual(event('replying'));
  const later = await openStream(api.processes[1]?.server ?? '', maya.token);
  expect(await later.nextOf('presence')).toEqual(event('replying'));
  expect(
    (await alex.at(1)('PUT', `/support/tickets/${ticket}/presence`, { state: 'away' })).status,
  ).toBe(200);
  expect(await later.nextOf('presence')).toEqual(event('away'));
  later.close();
});

test('a session that is signed out at one process loses its stream at the other', async () => {
  const open = await openStream(api.processes[1]?.server ?? '', alex.token);
  await alex.at(0)('POST', '/auth/logout');
  while ((await open.next()) !== null);
  expect((await alex.at(1)('GET', '/auth/me')).status).toBe(401);
});
