import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import { PresenceEvent } from '../../../../../contract/wire/api.ts';
import type { Clock } from '../../../../../core/clock.ts';
import { ApiError } from '../../api-error.ts';
import { createOneTimer } from '../../one-timer.ts';
import type { Watch, WatchListener } from '../server.ts';
import type { Auth } from '../../../areas/session/auth.ts';

/**
 * Heartbeats come every 15 s; three missed ones mean that the connection is dead though nobody said
 * so.
 */
const silenceMs = 45_000;

/**
 * Keeps one event stream open while asked to. It never retries automatically: the scheduler asks
 * again once a pull has worked.
 */
export function createLive(auth: Auth, clock: Clock, on: WatchListener): Watch {
  let current: AbortController | null = null;

  async function run(controller: AbortController): Promise<void> {
    const silence = createOneTimer(clock);
    const alive = (): void => {
      silence.set(() => controller.abort(), silenceMs);
    };
    try {
      // The answer may stay away as silently as a heartbeat.
      const stream = await auth.openEvents(controller.signal, alive);
      on.state('connected');
      alive();
      await readEvents(stream, controller.signal, alive, on);
    } catch (error) {
      if (current === controller && isNotOffered(error)) {
        current = null;
        on.state('unsupported');
        return;
      }
    } finally {
      silence.stop();
    }
    if (current !== controller) return;
    current = null;
    on.state('lost');
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

/** Hands events on until the stream ends; `alive` is called for whatever comes. */
async function readEvents(
  stream: Readable,
  signal: AbortSignal,
  alive: () => void,
  on: Pick<WatchListener, 'changed' | 'presence'>,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'changed') on.changed();
      if (event !== 'presence') return;
      // An event in a shape that is not known says nothing.
      const said = PresenceEvent.safeParse(parseJson(data));
      if (said.success) on.presence(said.data);
    },
  });
  stream.setEncoding('utf8');
  signal.addEventListener('abort', () => stream.destroy(), { once: true });
  for await (const chunk of stream) {
    alive();
    parser.feed(String(chunk));
  }
}

/** Answers that say: another time, or with another token. */
const passing = new Set([401, 408, 425, 429]);

/**
 * In whatever form it is said: this server has no such stream, or what stands before it lets none
 * through.
 */
function isNotOffered(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { failure } = error;
  const status =
    failure.kind === 'status' || failure.kind === 'bad-answer' ? failure.status : undefined;
  if (status === undefined || passing.has(status)) return false;
  return status < 500 || status === 501;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
