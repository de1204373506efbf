import { createParser } from 'eventsource-parser';
import type { Api } from './api.ts';

/** How often the page reloads its data if the server has no event stream. */
const pollMs = 30_000;
/** Three missed heartbeats: the connection is dead, although no error was reported. */
const silenceMs = 45_000;
const longestPauseMs = 60_000;

/**
 * Calls `onChanged` whenever something of the customer's may have changed. Returns the function that
 * ends this.
 */
export function watchChanges(api: Api, onChanged: () => void): () => void {
  const ended = new AbortController();
  const later = createTimer(ended.signal);
  let failures = 0;
  const poll = (): void => {
    if (!document.hidden) onChanged();
    later(poll, pollMs);
  };
  const onOpen = (): void => {
    // Events may have been missed before.
    onChanged();
    failures = 0;
  };

  async function listen(): Promise<void> {
    try {
      if (!(await readEvents(api, ended.signal, { onOpen, onChanged }))) {
        poll();
        return;
      }
    } catch {
      // However the connection was lost, it is opened again below.
    }
    failures += 1;
    const pauseMs = randomPart() * Math.min(longestPauseMs, 1_000 * 2 ** failures);
    later(() => {
      void listen();
    }, pauseMs);
  }

  const again = (): void => {
    failures = 0;
    onChanged();
  };
  window.addEventListener('online', again);
  void listen();
  return () => {
    ended.abort();
    window.removeEventListener('online', again);
  };
}

/** Runs one function at a time after a pause: a later call replaces the one before. */
function createTimer(ended: AbortSignal): (run: () => void, ms: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    clearTimeout(timer);
  };
  ended.addEventListener('abort', clear);
  return (run, ms) => {
    clear();
    if (!ended.aborted) timer = setTimeout(run, ms);
  };
}

/**
 * Reads the event stream until it ends. Throws if it cannot be opened, breaks or is silent for too
 * long. False: the server has none.
 */
async function readEvents(
  api: Api,
  ended: AbortSignal,
  { onOpen, onChanged }: { onOpen: () => void; onChanged: () => void },
): Promise<boolean> {
  const connection = new AbortController();
  const stop = (): void => {
    connection.abort();
  };
  ended.addEventListener('abort', stop, { once: true });
  let silence: ReturnType<typeof setTimeout> | undefined;
  const alive = (): void => {
    clearTimeout(silence);
    silence = setTimeout(stop, silenceMs);
  };
  try {
    alive();
    const stream = await api.events(connection.signal);
    if (stream === null) return false;
    onOpen();
    const parser = createParser({
      onEvent: ({ event }) => {
        if (event === 'changed') onChanged();
      },
    });
    const decoder = new TextDecoder();
    for await (const chunk of chunksOf(stream)) {
      alive();
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
    return true;
  } finally {
    clearTimeout(silence);
    ended.removeEventListener('abort', stop);
  }
}

/** A random number in [0, 1). */
const randomPart = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
