import type { Clock, Random } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import { type Applied } from '../../feed/apply-page.ts';
import { currentGeneration } from '../../feed/generation.ts';
import { knownTraits } from '../../feed/servers/known.ts';
import type { SyncedData } from '../../feed/synced-data.ts';
import { messageExists } from '../tickets/messages.ts';
import { confirmArrived } from './arrivals.ts';
import { endBeforeSending } from './before-sending.ts';
import type { Outcome } from './outcome.ts';
import { createPush, type Push } from './push.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createSettler, type FindSent, type Settler } from './settle.ts';
import type { Witnesses } from './witness.ts';

export interface SendingParts {
  data: Pick<SyncedData, 'account' | 'cache' | 'own' | 'outbox'>;
  witnesses: Witnesses;
  server: {
    /** One try, judged. Rejects only with what is a bug. */
    send: (operation: Operation) => Promise<Outcome>;
    find: FindSent;
  };
  clock: Clock;
  random: Random;
  on: SendingListener;
}

interface SendingListener {
  /** After each outcome is committed. */
  settled(operation: Operation, outcome: Outcome): void;
  /** A pull would tell more: whether the server is there, or what a write has changed. */
  pullWanted(): void;
  fault(error: unknown): void;
}

/** Empties the outbox: sends operations, settles lost answers and confirms arrived messages. */
export interface Sending {
  push: Push;
  /** The server is there: sends waiting operations, and looks for lost answers. */
  resume(): void;
  /** A page or a thread was applied. */
  arrived(applied: Pick<Applied, 'arrived' | 'merged'>): void;
  stop(): Promise<unknown>;
}

/** The pull finds out what is wrong, shows it and resumes the queue once it works again. */
const asksForPull: ReadonlySet<Outcome['kind']> = new Set<Outcome['kind']>([
  'offline',
  'signed-out',
  'unsettled',
  'bad-answer',
]);

export function createSending(parts: SendingParts): Sending {
  const { data, witnesses, on } = parts;
  const { cache, own, outbox } = data;
  const recorder = createRecorder({ cache, outboxDb: own.db, outbox, onFault: on.fault });
  const push = pushOf(parts, recorder, (operation, outcome) => {
    // First what sync itself needs; what is for the window may fail.
    settler.tried(operation, outcome);
    if (asksForPull.has(outcome.kind) || isSeenLate(data, outcome)) on.pullWanted();
    on.settled(operation, outcome);
  });
  const settler = settlerOf(parts, recorder, (operation, outcome) => {
    on.settled(operation, outcome);
    push.wake();
    if (isSeenLate(data, outcome)) on.pullWanted();
  });

  return {
    push,
    resume() {
      push.resume();
      settler.wake();
    },
    arrived(applied) {
      confirmArrived({ outbox, witnesses, recorder }, applied);
    },
    stop: () => Promise.allSettled([push.stop(), settler.stop()]),
  };
}

type Settled = (operation: Operation, outcome: Outcome) => void;

function pushOf(parts: SendingParts, recorder: Recorder, settled: Settled): Push {
  const { data, witnesses, server, clock, random, on } = parts;
  const { account, cache, outbox } = data;
  return createPush({
    send: server.send,
    endBefore: (operation) => endBeforeSending(cache, witnesses, account.id, operation),
    generation: () => currentGeneration(cache),
    outbox,
    recorder,
    clock,
    random,
    on: { settled, fault: on.fault },
  });
}

function settlerOf(parts: SendingParts, recorder: Recorder, settled: Settled): Settler {
  const { data, witnesses, server, clock, on } = parts;
  return createSettler({
    find: server.find,
    outbox: data.outbox,
    outboxDb: data.own.db,
    cache: data.cache,
    recorder,
    witnesses,
    clock,
    on: { settled, fault: on.fault },
  });
}

/**
 * Only a pull shows a message that was too old to be taken from its answer. Without a feed it also
 * shows all further effects of a write; so one follows once nothing more waits.
 */
function isSeenLate({ cache, outbox }: SendingParts['data'], outcome: Outcome): boolean {
  if (outcome.kind !== 'acked') return false;
  const { message } = outcome.answer;
  if (message && !messageExists(cache, message.id)) return true;
  return (
    knownTraits(cache).tells === 'list' && outbox.open().every(({ state }) => state === 'parked')
  );
}
