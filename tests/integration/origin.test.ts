import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMemorySecrets } from '../../src/main/sync/secrets.ts';
import { testPassword } from '../helpers/api.ts';
import type { TestDesk } from '../helpers/desk.ts';
import { openTestDesk, tempDir } from '../helpers/desk.ts';
import type { FakeClock } from '../helpers/fake-clock.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import type { Level1Options, Level1Person, Level1Server } from '../helpers/level1-server.ts';
import { startLevel1Server } from '../helpers/level1-server.ts';

let server: Level1Server;
let maya: Level1Person;
let jonas: Level1Person;
let dana: Level1Person;
let desk: TestDesk;
let clock: FakeClock;
const ends: (() => Promise<void> | void)[] = [];

async function start(options: Level1Options): Promise<void> {
  server = await startLevel1Server(0, options);
  const person = (name: string, staff: boolean) => server.addPerson({ email: `${name.split(' ')[0]}@example.test`, password: testPassword, name, staff });
  [maya, jonas, dana] = [person('Maya Ruiz', true), person('Jonas Weber', true), person('Dana Okafor', false)];
  const home = tempDir();
  clock = createFakeClock(Date.now());
  desk = openTestDesk(home.dir, server.server, createMemorySecrets(), clock);
  ends.push(() => desk.desk.close(), () => server.close(), home.remove);
}
afterEach(async () => { for (const end of ends.splice(0)) await end(); });

const sync = () => desk.call('sync.get', {});
const phaseIs = (phase: string) => async () => (await sync()).phase === phase;
const signIn = async () => {
  await desk.call('session.signIn', { email: maya.email, password: maya.password });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(phaseIs('live'));
};
const outbox = () => desk.call('outbox.list', {});
const thread = (ticketId: string) => desk.call('thread.get', { ticket_id: ticketId, before: null, limit: 100 });
const reply = (ticketId: string, text: string, finish: 'close' | null = null) => desk.call('compose.send', { ticket_id: ticketId, kind: 'reply', text, finish });
/** Reads everything that changed, as the next poll does. */
async function readAgain(): Promise<void> {
  const before = server.log.filter((line) => line === 'GET /support/tickets').length;
  await desk.call('sync.retry', {});
  await expect.poll(() => server.log.filter((line) => line === 'GET /support/tickets').length).toBeGreaterThan(before);
  await desk.until(phaseIs('live'));
}
const isClose = (line: string) => line.endsWith('/close');

describe("whose words are whose, where everybody's are written as a user's", () => {
  beforeEach(() => start({ superuserSees: 'all' }));

  test('two replies and a reply that closes, queued offline on one ticket, go out in order without a card', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    await signIn();
    server.fail(() => true, { kind: 'never' }, 1_000);
    await desk.call('sync.retry', {});
    await desk.until(phaseIs('offline'));
    await reply(ticket.id, 'First answer');
    await reply(ticket.id, 'Second answer');
    await reply(ticket.id, 'Last answer', 'close');
    server.mend();
    await desk.call('sync.retry', {});
    await expect.poll(async () => {
      clock.advance(1_000);
      return (await outbox()).map(({ kind, reason }) => reason ?? kind);
    }, { timeout: 60_000 }).toEqual([]);
    expect(server.messages(ticket.id).map((m) => m.message)).toEqual(['It has been three business days now.', 'First answer', 'Second answer', 'Last answer']);
    expect(server.tickets.get(ticket.id)?.status).toBe('closed');
  });

  test('my replies stand on my side after each reading, a colleague stays a colleague, and from:me finds mine', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    server.write(jonas, ticket.id, 'Jonas looks into it');
    server.insertAsStaff(jonas, ticket.id, 'Written by hand');
    server.insertAsStaff(jonas, ticket.id, 'Between us', true);
    await signIn();
    await reply(ticket.id, 'From the desk');
    await desk.until(async () => (await outbox()).length === 0);
    server.write(maya, ticket.id, 'From another desk');
    for (const round of ['the next reading', 'one more']) {
      await readAgain();
      const { messages, ticket: shown } = await thread(ticket.id);
      expect(messages.map(({ text, kind, mine, author }) => [text, kind, mine, author]), round).toEqual([
        ['It has been three business days now.', 'customer', false, `Customer ${dana.id.slice(0, 4)}`],
        ['Jonas looks into it', 'reply', false, 'Support Team'], ['Written by hand', 'reply', false, 'Support Team'], ['Between us', 'note', false, 'Support Team'],
        ['From the desk', 'reply', true, 'Maya Ruiz'], ['From another desk', 'reply', true, 'Maya Ruiz'],
      ]);
      expect(shown).toMatchObject({ preview_by: 'me', unread: false, status: 'in_progress', requester_id: dana.id, message_count: 6 });
      const found = await desk.call('search.query', { query: 'from:me desk', limit: 5 });
      expect(found.hits.map((hit) => hit.row.id), round).toEqual([ticket.id]);
    }
  });

  test('a reply whose answer is lost raises no banner with my own words, and neither does a colleague', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    await signIn();
    server.fail((line) => line.startsWith('POST') && line.endsWith('/messages'), { kind: 'cut' });
    await reply(ticket.id, 'My own words');
    await desk.until(async () => (await outbox()).length === 0);
    server.write(jonas, ticket.id, 'Jonas adds');
    await readAgain();
    expect(desk.events.filter((event) => event.name === 'notification.show')).toEqual([]);
    expect(await thread(ticket.id)).toMatchObject({ ticket: { unread: false } });
  });

  test('a close after an unseen message of the customer is stopped, and goes once the agent has seen it', async () => {
    const ticket = server.addTicket(dana, 'Refund');
    await signIn();
    server.write(dana, ticket.id, 'Wait, one more thing');
    await desk.call('triage.close', { ticket_id: ticket.id });
    await desk.until(async () => (await outbox())[0]?.state === 'needs-you');
    expect(await outbox()).toMatchObject([{ kind: 'close', reason: 'stale', newer: [{ text: 'Wait, one more thing' }] }]);
    expect(server.log.filter(isClose)).toEqual([]);
    expect(server.tickets.get(ticket.id)?.status).toBe('waiting');
    await desk.call('outbox.retry', { operation_id: (await outbox())[0]?.id ?? '' });
    await desk.until(async () => (await outbox()).length === 0);
    expect(server.tickets.get(ticket.id)?.status).toBe('closed');
  });
});
