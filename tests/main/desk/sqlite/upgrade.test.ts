import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  accountByKey,
  currentAccount,
  readThrough,
} from '../../../../src/main/desk/areas/session/accounts.ts';
import { listBulks } from '../../../../src/main/desk/areas/triage/bulks.ts';
import { openCache } from '../../../../src/main/desk/sqlite/cache-file.ts';
import { draftsOf, draftVersions } from '../../../../src/main/desk/areas/compose/drafts.ts';
import type { Message } from '../../../../src/contract/wire/entities.ts';
import { storeMessages } from '../../../../src/main/desk/areas/tickets/message-writes.ts';
import { readMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import { cacheMigrations } from '../../../../src/main/desk/sqlite/migrations/cache/index.ts';
import { outboxMigrations } from '../../../../src/main/desk/sqlite/migrations/outbox/index.ts';
import { openDatabase } from '../../../../src/main/desk/sqlite/open.ts';
import { openOperations } from '../../../../src/main/desk/areas/outbox/operations.ts';
import { openOutbox } from '../../../../src/main/desk/sqlite/outbox-file.ts';
import { recentSearches } from '../../../../src/main/desk/areas/search/recent-searches.ts';
import { readSettings } from '../../../../src/main/desk/areas/settings/settings-table.ts';
import { openLocalSnoozes } from '../../../../src/main/desk/areas/triage/snoozes-table.ts';
import { markThreadRead } from '../../../../src/main/desk/areas/tickets/threads-read.ts';
import { unsentWork } from '../../../../src/main/desk/areas/session/unsent.ts';
import { hashV20 } from '../../../../src/main/desk/sqlite/row-hash.ts';
import { tempDir } from '../../../helpers/desk.ts';

const account = '00000000-0000-4000-8000-000000000001';
const ticket = '00000000-0000-4000-8000-00000000000a';
const operation = '00000000-0000-4000-8000-00000000000b';
let home: ReturnType<typeof tempDir>;
beforeEach(() => {
  home = tempDir();
});
afterEach(() => {
  home.remove();
});

test('a cache from before macros were kept begins a new full copy, and one that has nothing yet does not', () => {
  const path = join(home.dir, 'cache.db');
  const old = openDatabase(
    path,
    'disposable',
    cacheMigrations.filter(({ version }) => version <= 40),
  );
  old.exec(
    "insert into meta values ('cursor', 'c'), ('snapshot', 'done'), ('generation', '3'), ('owner', 'me')",
  );
  old.close();
  const { db } = openCache(path);
  expect(
    ['cursor', 'snapshot', 'generation', 'owner'].map((name) => readMeta(db, name as 'cursor')),
  ).toEqual([null, 'running', '4', 'me']);
  db.close();
  const fresh = openCache(join(home.dir, 'fresh.db')).db;
  expect([readMeta(fresh, 'snapshot'), readMeta(fresh, 'generation')]).toEqual([null, null]);
  fresh.close();
});

test('threads of a level-1 server from before authors were put on their side are read again, and an author who is known then is moved', () => {
  const path = join(home.dir, 'cache.db');
  const old = openDatabase(
    path,
    'disposable',
    cacheMigrations.filter(({ version }) => version <= 140),
  );
  const message: Message = {
    id: operation,
    ticket_id: ticket,
    user_id: account,
    staff_id: null,
    message: 'Mine',
    is_internal: false,
    is_staff: false,
    created_at: '2025-11-10T09:12:33.000001',
    author_name: 'Customer 0000',
    client_id: null,
    mentions: [],
  };
  storeMessages(old, [message], 1);
  markThreadRead(old, ticket, 'mark');
  old.close();
  const { db } = openCache(path);
  expect(db.prepare('select count(*) as n from threads_read').get()).toEqual({ n: 0 });
  storeMessages(
    db,
    [{ ...message, user_id: null, staff_id: account, is_staff: true, author_name: 'Maya Ruiz' }],
    1,
  );
  expect(db.prepare('select user_id, staff_id, author_name from messages').all()).toEqual([
    { user_id: null, staff_id: account, author_name: 'Maya Ruiz' },
  ]);
  db.close();
});

test('waiting operations and drafts from before units are as they were: nothing becomes unreadable', () => {
  const path = join(home.dir, 'outbox.db');
  const old = openDatabase(
    path,
    'precious',
    outboxMigrations.filter(({ version }) => version <= 30),
  );
  const row = {
    seq: 1,
    id: operation,
    account_id: account,
    ticket_id: ticket,
    kind: 'reply',
    payload: JSON.stringify({ kind: 'reply', text: 'Dear Dana' }),
    payload_version: 1,
    state: 'queued',
    seen_through: null,
  };
  old
    .prepare(
      'insert into operations (seq, id, account_id, ticket_id, kind, payload, payload_version, sha256, state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)',
    )
    .run(
      row.seq,
      row.id,
      row.account_id,
      row.ticket_id,
      row.kind,
      row.payload,
      row.payload_version,
      hashV20(row),
      row.state,
    );
  old
    .prepare(
      'insert into drafts (account_id, ticket_id, kind, text, saved_at) values (?, ?, ?, ?, 1)',
    )
    .run(account, ticket, 'note', 'half a');
  old.close();
  const { db, salvage } = openOutbox(path);
  expect(salvage).toBeNull();
  expect(openOperations(db, account)).toMatchObject([
    { intent: { kind: 'reply', text: 'Dear Dana' }, state: 'queued', parked: null },
  ]);
  expect(draftsOf(db, account, ticket)).toEqual([
    { ticket_id: ticket, kind: 'note', text: 'half a', saved_at: 1, actions: {} },
  ]);
  db.close();
});

test('an outbox from before servers were told apart keeps 50 waiting operations, drafts and all else, now under the server they were made for', () => {
  const path = join(home.dir, 'outbox.db');
  const server = 'https://support.example.com';
  const orphan = '00000000-0000-4000-8000-000000000009';
  const old = openDatabase(
    path,
    'precious',
    outboxMigrations.filter(({ version }) => version <= 50),
  );
  const add = (seq: number, accountId: string, sha256?: string): void => {
    const row = {
      seq,
      id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
      account_id: accountId,
      ticket_id: ticket,
      kind: 'reply',
      payload: JSON.stringify({ kind: 'reply', text: `reply ${seq}` }),
      payload_version: 1,
      state: 'queued',
      seen_through: seq,
    };
    old
      .prepare(
        'insert into operations (seq, id, account_id, ticket_id, kind, payload, payload_version, sha256, state, created_at, seen_through) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)',
      )
      .run(
        row.seq,
        row.id,
        row.account_id,
        row.ticket_id,
        row.kind,
        row.payload,
        row.payload_version,
        sha256 ?? hashV20(row),
        row.state,
        row.seen_through,
      );
  };
  for (let seq = 1; seq <= 50; seq += 1) add(seq, account, seq === 7 ? 'wrong' : undefined);
  add(51, orphan);
  old
    .prepare(
      "insert into accounts (id, server, email, name, role, read_baseline) values (?, ?, 'maya@staffdesk.test', 'Maya', 'staff', 5)",
    )
    .run(account, server);
  old
    .prepare(
      "insert into drafts (account_id, ticket_id, kind, text, saved_at) values (?, ?, 'note', 'half a', 1)",
    )
    .run(account, ticket);
  old
    .prepare(
      "insert into draft_versions (account_id, ticket_id, kind, saved_at, text) values (?, ?, 'note', 1, 'half')",
    )
    .run(account, ticket);
  old
    .prepare('insert into read_marks (account_id, ticket_id, read_through) values (?, ?, 9)')
    .run(account, ticket);
  old
    .prepare(
      "insert into bulks (id, account_id, action, started_at, wanted) values ('b', ?, '{\"kind\":\"close\"}', 1, 'do')",
    )
    .run(account);
  const setting = old.prepare('insert into settings (name, value) values (?, ?)');
  setting.run('current-account', account);
  setting.run(`settings ${account}`, '{"undo_seconds":30}');
  setting.run(
    `snoozes ${account}`,
    JSON.stringify({ [ticket]: { until: 9, since: 0, alone: true, throughReplies: false } }),
  );
  setting.run(`recent-searches ${account}`, '["refund"]');
  old.close();

  const { db, salvage } = openOutbox(path);
  const key = `${server} ${account}`;
  expect(salvage).toBeNull();
  expect(currentAccount(db, server)).toEqual({
    key,
    account: { id: account, email: 'maya@staffdesk.test', name: 'Maya', role: 'staff' },
    server: { key: server, address: server, identity: null },
    oldSecret: account,
  });
  expect(
    openOperations(db, key).map(({ intent, parked }) => [
      intent.kind === 'reply' ? intent.text : intent.kind,
      parked?.reason ?? null,
    ]),
  ).toEqual(
    Array.from({ length: 50 }, (_, i) =>
      i === 6 ? ['unreadable', 'unreadable'] : [`reply ${i + 1}`, null],
    ),
  );
  expect([
    draftsOf(db, key, ticket).map(({ text }) => text),
    draftVersions(db, { accountId: key, ticketId: ticket, kind: 'note' }).map(({ text }) => text),
  ]).toEqual([['half a'], ['half']]);
  expect([
    readThrough(db, key, ticket),
    listBulks(db, key, 5).length,
    readSettings(db, key).undo_seconds,
    recentSearches(db, key),
    openLocalSnoozes(db, key).all().get(ticket)?.until,
  ]).toEqual([9, 1, 30, ['refund'], 9]);
  // Whose server is not known waits for somebody to say so, and is sent nowhere until then.
  expect(
    unsentWork(db).map(({ accountKey, account: of, waiting, drafts }) => [
      accountKey,
      of?.server.key ?? null,
      waiting,
      drafts,
    ]),
  ).toEqual([
    [orphan, null, 1, 0],
    [key, server, 50, 1],
  ]);
  expect(accountByKey(db, account)).toBeNull();
  db.close();
});
