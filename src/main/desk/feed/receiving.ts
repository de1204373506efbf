import type { PresenceEvent } from '../../../contract/wire/api.ts';
import type { Clock, Random } from '../../../core/clock.ts';
import type { Connection } from './connection.ts';
import { createPulls, pollMs, type Pulls } from './pulls.ts';
import type { Servers } from './servers/connect.ts';
import type { WatchState } from './servers/server.ts';
import { createStream, type StreamListener } from './stream.ts';

export interface ReceivingParts {
  servers: Pick<Servers, 'pull' | 'watch' | 'askAgain'>;
  clock: Clock;
  random: Random;
  serverNow: () => number;
  on: ReceivingListener;
}

export interface ReceivingListener {
  /** The server is there. */
  reached(): void;
  /** After a pull that worked, and after `reached`. */
  caughtUp(): void;
  /** A pull has failed; the connection says why. */
  failed(): void;
  /** The event stream is open: earlier failures say nothing about now. */
  connected(): void;
  presence(said: PresenceEvent): void;
  /** The connection or the stream may be in another state. */
  state(): void;
  fault(error: unknown): void;
}

/** Keeps the cache up to date by pulls, which the event stream asks for where there is one. */
export interface Receiving {
  /** Pulls now, or once more behind the pull that is under way. */
  pull(): void;
  /** As `pull`, but ignores earlier failures. */
  retry(): void;
  /** A pull that is under way has found the server. */
  reached(): void;
  connection(): Connection;
  stream(): WatchState;
  /** Failed tries since the last that worked. */
  failures(): number;
  /** When the last pull worked (ms, server time). */
  lastSyncAt(): number | null;
  /** Ends the stream and pulls, on whatever connection there is then. */
  renew(): void;
  stop(): Promise<void>;
}

export function createReceiving(parts: ReceivingParts): Receiving {
  const { servers, random, on } = parts;
  const pulls = createPulls({
    ...parts,
    pull: servers.pull,
    on: {
      worked(server) {
        stream.follow(server);
        pulls.reached();
        on.reached();
        on.caughtUp();
      },
      failed() {
        stream.stop();
        servers.askAgain();
        on.failed();
      },
      fault: on.fault,
    },
  });
  const stream = createStream({
    watch: servers.watch,
    random,
    longestMs: pollMs,
    on: eventsDrive(parts, pulls, () => stream.afterLoss()),
  });
  return {
    pull: pulls.now,
    retry: pulls.retry,
    reached() {
      pulls.reached();
      on.reached();
    },
    connection: pulls.connection,
    stream: stream.state,
    failures: pulls.failures,
    lastSyncAt: pulls.lastWorkedAt,
    renew() {
      stream.stop();
      pulls.now();
    },
    async stop() {
      stream.stop();
      await pulls.stop();
    },
  };
}

/** Events ask for pulls. */
function eventsDrive(
  { servers, on }: ReceivingParts,
  pulls: Pulls,
  afterLoss: () => number,
): StreamListener {
  return {
    changed: pulls.now,
    presence: on.presence,
    connected() {
      on.connected();
      pulls.now();
    },
    lost() {
      // Perhaps a restart, and then perhaps with more than before.
      servers.askAgain();
      if (pulls.connection().kind === 'up') pulls.in(afterLoss());
    },
    state: on.state,
  };
}
