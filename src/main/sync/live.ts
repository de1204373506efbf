import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import { PresenceEvent } from '../../contract/api.ts';
import type { Clock, Timer } from '../../core/clock.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import type { Auth } from './auth.ts';

export interface LiveOptions {
  api: ApiClient;
  auth: Auth;
  clock: Clock;
  /** The server says: look again. */
  onChanged: () => void;
  onPresence: (said: PresenceEvent) => void;
  onState: (state: LiveState) => void;
}

/** `unsupported`: the server has no event stream, so polling alone carries the feed. */
export type LiveState = 'connected' | 'lost' | 'unsupported';

export interface Live { connect(): void; stop(): void }

/** Heartbeats come every 15 s; three missed ones mean that the connection is dead though nobody said so. */
const silenceMs = 45_000;

/** Keeps one event stream open while asked to. It never retries by itself: the scheduler asks again once a pull has worked. */
export function createLive({ api, auth, clock, onChanged, onPresence, onState }: LiveOptions): Live {
  let current: AbortController | null = null;

  async function run(controller: AbortController): Promise<void> {
    let watchdog: Timer | null = null;
    const alive = (): void => {
      watchdog?.cancel();
      watchdog = clock.setTimer(() => controller.abort(), silenceMs);
    };
    try {
      const token = await auth.token();
      // The answer may stay away as silently as a heartbeat.
      alive();
      const stream = await api.openEvents(token, controller.signal);
      onState('connected');
      alive();
      await read(stream, controller.signal, alive);
    } catch (error) {
      if (error instanceof ApiError && error.failure.kind === 'status' && error.failure.status === 404) {
        if (current === controller) onState('unsupported');
        return;
      }
    } finally {
      (watchdog as Timer | null)?.cancel();
    }
    if (current !== controller) return;
    current = null;
    onState('lost');
  }

  async function read(stream: Readable, signal: AbortSignal, alive: () => void): Promise<void> {
    const parser = createParser({ onEvent: (event) => { if (event.event === 'changed') onChanged(); else if (event.event === 'presence') hear(event.data); } });
    stream.setEncoding('utf8');
    signal.addEventListener('abort', () => stream.destroy(), { once: true });
    for await (const chunk of stream) {
      alive();
      parser.feed(String(chunk));
    }
  }

  /** An event in a shape that is not known says nothing. */
  function hear(data: string): void {
    const said = PresenceEvent.safeParse(parseJson(data));
    if (said.success) onPresence(said.data);
  }

  return {
    connect() {
      if (current) return;
      current = new AbortController();
      void run(current);
    },
    stop() {
      current?.abort();
      current = null;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
