import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, migrations, schemaVersion } from '../../../src/server/db/migrate.ts';
import { createPool, row, transaction } from '../../../src/server/db/pool.ts';
import { startApi, type TestApi } from '../../helpers/api.ts';
import { freshDatabase } from '../../helpers/database.ts';

let api: TestApi;
let ids: Record<'customer' | 'staff' | 'ticket' | 'message' | 'macro', string>;
beforeAll(async () => {
  api = await startApi();
  const customer = await api.person('customer');
  const staff = await api.person('staff');
  const ticket = await api.ticket(customer);
  const message = (
    await staff.call(
      'POST',
      `/support/tickets/${ticket.id}/messages`,
      { message: 'a reply' },
      { 'idempotency-key': 'k' },
    )
  ).body.id;
  const macro = (await staff.call('POST', '/support/macros', { name: 'A macro', text: 'text' }))
    .body.id;
  ids = { customer: customer.id, staff: staff.id, ticket: ticket.id, message, macro };
});
afterAll(async () => {
  await api.close();
});

const checkViolation = '23514';
const valueTooLong = '22001';

/** Each rule that the database holds, and SQL that breaks it; `:name` stands for an id. */
const rules: [string, string][] = [
  ['a subject has 5 characters', "update support_tickets set subject = 'Hey' where id = :ticket"],
  [
    'a subject has at most 200',
    "update support_tickets set subject = repeat('x', 201) where id = :ticket",
  ],
  ['a status is one of five', "update support_tickets set status = 'exploded' where id = :ticket"],
  ['a priority is one of four', "update support_tickets set priority = 'asap' where id = :ticket"],
  ['a category is one of six', "update support_tickets set category = 'misc' where id = :ticket"],
  [
    'a closed ticket has a time of its end',
    "update support_tickets set status = 'closed', resolved_at = null where id = :ticket",
  ],
  [
    'a closed ticket is not snoozed',
    "update support_tickets set status = 'closed', resolved_at = now(), snoozed_until = now() where id = :ticket",
  ],
  [
    'a ticket has at most 100 tags',
    "update support_tickets set tags = (select array_agg('t' || n) from generate_series(1, 101) n) where id = :ticket",
  ],
  [
    'a tag has at most 40 characters',
    "update support_tickets set tags = array[repeat('x', 41)] where id = :ticket",
  ],
  ['a tag is not empty', "update support_tickets set tags = array[''] where id = :ticket"],
  ['a tag is a text', 'update support_tickets set tags = array[null]::text[] where id = :ticket'],
  ['tags are a set', "update support_tickets set tags = array['a', 'a'] where id = :ticket"],
  ['a count is not negative', 'update support_tickets set public_messages = -1 where id = :ticket'],
  [
    'a preview is short',
    "update support_tickets set last_preview = repeat('x', 141) where id = :ticket",
  ],
  [
    'a preview says whose it is',
    'update support_tickets set last_is_staff = null where id = :ticket',
  ],
  [
    'a version counts from 1',
    "insert into support_tickets (user_id, subject, category, version) values (:customer, 'A subject', 'other', 0)",
  ],
  ['a message is not empty', "update support_messages set message = '' where id = :message"],
  [
    'a message has at most 100,000 characters',
    "update support_messages set message = repeat('x', 100001) where id = :message",
  ],
  [
    'a message has one author',
    'update support_messages set user_id = :customer where id = :message',
  ],
  ['a message has an author', 'update support_messages set staff_id = null where id = :message'],
  [
    'a note is by staff',
    "insert into support_messages (ticket_id, user_id, message, is_internal) values (:ticket, :customer, 'a note', true)",
  ],
  [
    'a reply mentions nobody',
    'update support_messages set mentions = array[:staff::uuid] where id = :message',
  ],
  [
    'a note mentions at most 50',
    'update support_messages set is_internal = true, mentions = array_fill(:staff::uuid, array[51]) where id = :message',
  ],
  [
    'a mention is a person',
    'update support_messages set is_internal = true, mentions = array[null]::uuid[] where id = :message',
  ],
  [
    'a client id has at most 200 characters',
    "update support_messages set client_id = repeat('x', 201) where id = :message",
  ],
  [
    'an email is in lower case',
    "update users set email = 'Dana@example.test' where id = :customer",
  ],
  ['an email has an @', "update users set email = 'dana.example.test' where id = :customer"],
  ['an email has no spaces', "update users set email = 'da na@example.test' where id = :customer"],
  [
    'an email has at most 254 characters',
    "update users set email = repeat('x', 250) || '@x.test' where id = :customer",
  ],
  ['a name is not empty', "update users set full_name = '' where id = :customer"],
  [
    'a name has at most 200 characters',
    "update users set full_name = repeat('x', 201) where id = :customer",
  ],
  ['a role is one of three', "update users set role = 'root' where id = :customer"],
  ['a macro has a name', "update support_macros set name = '' where id = :macro"],
  [
    "a macro's name has at most 100 characters",
    "update support_macros set name = repeat('x', 101) where id = :macro",
  ],
  [
    "a macro's text has at most 100,000 characters",
    "update support_macros set text = repeat('x', 100001) where id = :macro",
  ],
  ['macro actions are an object', "update support_macros set actions = '[]' where id = :macro"],
  [
    'macro actions are known ones',
    `update support_macros set actions = '{"delete": true}' where id = :macro`,
  ],
  [
    'a macro sets a known status',
    `update support_macros set actions = '{"status": "exploded"}' where id = :macro`,
  ],
  [
    'a macro sets a priority that is one',
    `update support_macros set actions = '{"priority": null}' where id = :macro`,
  ],
  [
    'a macro version counts from 1',
    "insert into support_macros (name, text, version) values ('x', 'x', 0)",
  ],
  ['an idempotency key has no spaces', "update idempotency_keys set key = 'a b'"],
  ['a stored answer is never a 5xx', 'update idempotency_keys set status = 500'],
  ['a fingerprint is a sha256', "update idempotency_keys set fingerprint = 'x'"],
  ['a refresh token is kept as its hash', "update refresh_tokens set hash = 'plain'"],
  [
    'a ticket is not merged into itself',
    'insert into merged_tickets (id, into_id) values (:ticket, :ticket)',
  ],
  [
    'a removal is of a known kind',
    "insert into tombstones (kind, id) values ('faq', gen_random_uuid())",
  ],
  [
    'a help text is not empty',
    "insert into support_faq (category, question, answer) values ('other', '', 'x')",
  ],
];

describe('raw SQL cannot break a rule', () => {
  for (const [rule, sql] of rules) {
    test(`that ${rule}`, async () => {
      const filled = sql.replace(/(?<!:):(\w+)/g, (whole, name: string) =>
        name in ids ? `'${ids[name as keyof typeof ids]}'` : whole,
      );
      const error: unknown = await transaction(api.pool, (tx) => tx.query(filled)).then(
        () => null,
        (e: unknown) => e,
      );
      expect(error).toMatchObject({
        code: expect.stringMatching(`^(${checkViolation}|${valueTooLong})$`),
      });
    });
  }

  test('but what the rules allow is stored', async () => {
    await transaction(api.pool, async (tx) => {
      await tx.query(
        "update support_tickets set tags = (select array_agg(rpad(n::text, 40, 'x')) from generate_series(100, 199) n), subject = repeat('x', 200) where id = $1",
        [ids.ticket],
      );
      await tx.query("update support_messages set message = repeat('x', 100000) where id = $1", [
        ids.message,
      ]);
      await tx.query(
        `update support_macros set name = repeat('x', 100), actions = '{"assignee": null, "tags": {"add": ["a"], "remove": []}}' where id = $1`,
        [ids.macro],
      );
    });
    expect(
      (
        await row<{ n: number }>(
          api.pool,
          'select cardinality(tags) as n from support_tickets where id = $1',
          [ids.ticket],
        )
      )?.n,
    ).toBe(100);
  });
});

test('a subject that has 5 units but not 5 characters is refused before the database sees it', async () => {
  const customer = await api.person('customer');
  expect(
    (
      await customer.call('POST', '/support/tickets', {
        subject: '👍👍👍',
        category: 'other',
        message: 'a long enough message',
      })
    ).status,
  ).toBe(422);
});

test('a database of the schema before these rules is brought up with what is in it', async () => {
  const database = await freshDatabase();
  const pool = createPool(database.url, 2);
  try {
    await transaction(pool, async (tx) => {
      await tx.query(
        'create table schema_migrations (version integer primary key, applied_at timestamptz not null default now())',
      );
      for (const { version, up } of migrations.filter((m) => m.version <= 60)) {
        await up(tx);
        await tx.query('insert into schema_migrations (version) values ($1)', [version]);
      }
      const customer = await row<{ id: string }>(
        tx,
        "insert into users (email, username, full_name, role) values ('dana@example.test', 'dana', 'Dana', 'customer') returning id",
      );
      const made = await tx.query(
        `insert into support_tickets (user_id, subject, category, status, resolved_at, snoozed_until)
        values ($1, 'Closed and snoozed', 'other', 'closed', now(), now()), ($1, 'Open and snoozed', 'other', 'open', null, now()), ($1, 'To be deleted', 'other', 'open', null, null) returning id`,
        [customer?.id],
      );
      await tx.query('delete from support_tickets where id = $1', [made.rows[2].id]);
    });
    await migrate(pool);
    const found = await pool.query(
      'select subject, snoozed_until is not null as snoozed from support_tickets order by subject',
    );
    expect(found.rows).toEqual([
      { subject: 'Closed and snoozed', snoozed: false },
      { subject: 'Open and snoozed', snoozed: true },
    ]);
    expect(
      (await row<{ v: number }>(pool, 'select max(version) as v from schema_migrations'))?.v,
    ).toBe(schemaVersion);
  } finally {
    await pool.end();
    await database.drop();
  }
});
