import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccountData, type AccountData } from '../../../../../src/main/desk/account-data.ts';
import { reopenAndSend } from '../../../../../src/main/desk/areas/compose/compose.ts';
import { currentAccount } from '../../../../../src/main/desk/areas/session/accounts.ts';
import { createServerTime } from '../../../../../src/main/desk/feed/server-time.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';
import { fillDataFolder, nowhere } from '../../../../helpers/filled-cache.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const now = Date.UTC(2026, 10, 30);
const ticket = '00000000-0000-7000-8000-000000000001';
let home: ReturnType<typeof tempDir>;
let files: [cache: WriteDb, outbox: WriteDb];
let data: AccountData;

function open(status: 'closed' | 'open'): void {
  fillDataFolder(home.dir, [{ ...plainTicket(ticket, now), status }]);
  const clock = createFakeClock(now);
  const cache = openCache(join(home.dir, 'cache.db')).db;
  const outbox = openOutbox(join(home.dir, 'outbox.db')).db;
  files = [cache, outbox];
  const account = currentAccount(outbox, nowhere);
  if (!account) throw new Error('nobody is signed in');
  const time = createServerTime(clock);
  data = openAccountData(cache, outbox, account, { time, clock, random: seeded(1) });
}
beforeEach(() => {
  home = tempDir();
});
afterEach(() => {
  for (const file of files) file.close();
  home.remove();
});

/** A message that the server refused because the ticket is closed. */
function parked(text: string): string {
  const id = data.outbox.enqueue(ticket, { kind: 'reply', text });
  data.outbox.markInflight(id);
  data.outbox.park(id, 'ticket-closed', null);
  return id;
}
/** Runs the command; `fails`: the disk refuses when the parked message is discarded. */
function run(id: string, fails = false): { told: string[]; held: string[] } {
  const told: string[] = [];
  const held: string[] = [];
  const discard = (): never => {
    throw new Error('database or disk is full');
  };
  reopenAndSend(
    {
      ...data,
      outbox: fails ? { ...data.outbox, discard } : data.outbox,
      serverNow: () => now,
      holds: {
        begin: (one: string) => held.push(one),
        end: () => undefined,
        left: () => null,
      } as never,
      tell: { operationAdded: (one: string) => told.push(one) } as never,
    },
    id,
  );
  return { told, held };
}
const waiting = () =>
  data.outbox.open().map(({ intent, state }) => ({
    what: intent.kind === 'reply' ? intent.text : intent.kind,
    state,
  }));

test('reopening and the reply are queued in their order, the reply with its undo window, and the parked one is in the bin', () => {
  open('closed');
  const { told, held } = run(parked('One more question.'));
  expect(waiting()).toEqual([
    { what: 'reopen', state: 'queued' },
    { what: 'One more question.', state: 'held' },
  ]);
  expect(told).toEqual([ticket]);
  expect(held).toEqual([data.outbox.open()[1]?.id]);
  expect(data.outbox.settled('discarded', 0, 10)).toHaveLength(1);
});

test('where it cannot be written whole nothing of it is, and nobody is told of it', () => {
  open('closed');
  const id = parked('One more question.');
  expect(() => run(id, true)).toThrow('database or disk is full');
  expect(waiting()).toEqual([{ what: 'One more question.', state: 'parked' }]);
});

test('a ticket that is open by now gets the message as it is', () => {
  open('open');
  const id = parked('One more question.');
  run(id);
  expect(data.outbox.open().map((one) => one.id)).toEqual([id]);
  expect(waiting()).toEqual([{ what: 'One more question.', state: 'queued' }]);
});
