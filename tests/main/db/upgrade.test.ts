import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCache } from '../../../src/main/db/cache-file.ts';
import { draftsOf } from '../../../src/main/db/drafts.ts';
import { readMeta } from '../../../src/main/db/meta.ts';
import { cacheMigrations } from '../../../src/main/db/migrations/cache/index.ts';
import { outboxMigrations } from '../../../src/main/db/migrations/outbox/index.ts';
import { openDatabase } from '../../../src/main/db/open.ts';
import { openOperations } from '../../../src/main/db/operations.ts';
import { openOutbox } from '../../../src/main/db/outbox-file.ts';
import { hashV20 } from '../../../src/main/db/row-hash.ts';
import { tempDir } from '../../helpers/desk.ts';

const account = '00000000-0000-4000-8000-000000000001';
const ticket = '00000000-0000-4000-8000-00000000000a';
const operation = '00000000-0000-4000-8000-00000000000b';
let home: ReturnType<typeof tempDir>;
beforeEach(() => { home = tempDir(); });
afterEach(() => { home.remove(); });

test('a cache from before macros were kept begins a new full copy, and one that has nothing yet does not', () => {
  const path = join(home.dir, 'cache.db');
  const old = openDatabase(path, 'disposable', cacheMigrations.filter(({ version }) => version <= 40));
  old.exec("insert into meta values ('cursor', 'c'), ('snapshot', 'done'), ('generation', '3'), ('owner', 'me')");
  old.close();
  const { db } = openCache(path);
  expect(['cursor', 'snapshot', 'generation', 'owner'].map((name) => readMeta(db, name as 'cursor'))).toEqual([null, 'running', '4', 'me']);
  db.close();
  const fresh = openCache(join(home.dir, 'fresh.db')).db;
  expect([readMeta(fresh, 'snapshot'), readMeta(fresh, 'generation')]).toEqual([null, null]);
  fresh.close();
});

test('waiting operations and drafts from before units are as they were: nothing becomes unreadable', () => {
  const path = join(home.dir, 'outbox.db');
  const old = openDatabase(path, 'precious', outboxMigrations.filter(({ version }) => version <= 30));
  const row = { seq: 1, id: operation, account_id: account, ticket_id: ticket, kind: 'reply', payload: JSON.stringify({ kind: 'reply', text: 'Dear Dana' }), payload_version: 1, state: 'queued', seen_through: null };
  old.prepare('insert into operations (seq, id, account_id, ticket_id, kind, payload, payload_version, sha256, state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)')
    .run(row.seq, row.id, row.account_id, row.ticket_id, row.kind, row.payload, row.payload_version, hashV20(row), row.state);
  old.prepare('insert into drafts (account_id, ticket_id, kind, text, saved_at) values (?, ?, ?, ?, 1)').run(account, ticket, 'note', 'half a');
  old.close();
  const { db, salvage } = openOutbox(path);
  expect(salvage).toBeNull();
  expect(openOperations(db, account)).toMatchObject([{ intent: { kind: 'reply', text: 'Dear Dana' }, state: 'queued', parked: null }]);
  expect(draftsOf(db, account, ticket)).toEqual([{ ticket_id: ticket, kind: 'note', text: 'half a', saved_at: 1, actions: {} }]);
  db.close();
});
