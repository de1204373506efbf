import { eventNames, type EventName, type StaffdeskBridge } from '../../contract/bridge.ts';
import { followStream } from './event-stream.ts';
import type { KnownDesk } from './known-desk.ts';

/** The desk's events over HTTP. */
export interface DeskEvents {
  on: StaffdeskBridge['on'];
  /** Keeps the event stream open as long as the desk is there. */
  follow(): Promise<void>;
  /** Opens the stream again: it may not have noticed that it was cut. */
  reopen(): void;
  /** The stream was away and is back: everything has to be asked again. */
  onReconnect(listener: () => void): void;
  /** Once events can be heard; at the latest after two seconds. */
  listening(): Promise<void>;
}

const longestPauseMs = 5_000;
const longestWaitMs = 2_000;

/** `headers`: name this window to the desk. */
export function createDeskEvents(
  desk: KnownDesk,
  headers: () => Record<string, string>,
): DeskEvents {
  const listeners = createListeners();
  const openings = createOpenings();
  let stream = new AbortController();

  async function openOnce(): Promise<boolean> {
    let wasOpen = false;
    stream = new AbortController();
    const status = await followStream('bridge/events', headers(), stream, {
      onOpen() {
        wasOpen = true;
        desk.report(null);
        openings.opened();
      },
      onMessage: listeners.hear,
    });
    if (status === 503) desk.report('too-many-windows');
    else desk.doubt();
    if (status !== null) openings.awaitNoMore();
    return wasOpen;
  }

  return {
    on: listeners.on,
    onReconnect: openings.onReconnect,
    listening: openings.listening,
    reopen() {
      stream.abort();
    },
    async follow() {
      await keepOpen(desk, openOnce);
      openings.awaitNoMore();
    },
  };
}

/** Opens the stream whenever it has ended, after longer and longer pauses where it will not open. */
async function keepOpen(desk: KnownDesk, openOnce: () => Promise<boolean>): Promise<void> {
  for (let failures = 0; !desk.isLost();) {
    if (!desk.isKnown()) await desk.makeSure().catch(() => undefined);
    if (desk.isKnown()) {
      const wasOpen = await openOnce();
      failures = wasOpen ? 0 : failures;
    }
    await pause(Math.min(longestPauseMs, 100 * 2 ** failures));
    failures += 1;
  }
}

/** Those who wait for the stream to open, for the first time or again. */
interface Openings extends Pick<DeskEvents, 'onReconnect' | 'listening'> {
  opened(): void;
  /** There is no stream for now, and nobody needs to wait for one. */
  awaitNoMore(): void;
}

function createOpenings(): Openings {
  const reconnected = new Set<() => void>();
  const { promise: first, resolve: awaitNoMore } = Promise.withResolvers<void>();
  let isReopening = false;
  return {
    awaitNoMore,
    opened() {
      // Events of the time without a stream are unknown, so everything is asked again.
      if (isReopening) for (const listener of reconnected) listener();
      isReopening = true;
      awaitNoMore();
    },
    onReconnect(listener) {
      reconnected.add(listener);
    },
    async listening() {
      const givenUp = pause(longestWaitMs).then(() => {
        // A caller that has given up waiting asks again once the stream opens.
        isReopening = true;
      });
      await Promise.race([first, givenUp]);
    },
  };
}

/** Listeners by the event that they wait for. */
interface Listeners extends Pick<DeskEvents, 'on'> {
  hear(data: string): void;
}

function createListeners(): Listeners {
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => {
        set.delete(listener);
      };
    },
    hear(data) {
      const event = readEvent(data);
      if (event) for (const listener of listeners.get(event.name) ?? []) listener(event.payload);
    },
  };
}

function readEvent(data: string): { name: EventName; payload: unknown } | null {
  const value: unknown = JSON.parse(data);
  if (typeof value !== 'object' || value === null || !('name' in value) || !('payload' in value))
    return null;
  const name = eventNames.find((known) => known === value.name);
  return name === undefined ? null : { name, payload: value.payload };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}
