import type { PresenceEvent } from '../../../../contract/api.ts';
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

/** What a server of any kind is connected with. */
export interface ConnectParts {
  data: SyncedData;
  auth: Auth;
  witnesses: Witnesses;
  workingSet: Pick<WorkingSet, 'prepare' | 'copyFrom'>;
  /**
   * Whoever does the work of a full copy beside this thread; absent or null: it is done here, in
   * slices.
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
   * The server has answered and the inbox can be used: what waits can go out while more is still
   * read.
   */
  reached(): void;
}

/** A server as the account that is signed in reaches it, whatever its kind. */
export interface Server {
  /**
   * Brings the cache up to the server. `said`: what it says that it can do; null: what is known of
   * it still holds. Throws ApiError.
   */
  pull(said: ServerLevel | null): Promise<void>;
  /** One try under the operation's id, judged. Throws only what is a bug. */
  send(operation: Operation): Promise<Outcome>;
  /** What it says by itself; absent where it says nothing. */
  watch?(on: WatchListener): Watch;
  /** Of a kind that guesses: what a lost answer has left behind. */
  find?: FindSent;
}

export interface WatchListener {
  /** The server says: look again. */
  changed(): void;
  presence(said: PresenceEvent): void;
  state(state: WatchState): void;
}

/**
 * `unsupported`: the server says nothing by itself now, so polling alone carries the feed; it is
 * asked for again after each pull.
 */
export type WatchState = 'connected' | 'lost' | 'unsupported';

export interface Watch {
  connect(): void;
  stop(): void;
}
