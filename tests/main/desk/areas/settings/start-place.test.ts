import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSettings } from '../../../../../src/main/desk/areas/settings/settings-table.ts';
import { startPlace } from '../../../../../src/main/desk/areas/settings/start-place.ts';
import { storeTicket } from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import type { OwnRows } from '../../../../../src/main/desk/sqlite/own-rows.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { useCache } from '../../../../helpers/cache.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const ticketId = '0199d7a0-0000-7000-8000-00000000000a';
const gone = '0199d7a0-0000-7000-8000-00000000000b';
const savedId = '0199d7a0-0000-4000-8000-00000000000c';
const cache = useCache();
let home: ReturnType<typeof tempDir>;
let own: OwnRows;
beforeEach(() => {
  home = tempDir();
  own = { db: openOutbox(join(home.dir, 'outbox.db')).db, key: 'me' };
  storeTicket(cache(), plainTicket(ticketId, Date.UTC(2026, 10, 30)), 1);
});
afterEach(() => {
  own.db.close();
  home.remove();
});

const plain = { filter: {}, sort: 'newest' };

test('an account that was nowhere yet has no place, whatever another one has', () => {
  writeSettings(own.db, 'other', {
    last_place: { view: 'closed', saved: null, ticket_id: null },
  });
  expect(startPlace({ cache: cache(), own })).toBeNull();
});

test('the next window begins in the view and the ticket of the last one', () => {
  writeSettings(own.db, own.key, {
    last_place: { view: 'closed', saved: null, ticket_id: ticketId },
  });
  expect(startPlace({ cache: cache(), own })).toEqual({
    query: { ...plain, view: 'closed' },
    saved: null,
    ticket_id: ticketId,
  });
});

test('a saved view comes back as it is saved now, and gives way to its view once it is removed', () => {
  const query = { view: 'open', filter: { priority: ['high'] }, sort: 'oldest' } as const;
  writeSettings(own.db, own.key, {
    saved_views: [{ id: savedId, name: 'Hot', query: structuredClone(query) as never }],
    last_place: { view: 'open', saved: savedId, ticket_id: null },
  });
  expect(startPlace({ cache: cache(), own })).toEqual({ query, saved: savedId, ticket_id: null });
  writeSettings(own.db, own.key, { saved_views: [] });
  expect(startPlace({ cache: cache(), own })).toEqual({
    query: { ...plain, view: 'open' },
    saved: null,
    ticket_id: null,
  });
});

test('a ticket that is not on this computer any more is left out', () => {
  writeSettings(own.db, own.key, {
    last_place: { view: 'all', saved: null, ticket_id: gone },
  });
  expect(startPlace({ cache: cache(), own })).toMatchObject({ ticket_id: null });
});
