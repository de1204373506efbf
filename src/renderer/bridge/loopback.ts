import type { EventName, StaffdeskBridge } from '../../contract/bridge.ts';
import { CallResult, eventNames } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';

/** The bridge over HTTP to 127.0.0.1, for a browser window. Electron's preload offers the same shape. */
export function createLoopbackBridge(): StaffdeskBridge & { enter: () => Promise<void>; onReconnect: (listener: () => void) => void; /** Once events can be heard; at the latest after two seconds. */ listening: () => Promise<void> } {
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  const reconnected = new Set<() => void>();
  let heard: () => void = () => undefined;
  const listening = new Promise<void>((done) => { heard = done; });
  let opened = false;
  // What is said while the page goes must arrive although nobody is left to hear the answer.
  let leaving = false;
  addEventListener('pagehide', () => { leaving = true; });
  addEventListener('pageshow', () => { leaving = false; });

  function openEvents(): void {
    const source = new EventSource('bridge/events');
    source.addEventListener('open', () => {
      // What was said while the stream was away is unknown, so everything is asked again.
      if (opened) for (const listener of reconnected) listener();
      opened = true;
      heard();
    });
    // Refused, as without the link's key: nothing will be heard, and whoever waits finds out why.
    source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) heard(); });
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const event = readEvent(data);
      if (event) for (const listener of listeners.get(event.name) ?? []) listener(event.payload);
    });
  }

  return {
    shell: 'loopback',
    async enter() {
      const key = new URLSearchParams(location.hash.slice(1)).get('key');
      if (key !== null) {
        // The secret leaves the address at once: it must not stay in a history or a screenshot.
        history.replaceState(null, '', location.pathname);
        const response = await post('bridge/session', { key });
        if (!response.ok) throw new BridgeError('refused');
      }
      openEvents();
    },
    async call(name, input) {
      const response = await post('bridge/call', { name, input }, leaving);
      const result = CallResult.safeParse(await response.json().catch(() => null));
      if (!result.success) throw new BridgeError('internal', { message: `bridge answered ${response.status}` });
      return result.data;
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => { set.delete(listener); };
    },
    onReconnect: (listener) => { reconnected.add(listener); },
    listening: () => Promise.race([listening, new Promise<void>((done) => {
      // Whoever waits no longer asks again once it opens.
      setTimeout(() => { opened = true; done(); }, 2_000);
    })]),
  };
}

/** Browsers carry no more than 64 KiB beyond the end of a page. */
const mostBeyond = 60_000;

async function post(path: string, value: unknown, leaving = false): Promise<Response> {
  const body = JSON.stringify(value);
  try {
    return await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body, credentials: 'same-origin', keepalive: leaving && body.length < mostBeyond });
  } catch (error) {
    throw new BridgeError('shell-gone', { cause: error });
  }
}

function readEvent(data: string): { name: EventName; payload: unknown } | null {
  const value: unknown = JSON.parse(data);
  if (typeof value !== 'object' || value === null || !('name' in value) || !('payload' in value)) return null;
  const name = eventNames.find((known) => known === value.name);
  return name === undefined ? null : { name, payload: value.payload };
}
