import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../../../../src/contract/wire/entities.ts';
import { createOutbox, type Outbox } from '../../../../../src/main/desk/areas/outbox/queue.ts';
import { createSending, type Sending } from '../../../../../src/main/desk/areas/outbox/sending.ts';
import { createWitnesses } from '../../../../../src/main/desk/areas/outbox/witness.ts';
import { messageExists } from '../../../../../src/main/desk/areas/tickets/messages.ts';
import { storeTicket } from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import {
  beginSnapshot,
  currentGeneration,
  knownVersion,
} from '../../../../../src/main/desk/feed/generation.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { writeMeta } from '../../../../../src/main/desk/sqlite/meta.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const ticketId = '0199d7a0-0000-7000-8000-00000000000a';
const messageId = '0199d7a0-0000-7000-8000-00000000000b';
const me = '0199d7a0-0000-7000-8000-00000000000c';

let home: ReturnType<typeof tempDir>;
let outboxDb: WriteDb;
let cache: WriteDb;
let outbox: Outbox;
let sending: Sending;
let pullsWanted: number;

beforeEach(() => {
  home = tempDir();
  const clock = createFakeClock();
  outboxDb = openOutbox(join(home.dir, 'outbox.db')).db;
  cache = openCache(join(home.dir, 'cache.db')).db;
  outbox = createOutbox({
    db: outboxDb,
    accountId: 'me',
    clock,
    random: seeded(1),
    serverNow: () => clock.now(),
    known: (id) => knownVersion(cache, id),
  });
  pullsWanted = 0;
  sending = createSending({
    data: { account: { id: me, name: 'Alex Kim' }, cache, own: { db: outboxDb }, outbox },
    witnesses: createWitnesses(cache, outbox, me),
    server: {
      send: ({ id }) =>
        Promise.resolve({
          kind: 'acked',
          serverId: messageId,
          answer: { message: noteUnder(id, clock.now()) },
        }),
      find: () => Promise.resolve(null),
    },
    clock,
    random: seeded(1),
    on: {
      settled: () => undefined,
      pullWanted() {
        pullsWanted += 1;
      },
      fault(error) {
        throw error;
      },
    },
  });
  copyTicket();
});
afterEach(async () => {
  await sending.stop();
  for (const db of [outboxDb, cache]) db.close();
  home.remove();
});

const noteUnder = (key: string, now: number): Message => ({
  id: messageId,
  ticket_id: ticketId,
  user_id: null,
  staff_id: me,
  author_name: 'Alex Kim',
  message: 'Ours.',
  is_internal: true,
  is_staff: true,
  created_at: new Date(now).toISOString(),
  client_id: key,
  mentions: [],
});

/** A full copy that has the ticket, and none of its messages. */
function copyTicket(): void {
  storeTicket(cache, plainTicket(ticketId, 0), currentGeneration(cache));
  writeMeta(cache, 'snapshot', 'done');
}

async function sendNote(beforeItGoes = (): void => undefined): Promise<object> {
  const id = outbox.enqueue(ticketId, { kind: 'note', text: 'Ours.', mentions: [] });
  beforeItGoes();
  sending.resume();
  await new Promise((done) => {
    setImmediate(done);
  });
  return {
    state: outbox.byId(id)?.state,
    isHere: messageExists(cache, messageId),
    pullsWanted,
  };
}

function copyAgain(): void {
  beginSnapshot(cache);
  copyTicket();
}

test('a message is taken from its answer', async () => {
  expect(await sendNote()).toEqual({ state: 'acked', isHere: true, pullsWanted: 0 });
});

test('a message from before the full copy is left to a pull: the answer is repeated from its first try, and it may have been removed before the copy', async () => {
  expect(await sendNote(copyAgain)).toEqual({ state: 'acked', isHere: false, pullsWanted: 1 });
});

test('a server without keys repeats no answer, so a message from before the full copy is taken from it', async () => {
  writeMeta(cache, 'level', '1');
  expect(await sendNote(copyAgain)).toMatchObject({ state: 'acked', isHere: true });
});
