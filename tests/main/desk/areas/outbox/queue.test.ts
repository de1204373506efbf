import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { createOutbox } from '../../../../../src/main/desk/areas/outbox/queue.ts';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';

const ticket = '0199d7a0-0000-7000-8000-00000000000a';

let home: ReturnType<typeof tempDir>;
let db: WriteDb;
let refusesToRead: boolean;

beforeEach(() => {
  home = tempDir();
  db = openOutbox(join(home.dir, 'outbox.db')).db;
  refusesToRead = false;
});
afterEach(() => {
  db.close();
  home.remove();
});

function openedOutbox() {
  const clock = createFakeClock();
  let inTransaction = false;
  const prepare = ((sql: string) => {
    if (refusesToRead && !inTransaction && sql.startsWith('select'))
      throw new Error('database is locked');
    return db.prepare(sql);
  }) as WriteDb['prepare'];
  const transaction: WriteDb['transaction'] = (run) => {
    inTransaction = true;
    try {
      return db.transaction(run);
    } finally {
      inTransaction = false;
    }
  };
  return createOutbox({
    db: { ...db, prepare, transaction },
    accountId: 'me',
    clock,
    random: seeded(1),
    serverNow: () => clock.now(),
  });
}

test('what is written is accepted, whether it can be read again at once or not', () => {
  const outbox = openedOutbox();
  const first = outbox.enqueue(ticket, { kind: 'reply', text: 'First.' });
  expect(outbox.open()).toHaveLength(1);
  refusesToRead = true;
  const second = outbox.enqueue(ticket, { kind: 'reply', text: 'Second.' });
  expect(outbox.discard(first)).toBe(true);
  refusesToRead = false;
  expect(outbox.open().map(({ id }) => id)).toEqual([second]);
  expect(outbox.openOf(ticket).map(({ id }) => id)).toEqual([second]);
});
