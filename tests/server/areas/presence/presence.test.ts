import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presenceSeconds, type PresenceEvent } from '../../../../src/contract/wire/api.ts';
import { createPresence } from '../../../../src/server/areas/presence/presence.ts';
import { Problem } from '../../../../src/server/http/problem.ts';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';
import { openStream } from '../../../helpers/event-stream.ts';

const said = (state: PresenceEvent['state'], ticket = 'a', staff = 'maya'): PresenceEvent => ({
  ticket_id: ticket,
  staff_id: staff,
  state,
});

describe('what a process remembers', () => {
  let clock = createFakeClock();
  let told: PresenceEvent[] = [];
  let presence = createPresence(clock, (event) => {
    told.push(event);
  });
  beforeEach(() => {
    clock = createFakeClock();
    told = [];
    presence = createPresence(clock, (event) => {
      told.push(event);
    });
  });

  test('who is silent for 25 s is forgotten, and that is told once', () => {
    presence.heard(said('viewing'));
    clock.advance(presenceSeconds * 1_000 - 1);
    expect(presence.known()).toEqual([said('viewing')]);
    clock.advance(1);
    expect(presence.known()).toEqual([]);
    clock.advance(600_000);
    presence.heard(said('away'));
    expect(told).toEqual([said('viewing'), said('away')]);
  });

  test('each one is forgotten by its own last word', () => {
    presence.heard(said('viewing', 'a'));
    clock.advance(10_000);
    presence.heard(said('viewing', 'b'));
    clock.advance(10_000);
    presence.heard(said('viewing', 'a'));
    clock.advance(15_000);
    expect(presence.known()).toEqual([said('viewing', 'a')]);
    clock.advance(10_000);
    expect(presence.known()).toEqual([]);
    expect(told.slice(-2)).toEqual([said('away', 'b'), said('away', 'a')]);
  });

  test('another state is told at once; the same one again only every 10 s, always within its life', () => {
    presence.heard(said('viewing'));
    presence.heard(said('replying'));
    for (let i = 0; i < 30; i += 1) {
      clock.advance(1_000);
      presence.heard(said('replying'));
    }
    expect(told).toEqual([
      said('viewing'),
      said('replying'),
      said('replying'),
      said('replying'),
      said('replying'),
    ]);
  });

  test('away forgets at once, and tells nobody when nothing was known', () => {
    presence.heard(said('away'));
    expect(told).toEqual([]);
    presence.heard(said('viewing'));
    presence.heard(said('away'));
    expect(presence.known()).toEqual([]);
    expect(told).toEqual([said('viewing'), said('away')]);
  });

  test('a person has four words in any second; others are not held up by them', () => {
    for (let i = 0; i < 4; i += 1) {
      presence.admit('maya');
      clock.advance(200);
    }
    expect(() => {
      presence.admit('maya');
    }).toThrow(Problem);
    presence.admit('alex');
    clock.advance(200);
    presence.admit('maya');
    expect(() => {
      presence.admit('maya');
    }).toThrow(Problem);
  });
});

describe('through the API', () => {
  const clock = createFakeClock();
  let api: TestApi;
  let maya: Person;
  let alex: Person;
  let dana: Person;
  let ticket: string;
  beforeAll(async () => {
    api = await startApi({}, { clock });
    maya = await api.person('admin');
    alex = await api.person('staff');
    dana = await api.person('customer');
    const early = await openStream(api.server, maya.token);
    ticket = (await api.ticket(dana)).id;
    // The news of the ticket is over before the streams of the tests open.
    await early.nextOf('changed');
    early.close();
  });
  afterAll(async () => {
    await api.close();
  });

  const put = (person: Person, state: string, id = ticket) =>
    person.call('PUT', `/support/tickets/${id}/presence`, { state });

  test('a colleague hears of it, also one who comes later, and once when it is forgotten; neither the customer nor the person', async () => {
    const [ofAlex, ofMaya, ofDana] = await Promise.all(
      [alex, maya, dana].map((person) => openStream(api.server, person.token)),
    );
    const event = (state: string) => ({ ticket_id: ticket, staff_id: maya.id, state });
    expect(await put(maya, 'viewing')).toMatchObject({
      status: 200,
      body: { expires_in: presenceSeconds },
    });
    expect(await ofAlex?.nextOf('presence')).toEqual(event('viewing'));
    await put(maya, 'replying');
    expect(await ofAlex?.nextOf('presence')).toEqual(event('replying'));

    const later = await openStream(api.server, alex.token);
    expect(await later.next()).toEqual({ name: 'presence', data: event('replying') });

    clock.advance(presenceSeconds * 1_000);
    expect(await ofAlex?.nextOf('presence')).toEqual(event('away'));
    expect(await later.nextOf('presence')).toEqual(event('away'));
    await put(maya, 'viewing');
    expect(await later.nextOf('presence')).toEqual(event('viewing'));
    await put(maya, 'away');
    expect(await later.nextOf('presence')).toEqual(event('away'));

    // The word of another, and a write, come after all that: had the others heard of it, they would
    // have heard it before these.
    await put(alex, 'viewing');
    expect(await ofMaya?.nextOf('presence')).toEqual({
      ticket_id: ticket,
      staff_id: alex.id,
      state: 'viewing',
    });
    await dana.call('POST', `/support/tickets/${ticket}/messages`, { message: 'hello again' });
    expect(await ofDana?.next()).toMatchObject({ name: 'changed' });
    for (const open of [ofAlex, ofMaya, ofDana, later]) open?.close();
  });

  test('a new stream hears nothing of who has gone, nor of the person itself', async () => {
    clock.advance(presenceSeconds * 1_000);
    await put(alex, 'viewing');
    const [own, other] = await Promise.all([
      openStream(api.server, alex.token),
      openStream(api.server, maya.token),
    ]);
    expect(await other.next()).toEqual({
      name: 'presence',
      data: { ticket_id: ticket, staff_id: alex.id, state: 'viewing' },
    });
    await put(maya, 'viewing');
    expect(await own.next()).toMatchObject({ name: 'presence', data: { staff_id: maya.id } });
    own.close();
    other.close();
  });

  test('the fifth word within a second is 429', async () => {
    clock.advance(1_000);
    const answers = [];
    for (let i = 0; i < 5; i += 1) answers.push(await put(maya, 'viewing'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('1');
    clock.advance(1_000);
    expect((await put(maya, 'away')).status).toBe(200);
  });

  test('customers may not, unknown tickets are 404, other states and fields 422', async () => {
    clock.advance(1_000);
    expect((await put(dana, 'viewing')).status).toBe(403);
    expect((await put(maya, 'viewing', '00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await put(maya, 'sleeping')).status).toBe(422);
    expect(
      (
        await maya.call('PUT', `/support/tickets/${ticket}/presence`, {
          state: 'viewing',
          staff_id: alex.id,
        })
      ).status,
    ).toBe(422);
    expect(
      (await api.call('PUT', `/support/tickets/${ticket}/presence`, { state: 'viewing' })).status,
    ).toBe(401);
  });

  test('what others notify on the channel is nothing', async () => {
    const open = await openStream(api.server, alex.token);
    for (const payload of [
      '',
      'not json',
      '{"ticket_id":"x"}',
      JSON.stringify({ ticket_id: ticket, staff_id: maya.id, state: 'everywhere' }),
    ])
      await api.pool.query("select pg_notify('staffdesk_presence', $1)", [payload]);
    clock.advance(1_000);
    await put(maya, 'replying');
    expect(await open.nextOf('presence')).toMatchObject({ state: 'replying' });
    open.close();
  });
});
