import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../../../../src/core/operation.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import type { Outcome } from '../../../../../src/main/desk/areas/outbox/outcome.ts';
import { createOutbox, type Outbox } from '../../../../../src/main/desk/areas/outbox/queue.ts';
import { createPush, type Push } from '../../../../../src/main/desk/areas/outbox/push.ts';
import { createRecorder } from '../../../../../src/main/desk/areas/outbox/recorder.ts';
import { endBeforeSending } from '../../../../../src/main/desk/areas/outbox/before-sending.ts';
import { currentGeneration } from '../../../../../src/main/desk/feed/generation.ts';
import { createWitnesses } from '../../../../../src/main/desk/areas/outbox/witness.ts';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../../../../helpers/fake-clock.ts';

const ticket = '0199d7a0-0000-7000-8000-00000000000a';
const message = '0199d7a0-0000-7000-8000-00000000000b';

let home: ReturnType<typeof tempDir>;
let clock: FakeClock;
let outboxDb: WriteDb;
let cache: WriteDb;
let other: { outbox: WriteDb; cache: WriteDb };
let outbox: Outbox;
let push: Push;
let faults: unknown[];
let told: Outcome['kind'][];
let answers: ((outcome: Outcome) => void)[];
let onSettled: (operation: Operation, outcome: Outcome) => void;

beforeEach(() => {
  home = tempDir();
  clock = createFakeClock();
  outboxDb = openOutbox(join(home.dir, 'outbox.db')).db;
  cache = openCache(join(home.dir, 'cache.db')).db;
  // What another program has open: a backup, a virus scanner.
  other = {
    outbox: openOutbox(join(home.dir, 'outbox.db')).db,
    cache: openCache(join(home.dir, 'cache.db')).db,
  };
  for (const db of [outboxDb, cache]) db.pragma('busy_timeout = 0');
  faults = [];
  told = [];
  answers = [];
  onSettled = (_, { kind }) => {
    told.push(kind);
  };
  outbox = createOutbox({
    db: outboxDb,
    accountId: 'me',
    clock,
    random: seeded(1),
    serverNow: () => clock.now(),
  });
  const witnesses = createWitnesses(cache, outbox, 'me');
  const onFault = (error: unknown): void => {
    faults.push(error);
  };
  push = createPush({
    endBefore: (operation) => endBeforeSending(cache, witnesses, 'me', operation),
    generation: () => currentGeneration(cache),
    outbox,
    recorder: createRecorder({ cache, outboxDb, outbox, onFault }),
    clock,
    random: () => 0.5,
    send: () =>
      new Promise((resolve) => {
        answers.push(resolve);
      }),
    on: {
      settled(operation, outcome) {
        onSettled(operation, outcome);
      },
      fault: onFault,
    },
  });
});

afterEach(async () => {
  for (const resolve of answers) resolve({ kind: 'outdated' });
  await push.stop();
  for (const db of [outboxDb, cache, other.outbox, other.cache]) db.close();
  home.remove();
});

const hold = (db: WriteDb): void => {
  db.exec('begin immediate');
};
const release = (db: WriteDb): void => {
  db.exec('commit');
};
const acked: Outcome = { kind: 'acked', serverId: message, answer: {} };

async function answer(outcome: Outcome): Promise<void> {
  answers.shift()?.(outcome);
  await new Promise((done) => {
    setImmediate(done);
  });
}

test.each<[string, Outcome, Operation['state'] | null]>([
  ['a confirmation', acked, null],
  ['a refusal', { kind: 'parked', reason: 'refused', detail: null, answer: {} }, 'parked'],
  ['a request to wait', { kind: 'later', retryAfterMs: 5_000, everyone: false }, 'queued'],
  ['a lost connection', { kind: 'offline', failure: { kind: 'unreachable' } }, 'queued'],
])(
  '%s that cannot be written is kept and written later; its operation is not sent again meanwhile',
  async (_, outcome, state) => {
    push.resume();
    const id = outbox.enqueue(ticket, { kind: 'reply', text: 'Hello' });
    push.wake();
    hold(other.outbox);
    await answer(outcome);
    clock.advance(60_000);
    expect({ state: outbox.openOf(ticket)[0]?.state, told, waiting: answers.length }).toEqual({
      state: 'inflight',
      told: [],
      waiting: 0,
    });
    expect(faults.length).toBeGreaterThan(1);
    release(other.outbox);
    const before = faults.length;
    clock.advance(15_000);
    expect(told).toEqual([outcome.kind]);
    expect(faults).toHaveLength(before);
    expect(outbox.openOf(ticket)[0]?.state ?? null).toBe(
      outcome.kind === 'later' ? 'inflight' : state,
    );
    expect(outbox.byId(id)?.state).toBe(
      outcome.kind === 'acked' ? 'acked' : outcome.kind === 'later' ? 'inflight' : state,
    );
  },
);

test('a queue that cannot be written to is looked at again; nothing goes out before it is written that it does', () => {
  push.resume();
  outbox.enqueue(ticket, { kind: 'reply', text: 'Hello' });
  hold(other.outbox);
  push.wake();
  clock.advance(60_000);
  expect({ sent: answers.length, state: outbox.open()[0]?.state }).toEqual({
    sent: 0,
    state: 'queued',
  });
  release(other.outbox);
  clock.advance(15_000);
  expect({ sent: answers.length, state: outbox.open()[0]?.state }).toEqual({
    sent: 1,
    state: 'inflight',
  });
});

test('a cache that refuses holds up no confirmation', async () => {
  push.resume();
  const id = outbox.enqueue(ticket, { kind: 'reply', text: 'Hello' });
  push.wake();
  hold(other.cache);
  await answer(acked);
  release(other.cache);
  expect(outbox.byId(id)?.state).toBe('acked');
  expect(told).toEqual(['acked']);
});

test('whoever hears of an outcome and fails neither undoes it nor stops the queue', async () => {
  onSettled = () => {
    throw new Error('the window is gone');
  };
  push.resume();
  const first = outbox.enqueue(ticket, { kind: 'reply', text: 'one' });
  outbox.enqueue(ticket, { kind: 'reply', text: 'two' });
  push.wake();
  await answer(acked);
  expect(outbox.byId(first)?.state).toBe('acked');
  expect(outbox.openOf(ticket)).toMatchObject([{ state: 'inflight', intent: { text: 'two' } }]);
  expect(faults).toHaveLength(1);
});

test('an outcome that is not written when the desk closes is not written any more: the next start asks again under the same id', async () => {
  push.resume();
  const id = outbox.enqueue(ticket, { kind: 'reply', text: 'Hello' });
  push.wake();
  hold(other.outbox);
  await answer(acked);
  await push.stop();
  release(other.outbox);
  clock.advance(60_000);
  expect(outbox.byId(id)?.state).toBe('inflight');
});
