import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { day, hour } from '../../../../../src/core/time.ts';
import {
  addBulk,
  addBulkItem,
  dropUnbegunBulks,
  listBulks,
} from '../../../../../src/main/desk/areas/triage/bulks.ts';
import { draftVersions, saveDraft } from '../../../../../src/main/desk/areas/compose/drafts.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import {
  discard,
  enqueue,
  replaceOperation,
  settledOperations,
} from '../../../../../src/main/desk/areas/outbox/operations.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { removeAged } from '../../../../../src/main/desk/areas/outbox/retention-table.ts';
import { tempDir } from '../../../../helpers/desk.ts';

let home: ReturnType<typeof tempDir>;
let db: WriteDb;
beforeEach(() => {
  home = tempDir();
  db = openOutbox(join(home.dir, 'outbox.db')).db;
});
afterEach(() => {
  db.close();
  home.remove();
});

const now = Date.UTC(2026, 2, 27, 9);
const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const add = (n: number): void => {
  enqueue(db, {
    id: id(n),
    accountId: 'me',
    ticketId: id(900),
    intent: { kind: 'reply', text: `reply ${n}` },
    createdAt: now,
    state: 'queued',
    seenThrough: null,
  });
};
const type = (text: string, at: number): void => {
  saveDraft(db, { accountId: 'me', ticketId: id(900), kind: 'reply', text, actions: {}, at });
};
const bin = (): number => settledOperations(db, 'me', 'discarded', 0, 100).length;
const versions = (): string[] =>
  draftVersions(db, { accountId: 'me', ticketId: id(900), kind: 'reply' }).map(({ text }) => text);

test.each([
  ['eight days ahead', now + 8 * day],
  ['in 2100', Date.UTC(2100, 0, 1)],
  ['in 1970', 0],
  ['right', now],
])(
  'what was stamped by a clock that is %s lives its days from when its age can be counted',
  (_what, stamp) => {
    add(1);
    discard(db, id(1), stamp);
    type('first', stamp);
    type('', stamp);
    addBulk(db, 'me', { id: 'b', action: { kind: 'read' }, startedAt: stamp });
    addBulkItem(db, 'b', { seq: 0, ticketId: id(900), seen: 0 });
    for (const at of [now, now + 7 * day]) removeAged(db, at);
    expect([bin(), versions(), listBulks(db, 'me', 9).length]).toEqual([1, ['first'], 1]);
    removeAged(db, now + 7 * day + hour);
    expect([bin(), versions()]).toEqual([1, []]);
    removeAged(db, now + 30 * day);
    expect([bin(), listBulks(db, 'me', 9).length]).toEqual([1, 1]);
    removeAged(db, now + 30 * day + hour);
    expect([
      bin(),
      listBulks(db, 'me', 9).length,
      db.prepare('select count(*) as n from bulk_items').get(),
    ]).toEqual([0, 0, { n: 0 }]);
  },
);

test('a time that goes back begins the age again, and nothing that waits or was sent has one', () => {
  add(1);
  add(2);
  discard(db, id(1), now);
  removeAged(db, now + 400 * day);
  removeAged(db, now);
  removeAged(db, now + 30 * day);
  expect(bin()).toBe(1);
  expect(db.prepare('select aged_from from operations where id = ?').get(id(2))).toEqual({
    aged_from: null,
  });
});

test('what is put in the place of another one leaves that in the bin by the time of the server', () => {
  add(1);
  expect(
    replaceOperation(
      db,
      id(1),
      {
        id: id(2),
        accountId: 'me',
        ticketId: id(900),
        intent: { kind: 'reply', text: 'new' },
        createdAt: 1,
        state: 'queued',
        seenThrough: null,
      },
      now,
    ),
  ).toBe(true);
  expect(settledOperations(db, 'me', 'discarded', 0, 9)[0]?.settledAt).toBe(now);
});

test('a version that a wrong clock has put into the future keeps no other one away, and none takes the place of another', () => {
  type('one', now + 8 * day);
  type('', now + 8 * day);
  type('two', now);
  type('two and more', now);
  type('two and more still', now);
  expect(versions()).toEqual(['two and more', 'two', 'one']);
});

test('the tickets of a bulk that is about to begin are not taken for those of one that a crash has left', () => {
  addBulkItem(db, 'b', { seq: 0, ticketId: id(900), seen: 0 });
  removeAged(db, now);
  expect(db.prepare('select count(*) as n from bulk_items').get()).toEqual({ n: 1 });
  dropUnbegunBulks(db);
  expect(db.prepare('select count(*) as n from bulk_items').get()).toEqual({ n: 0 });
});
