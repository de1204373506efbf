import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { rows } from '../../../../src/server/db/pool.ts';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';
import { emptyReplica, readPage, readToEnd, type Replica } from '../../../helpers/replica.ts';

/** Three of these fill a page. */
const long = '\u65e5'.repeat(95_000);

let api: TestApi;
let maya: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
});
afterAll(async () => {
  await api.close();
});
beforeEach(async () => {
  await api.pool.query('delete from support_tickets');
});

/**
 * A ticket of many long messages; every third is a note. Older tickets lie behind it in the copy.
 */
async function longTicket(messages = 11): Promise<string> {
  await api.ticket(dana, 'An older one, behind it');
  const { id } = await api.ticket(dana, 'The long one');
  await api.pool.query(
    'insert into support_messages (ticket_id, staff_id, message, is_internal) select $1, $2, $3, n % 3 = 0 from generate_series(1, $4::int) n',
    [id, maya.id, long, messages],
  );
  await api.pool.query(
    'update support_tickets t set public_messages = (select count(*) from support_messages m where m.ticket_id = t.id and not m.is_internal) where t.id = $1',
    [id],
  );
  return id;
}

interface Row {
  id: string;
  ticket_id: string;
}
/** What a replica has, and what it should have. */
async function compare(
  person: Person,
  replica: Replica,
): Promise<{ has: unknown; should: unknown }> {
  const isStaff = person.id === maya.id;
  const messages = await rows<Row>(
    api.pool,
    'select m.id, m.ticket_id from support_messages m join support_tickets t on t.id = m.ticket_id where $1::uuid is null or (t.user_id = $1 and not m.is_internal) order by m.id',
    [isStaff ? null : person.id],
  );
  const tickets = await rows<{ id: string }>(
    api.pool,
    'select id from support_tickets where $1::uuid is null or user_id = $1 order by id',
    [isStaff ? null : person.id],
  );
  const held = [...replica.messages.values()]
    .map(({ id, ticket_id }) => ({ id, ticket_id }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const counts = [...replica.tickets.values()]
    .map(({ id, message_count }) => ({ id, message_count }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const counted = tickets.map(({ id }) => ({
    id,
    message_count: messages.filter((message) => message.ticket_id === id).length,
  }));
  return { has: { messages: held, tickets: counts }, should: { messages, tickets: counted } };
}

/** What happens while a reader is in the middle of the long conversation. */
const meanwhile: Record<string, (id: string) => Promise<unknown>> = {
  'nothing happens': () => Promise.resolve(),
  'a message arrives': (id) =>
    maya.call('POST', `/support/tickets/${id}/messages`, { message: 'And one more' }),
  'a note arrives': (id) =>
    maya.call('POST', `/support/tickets/${id}/notes`, { message: 'And one more' }),
  'it is closed': (id) => maya.call('POST', `/support/tickets/${id}/close`),
  'another is merged into it': async (id) =>
    maya.call('POST', `/support/tickets/${(await api.ticket(dana, 'Comes into it')).id}/merge`, {
      into: id,
    }),
  'a long one, older than the reader, is merged into it': async (id) =>
    maya.call('POST', `/support/tickets/${await longTicket(6)}/merge`, { into: id }),
  'it is merged into an older one': async (id) => {
    const [older] = await rows<Row>(
      api.pool,
      'select id from support_tickets where id <> $1 order by created_at limit 1',
      [id],
    );
    return maya.call('POST', `/support/tickets/${id}/merge`, { into: older?.id });
  },
  'it is merged into a newer one': async (id) =>
    maya.call('POST', `/support/tickets/${id}/merge`, {
      into: (await api.ticket(dana, 'Takes it over')).id,
    }),
  'notes before and behind the cut are deleted': (id) =>
    api.pool.query('delete from support_messages where ticket_id = $1 and is_internal', [id]),
  'it is deleted': (id) => api.pool.query('delete from support_tickets where id = $1', [id]),
  'one with an older time is written': (id) =>
    api.pool.query(
      "insert into support_messages (ticket_id, staff_id, message, created_at, is_internal) select id, $2, 'Late', now() - interval '1 day', true from support_tickets where id = $1",
      [id, maya.id],
    ),
};

test.each(Object.keys(meanwhile))(
  'a conversation that is cut over pages of the full copy ends up whole when %s in the middle',
  async (what) => {
    const id = await longTicket();
    const replicas = [
      { person: maya, replica: emptyReplica() },
      { person: dana, replica: emptyReplica() },
    ];
    for (const { person, replica } of replicas) {
      await readPage(person, replica);
      await readPage(person, replica);
    }
    await meanwhile[what]?.(id);
    for (const { person, replica } of replicas) {
      const { has, should } = await compare(person, await readToEnd(person, replica));
      expect(has).toEqual(should);
    }
  },
);

test('one that moves to the newest end while it is cut comes whole from its beginning, and is cut there too', async () => {
  const id = await longTicket();
  const replica = emptyReplica();
  await readPage(maya, replica);
  await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'Any news on this?' });
  await readPage(maya, replica);
  await maya.call('POST', `/support/tickets/${id}/notes`, { message: 'In the second part' });
  await readToEnd(maya, replica);
  const { has, should } = await compare(maya, replica);
  expect(has).toEqual(should);
});

test('one that grows too old while it is cut is still brought whole', async () => {
  const id = await longTicket();
  const replica = emptyReplica();
  await readPage(maya, replica, 'limit=200');
  await api.pool.query(
    "update support_tickets set status = 'closed', resolved_at = now() where id = $1",
    [id],
  );
  await readToEnd(maya, replica, `limit=200&closed_since=2100-01-01T00:00:00Z`);
  const {
    rows: [count],
  } = await api.pool.query<{ n: number }>(
    'select count(*)::int as n from support_messages where ticket_id = $1',
    [id],
  );
  expect([...replica.messages.values()].filter((message) => message.ticket_id === id)).toHaveLength(
    count?.n ?? -1,
  );
});

test("where a customer's copy is cut tells nothing of notes", async () => {
  const sizes = async (): Promise<number[]> => {
    const replica = emptyReplica();
    const seen: number[] = [];
    for (let more = true; more;) {
      more = await readPage(dana, replica);
      seen.push(replica.messages.size);
    }
    return seen;
  };
  const id = await longTicket();
  const before = await sizes();
  await api.pool.query(
    'insert into support_messages (ticket_id, staff_id, message, is_internal) select $1, $2, $3, true from generate_series(1, 10)',
    [id, maya.id, long],
  );
  expect(await sizes()).toEqual(before);
});
