import { join } from 'node:path';
import { expect, test } from 'vitest';
import { handleCall } from '../../../../src/main/shell/bridge/handle.ts';
import { enqueue, openOperations } from '../../../../src/main/desk/areas/outbox/operations.ts';
import { openOutbox } from '../../../../src/main/desk/sqlite/outbox-file.ts';
import type { Handlers } from '../../../../src/main/desk/handlers.ts';
import { tempDir } from '../../../helpers/desk.ts';
import { unwatched } from '../../../helpers/unwatched.ts';

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

test('on a full disk a send says so, nothing is half written, and work goes on once there is room', async () => {
  const home = tempDir();
  const { db } = openOutbox(join(home.dir, 'outbox.db'));
  let n = 0;
  const send: Handlers['compose.send'] = ({ ticket_id, text }) => {
    n += 1;
    enqueue(db, {
      id: id(n),
      accountId: 'me',
      ticketId: ticket_id,
      intent: { kind: 'reply', text },
      createdAt: n,
      state: 'queued',
      seenThrough: null,
    });
    return { operation_id: id(n), held_ms: 0 };
  };
  // Only this call is made.
  const handlers = { 'compose.send': send } as Handlers;
  const call = () =>
    handleCall({ handlers, live: unwatched() }, 'own window', 'compose.send', {
      ticket_id: id(900),
      kind: 'reply',
      text: 'x'.repeat(50_000),
    });

  expect((await call()).ok).toBe(true);
  // SQLite's own word for a disk without room, at the size that the file has now.
  db.pragma(`max_page_count = ${Number(db.pragma('page_count')) + 2}`);
  const refused = await call();
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'disk-full', sentence: 'Not saved: the disk is full.' },
  });
  expect(openOperations(db, 'me').map((operation) => operation.id)).toEqual([id(1)]);
  expect(db.pragma('integrity_check(1)')).toBe('ok');

  db.pragma('max_page_count = 1073741823');
  expect((await call()).ok).toBe(true);
  expect(openOperations(db, 'me').map((operation) => operation.id)).toEqual([id(1), id(3)]);
  db.close();
  home.remove();
});
