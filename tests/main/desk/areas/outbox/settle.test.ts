import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../../../../src/core/operation.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { beginTry } from '../../../../../src/main/desk/areas/outbox/tries.ts';
import { ApiError } from '../../../../../src/main/desk/feed/api-error.ts';
import { createOutbox, type Outbox } from '../../../../../src/main/desk/areas/outbox/queue.ts';
import { createSettler, type Settler } from '../../../../../src/main/desk/areas/outbox/settle.ts';
import { createRecorder } from '../../../../../src/main/desk/areas/outbox/recorder.ts';
import { createWitnesses } from '../../../../../src/main/desk/areas/outbox/witness.ts';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../../../../helpers/fake-clock.ts';

const ticket = '0199d7a0-0000-7000-8000-00000000000a';
const message = '0199d7a0-0000-7000-8000-00000000000b';
const turn = (): Promise<void> =>
  new Promise((done) => {
    setImmediate(done);
  });

let home: ReturnType<typeof tempDir>;
let clock: FakeClock;
let outboxDb: WriteDb;
let cache: WriteDb;
let outbox: Outbox;
let settler: Settler;
let looks: number;
let faults: unknown[];

beforeEach(() => {
  home = tempDir();
  clock = createFakeClock();
  outboxDb = openOutbox(join(home.dir, 'outbox.db')).db;
  cache = openCache(join(home.dir, 'cache.db')).db;
  outbox = createOutbox({
    db: outboxDb,
    accountId: 'me',
    clock,
    random: seeded(1),
    serverNow: () => clock.now(),
  });
  looks = 0;
  faults = [];
  const onFault = (error: unknown): void => {
    faults.push(error);
  };
  settler = createSettler({
    outbox,
    outboxDb,
    cache,
    clock,
    recorder: createRecorder({ cache, outboxDb, outbox, onFault }),
    witnesses: createWitnesses(cache, outbox, 'me'),
    find() {
      looks += 1;
      return Promise.reject(new ApiError({ kind: 'unreachable' }));
    },
    on: { settled: () => undefined, fault: onFault },
  });
});
afterEach(async () => {
  await settler.stop();
  for (const db of [outboxDb, cache]) db.close();
  home.remove();
});

function operationOf(id: string): Operation {
  const operation = outbox.byId(id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  return operation;
}

function lostAnswer(): string {
  const id = outbox.enqueue(ticket, { kind: 'reply', text: 'Here you are.' });
  outbox.markInflight(id);
  beginTry(outboxDb, id, []);
  settler.tried(operationOf(id), { kind: 'unsettled', doubt: 'ended' });
  return id;
}

test('a lost answer is looked for again after a while, not at once', async () => {
  lostAnswer();
  await turn();
  expect([looks, clock.waiting()]).toEqual([1, 1]);
  clock.advance(29_000);
  await turn();
  expect(looks).toBe(1);
  clock.advance(1_000);
  await turn();
  expect(looks).toBe(2);
});

test('what the list confirms meanwhile is looked for no more', async () => {
  const id = lostAnswer();
  await turn();
  outbox.acknowledge(id, message);
  clock.advance(30_000);
  await turn();
  expect([looks, clock.waiting()]).toEqual([1, 0]);
});

test('a database that refuses is not asked without end', async () => {
  lostAnswer();
  await turn();
  const { open } = outbox;
  outbox.open = () => {
    throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
  };
  clock.advance(30_000);
  for (let n = 0; n < 20; n += 1) {
    await turn();
    clock.advance(100);
  }
  expect(faults.length).toBeLessThanOrEqual(3);
  outbox.open = open;
});
