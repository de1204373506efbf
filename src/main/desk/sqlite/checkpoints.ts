import type { Clock, Timer } from '../../../core/clock.ts';
import type { WriteDb } from './connection.ts';

export interface CheckpointOptions {
  clock: Clock;
  databases: readonly WriteDb[];
  /** Another thread is writing, and does this for itself. */
  busy: () => boolean;
}

/**
 * Takes what the logs of the databases hold into their files while nothing happens, so that no
 * commit that somebody waits for has to.
 */
export interface Checkpoints {
  /** Something has been written. */
  written(): void;
  stop(): void;
}

/**
 * So long nothing has been written. Where there is always something, SQLite does it in a commit
 * once a log is long.
 */
const quietMs = 1_500;

export function createCheckpoints({ clock, databases, busy }: CheckpointOptions): Checkpoints {
  let timer: Timer | null = null;
  let more = false;
  let stopped = false;

  function plan(): void {
    more = false;
    timer = clock.setTimer(() => {
      timer = null;
      if (more) plan();
      else if (!busy()) checkpoint();
    }, quietMs);
  }

  function checkpoint(): void {
    try {
      for (const db of databases) db.pragma('wal_checkpoint(passive)');
    } catch (error) {
      // A full disk: the logs keep everything, and a later commit or start tries again.
      console.warn('The log of a database could not be taken into its file', error);
    }
  }

  return {
    written() {
      if (stopped) return;
      if (timer === null) plan();
      else more = true;
    },
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
