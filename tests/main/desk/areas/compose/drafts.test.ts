import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  draftVersions,
  draftsOf,
  saveDraft,
} from '../../../../../src/main/desk/areas/compose/drafts.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { enqueue } from '../../../../../src/main/desk/areas/outbox/operations.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { tempDir } from '../../../../helpers/desk.ts';

const ticketId = '0199d7a0-0000-7000-8000-00000000000a';
const place = { accountId: 'me', ticketId, kind: 'reply' as const };
const now = Date.UTC(2026, 10, 30);

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

const save = (text: string, replaces?: number | null): number | null =>
  saveDraft(db, { ...place, text, actions: {}, at: now, replaces });
const send = (text: string, replaces?: number | null): void => {
  enqueue(db, {
    id: `0199d7a0-0000-7000-8000-${String(text.length).padStart(12, '0')}`,
    accountId: 'me',
    ticketId,
    intent: { kind: 'reply', text },
    createdAt: now,
    state: 'queued',
    seenThrough: null,
    replaces,
  });
};
const drafts = (): string[] => draftsOf(db, 'me', ticketId).map(({ text }) => text);
const versions = (): string[] => draftVersions(db, place).map(({ text }) => text);

test('each state of a draft has a name of its own, though the clock stands still', () => {
  const names = [save('a'), save('ab'), save('abc')];
  expect(new Set(names).size).toBe(3);
  expect(save('  ')).toBeNull();
});

test('a text that another window wrote becomes a version when it is written over; what one writer types is not one at each key', () => {
  let mine = save('Mine', null);
  for (const text of ['Mine a', 'Mine an', 'Mine and']) mine = save(text, mine);
  // The first text of a draft was kept when it was first written over.
  expect(versions()).toEqual(['Mine']);
  save('Theirs', null);
  expect([drafts(), versions()]).toEqual([['Theirs'], ['Mine and', 'Mine']]);
  save('Mine and more', mine);
  expect([drafts(), versions()]).toEqual([['Mine and more'], ['Theirs', 'Mine and', 'Mine']]);
});

test('sending removes the draft that was sent, also where its last letters were never saved', () => {
  const known = save('Half a sen', null);
  send('Half a sentence', known);
  expect(drafts()).toEqual([]);
  save('The same words');
  send('The same words');
  expect(drafts()).toEqual([]);
});

test('sending leaves what another window wrote meanwhile, and what is written beside a message from elsewhere', () => {
  const mine = save('Mine', null);
  save('Theirs', mine);
  send('Mine', mine);
  expect(drafts()).toEqual(['Theirs']);
  send('From the outbox');
  expect(drafts()).toEqual(['Theirs']);
});
