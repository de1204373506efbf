import type { PresenceEvent } from '../../../contract/wire/api.ts';
import { retryDelay } from '../../../core/backoff.ts';
import type { Random } from '../../../core/clock.ts';
import type { Server, WatchState } from './servers/server.ts';

export interface StreamParts {
  watch: NonNullable<Server['watch']>;
  random: Random;
  /** After a loss the server is looked for at least this often (ms). */
  longestMs: number;
  on: StreamListener;
}

export interface StreamListener {
  /** The server says: look again. */
  changed(): void;
  presence(said: PresenceEvent): void;
  connected(): void;
  lost(): void;
  /** The state has changed; called last. */
  state(): void;
}

/** The server's event stream, where there is one. */
export interface Stream {
  state(): WatchState;
  /** After a pull: keeps the stream of a server that has one open. */
  follow(server: Server): void;
  /** Counts a loss; returns after how long (ms) to look whether the server is there. */
  afterLoss(): number;
  stop(): void;
}

export function createStream({ watch, random, longestMs, on }: StreamParts): Stream {
  let state: WatchState = 'lost';
  let losses = 0;
  const live = watch({
    changed: on.changed,
    presence: on.presence,
    state(next) {
      state = next;
      if (state === 'connected') {
        losses = 0;
        on.connected();
      }
      if (state === 'lost') on.lost();
      on.state();
    },
  });

  return {
    state: () => state,
    follow(server) {
      if (server.watch) live.connect();
      else state = 'unsupported';
    },
    afterLoss() {
      losses += 1;
      // The first loss asks at once; a stream that keeps ending is retried more slowly.
      return losses === 1 ? 0 : retryDelay(losses, random, null, longestMs);
    },
    stop() {
      live.stop();
      state = 'lost';
    },
  };
}
