import type { Clock } from '../../core/clock.ts';
import type { AccountData } from './account-data.ts';
import { lastServerTime } from './areas/outbox/retention-table.ts';
import { createRetention } from './areas/outbox/retention.ts';
import { newestActivity } from './areas/tickets/tickets-table.ts';
import { createWaker } from './areas/triage/snooze.ts';
import type { ServerTime } from './feed/server-time.ts';
import { createCheckpoints } from './sqlite/checkpoints.ts';
import type { Tell } from './tell.ts';

interface UpkeepParts {
  data: AccountData;
  serverKey: string;
  time: ServerTime;
  clock: Clock;
  tell: Pick<Tell, 'changed'>;
  /** Another thread writes to the cache. */
  busy: () => boolean;
  onFault: (error: unknown) => void;
}

/** Work that time alone brings: snoozes end, old rows are removed, logs move into their files. */
export interface Upkeep {
  /** Time has passed. */
  look(): void;
  /** Something was committed. */
  written(): void;
  stop(): void;
}

export function startUpkeep({
  data: { cache, own, outbox, snoozes },
  serverKey,
  time,
  clock,
  tell,
  busy,
  onFault,
}: UpkeepParts): Upkeep {
  time.remember(lastServerTime(own.db, serverKey) ?? newestActivity(cache));
  const retention = createRetention({ outboxDb: own.db, serverKey, time, clock, onFault });
  const checkpoints = createCheckpoints({ clock, databases: [cache, own.db], busy });
  const waker = createWaker({
    cache,
    outbox,
    snoozes,
    clock,
    now: time.atLeast,
    onWake: (ids) => {
      tell.changed(ids, ['tickets', 'snoozes']);
    },
    onFault,
  });
  const endTrusted = time.onTrusted(() => {
    waker.plan();
  });
  return {
    look: retention.look,
    written() {
      waker.plan();
      checkpoints.written();
    },
    stop() {
      waker.stop();
      endTrusted();
      checkpoints.stop();
      retention.stop();
    },
  };
}
