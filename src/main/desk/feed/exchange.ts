import type { PresenceEvent } from '../../../contract/wire/api.ts';
import type { Clock, Random } from '../../../core/clock.ts';
import type { Operation } from '../../../core/operation.ts';
import type { Outcome } from '../areas/outbox/outcome.ts';
import type { Push } from '../areas/outbox/push.ts';
import { createSending, type Sending } from '../areas/outbox/sending.ts';
import { createWitnesses } from '../areas/outbox/witness.ts';
import type { Auth } from '../areas/session/auth.ts';
import type { Applied } from './apply-page.ts';
import { createReceiving, type Receiving, type ReceivingListener } from './receiving.ts';
import { connectServers } from './servers/connect.ts';
import type { ConnectParts } from './servers/server.ts';
import type { SyncedData } from './synced-data.ts';
import type { WorkingSet } from './working-set.ts';

export interface ExchangeParts {
  data: SyncedData;
  auth: Auth;
  workingSet: Pick<WorkingSet, 'prepare' | 'copyFrom' | 'caughtUp'>;
  copyThread: ConnectParts['copyThread'];
  clock: Clock;
  random: Random;
  serverNow: () => number;
  on: ExchangeListener;
}

export interface ExchangeListener {
  /** Called first: figures that were derived from the cache do not hold any more. */
  cacheChanged(): void;
  /** After the commit of what came, and of the operations that it confirms. */
  page(applied: Applied): void;
  /** After the outcome of an operation is committed. */
  settled(operation: Operation, outcome: Outcome): void;
  /** The connection may be in another state. */
  state(): void;
  presence(said: PresenceEvent): void;
  fault(error: unknown): void;
}

/** Both directions between desk and server, which drive each other. */
export interface Exchange {
  receiving: Pick<
    Receiving,
    'pull' | 'retry' | 'renew' | 'connection' | 'stream' | 'failures' | 'lastSyncAt'
  >;
  push: Pick<Push, 'wake' | 'hurry' | 'oddAnswers' | 'stuckSince'>;
  stop(): Promise<void>;
}

export function createExchange(parts: ExchangeParts): Exchange {
  const { data, on } = parts;
  let stopped = false;
  const witnesses = createWitnesses(data.cache, data.outbox, data.account.id);
  const servers = connectServers({
    ...parts,
    witnesses,
    stopped: () => stopped,
    on: {
      page(applied) {
        on.cacheChanged();
        sending.arrived(applied);
        on.page(applied);
      },
      reached: () => {
        receiving.reached();
      },
    },
  });
  const sending = createSending({
    ...parts,
    witnesses,
    server: servers,
    on: {
      settled(operation, outcome) {
        on.cacheChanged();
        on.settled(operation, outcome);
      },
      pullWanted: () => {
        receiving.pull();
      },
      fault: on.fault,
    },
  });
  const receiving = createReceiving({ ...parts, servers, on: pullsDrive(parts, sending) });
  return {
    receiving,
    push: sending.push,
    async stop() {
      stopped = true;
      await Promise.allSettled([receiving.stop(), sending.stop()]);
    },
  };
}

/** The outbox is sent while pulls work, and held back from one that fails. */
function pullsDrive({ workingSet, on }: ExchangeParts, sending: Sending): ReceivingListener {
  return {
    ...on,
    reached() {
      sending.resume();
      on.state();
    },
    caughtUp: workingSet.caughtUp,
    failed() {
      sending.push.pause();
      on.state();
    },
    connected: sending.push.hurry,
  };
}
