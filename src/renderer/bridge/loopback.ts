import {
  CallResult,
  eventNames,
  type EventName,
  type StaffdeskBridge,
} from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { enter } from './entry.ts';
import { followStream } from './event-stream.ts';
import { isSameDesk } from './proof.ts';

/** A problem that keeps a window from its desk, or from hearing of changes. */
export type WindowProblem = 'shell-gone' | 'window-stale' | 'too-many-windows';

/**
 * The bridge over HTTP to 127.0.0.1, for a browser window. Electron's preload offers the same
 * shape.
 */
export interface LoopbackBridge extends StaffdeskBridge {
  /** Lets this window in. Throws EntryError. */
  enter(): Promise<void>;
  /** Once events can be heard; at the latest after two seconds. */
  listening(): Promise<void>;
  /** The stream was away and is back: everything has to be asked again. */
  onReconnect(listener: () => void): void;
  onProblem(listener: (problem: WindowProblem | null) => void): void;
}

const sessionHeader = 'x-staffdesk-session';
const windowHeader = 'x-staffdesk-window';
const longestPauseMs = 5_000;
/** Browsers carry no more than 64 KiB beyond the end of a page. */
const mostBeyond = 60_000;

export function createLoopbackBridge(): LoopbackBridge {
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  const reconnected = new Set<() => void>();
  let problemListener: (problem: WindowProblem | null) => void = () => undefined;
  let heard: () => void = () => undefined;
  const listening = new Promise<void>((done) => {
    heard = done;
  });
  let opened = false;
  let session = '';
  /** Names this page, so that results that it watches are pushed to it alone. */
  const page = crypto.randomUUID();
  const headers = (): Record<string, string> => ({
    [sessionHeader]: session,
    [windowHeader]: page,
  });
  let stream = new AbortController();
  /** Unsure: a connection broke, so that another program may have the port by now. */
  let desk: 'known' | 'unsure' | 'lost' = 'known';
  let proving: Promise<void> | null = null;
  // Calls made while the page goes must arrive although nobody is left to hear the answer.
  let leaving = false;
  addEventListener('pagehide', () => {
    leaving = true;
  });
  // A download begins like the end of a page, and the page stays.
  addEventListener('beforeunload', () => {
    leaving = true;
    setTimeout(() => {
      leaving = false;
    });
  });
  addEventListener('pageshow', () => {
    leaving = false;
  });

  const report = (problem: WindowProblem | null): void => {
    problemListener(problem);
  };
  const fail = (problem: WindowProblem, cause?: unknown): BridgeError => {
    desk = problem === 'window-stale' ? 'lost' : 'unsure';
    report(problem);
    return new BridgeError(problem, { cause });
  };

  /** Nothing is said to a program that may not be the desk. */
  async function makeSure(): Promise<void> {
    if (desk === 'lost') throw new BridgeError('window-stale');
    proving ??= prove().finally(() => {
      proving = null;
    });
    await proving;
  }
  async function prove(): Promise<void> {
    const same = await isSameDesk(session).catch((error: unknown) => {
      throw fail('shell-gone', error);
    });
    if (!same) throw fail('window-stale');
    desk = 'known';
  }

  /** Keeps the event stream open as long as the desk is there. */
  async function follow(): Promise<void> {
    for (let failures = 0; desk !== 'lost';) {
      if (desk === 'unsure') await makeSure().catch(() => undefined);
      if (desk === 'known') {
        const wasOpen = await openOnce();
        failures = wasOpen ? 0 : failures;
      }
      await pause(Math.min(longestPauseMs, 100 * 2 ** failures));
      failures += 1;
    }
    heard();
  }
  async function openOnce(): Promise<boolean> {
    let wasOpen = false;
    stream = new AbortController();
    const status = await followStream('bridge/events', headers(), stream, {
      onOpen() {
        wasOpen = true;
        report(null);
        // Events of the time without a stream are unknown, so everything is asked again.
        if (opened) for (const listener of reconnected) listener();
        opened = true;
        heard();
      },
      onMessage(data) {
        const event = readEvent(data);
        if (event) for (const listener of listeners.get(event.name) ?? []) listener(event.payload);
      },
    });
    if (status === 503) report('too-many-windows');
    else desk = 'unsure';
    if (status !== null) heard();
    return wasOpen;
  }

  return {
    shell: 'loopback',
    async enter() {
      session = await enter();
      void follow();
    },
    async call(name, input) {
      if (desk !== 'known') await makeSure();
      const body = JSON.stringify({ name, input });
      const response = await fetch('bridge/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers() },
        credentials: 'omit',
        body,
        keepalive: leaving && body.length < mostBeyond,
      }).catch((error: unknown) => {
        // The stream may not have noticed; opened again it says when all is well.
        stream.abort();
        throw fail('shell-gone', error);
      });
      // Another start of Staffdesk has this port.
      if (response.status === 401 || response.status === 429) throw fail('window-stale');
      const result = CallResult.safeParse(await response.json().catch(() => null));
      if (!result.success)
        throw new BridgeError('internal', { message: `bridge answered ${response.status}` });
      return result.data;
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
    onReconnect: (listener) => {
      reconnected.add(listener);
    },
    onProblem: (listener) => {
      problemListener = listener;
    },
    listening: () =>
      Promise.race([
        listening,
        new Promise<void>((done) => {
          // A caller that has given up waiting asks again once the stream opens.
          setTimeout(() => {
            opened = true;
            done();
          }, 2_000);
        }),
      ]),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

function readEvent(data: string): { name: EventName; payload: unknown } | null {
  const value: unknown = JSON.parse(data);
  if (typeof value !== 'object' || value === null || !('name' in value) || !('payload' in value))
    return null;
  const name = eventNames.find((known) => known === value.name);
  return name === undefined ? null : { name, payload: value.payload };
}
