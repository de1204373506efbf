import type { PresenceEvent } from '../../../../contract/wire/api.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import type { Outcome } from '../../areas/outbox/outcome.ts';
import type { FindSent } from '../../areas/outbox/settle.ts';
import type { Witnesses } from '../../areas/outbox/witness.ts';
import type { Auth } from '../../areas/session/auth.ts';
import type { Applied } from '../apply-page.ts';
import type { CopyThread } from '../copy-thread.ts';
import type { SyncedData } from '../synced-data.ts';
import type { WorkingSet } from '../working-set.ts';
import type { ServerLevel } from './known.ts';

/** The parts that a server of any kind is connected with. */
export interface ConnectParts {
  data: SyncedData;
  auth: Auth;
  witnesses: Witnesses;
  workingSet: Pick<WorkingSet, 'prepare' | 'copyFrom'>;
  /**
   * The thread that does the work of a full sync; absent or null: the work is done here, in slices.
   */
  copyThread?: (() => CopyThread | null) | undefined;
  clock: Clock;
  stopped: () => boolean;
  on: ServerListener;
}

interface ServerListener {
  /** After each commit of what came, never inside its transaction. */
  page(applied: Applied): void;
  /**
   * The server has answered and the inbox can be used: waiting operations can be sent while more
   * is still read.
   */
  reached(): void;
}

/** A server as the account that is signed in reaches it, whatever its kind. */
export interface Server {
  /**
   * Brings the cache up to the server. `said`: the level that the server names now; null: the known
   * one still holds. Throws ApiError.
   */
  pull(said: ServerLevel | null): Promise<void>;
  /** One try under the operation's id, judged. Throws only what is a bug. */
  send(operation: Operation): Promise<Outcome>;
  /** Listens to the server's events; absent where the kind has none. */
  watch?(on: WatchListener): Watch;
  /** Finds the message of a lost response; only kinds that guess need it. */
  find?: FindSent;
}

export interface WatchListener {
  /** The server says: look again. */
  changed(): void;
  presence(said: PresenceEvent): void;
  state(state: WatchState): void;
}

/**
 * `unsupported`: there is no event stream now, so polling alone carries the feed; it is asked for
 * again after each pull.
 */
export type WatchState = 'connected' | 'lost' | 'unsupported';

export interface Watch {
  connect(): void;
  stop(): void;
}
