import { createParser } from 'eventsource-parser';
import type { Api } from './client.ts';

/** Without a stream the page looks by itself this often. */
const pollMs = 30_000;
/** Three heartbeats missed: the connection is dead though nobody said so. */
const silenceMs = 45_000;
const longestPauseMs = 60_000;

/**
 * Calls `onChanged` whenever something of the customer's may have changed, until the answered
 * function is called.
 */
export function watchChanges(api: Api, onChanged: () => void): () => void {
  const ended = new AbortController();
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (run: () => void, ms: number): void => {
    clearTimeout(timer);
    if (!ended.signal.aborted) timer = setTimeout(run, ms);
  };
  const poll = (): void => {
    if (!document.hidden) onChanged();
    later(poll, pollMs);
  };

  async function listen(): Promise<void> {
    const connection = new AbortController();
    const stop = (): void => {
      connection.abort();
    };
    ended.signal.addEventListener('abort', stop, { once: true });
    let silence: ReturnType<typeof setTimeout> | undefined;
    const alive = (): void => {
      clearTimeout(silence);
      silence = setTimeout(stop, silenceMs);
    };
    try {
      alive();
      const stream = await api.events(connection.signal);
      if (stream === null) {
        poll();
        return;
      }
      // What changed while nobody listened.
      onChanged();
      failures = 0;
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
    } catch {
      // Lost in whatever way: it is opened again below.
    } finally {
      clearTimeout(silence);
      ended.signal.removeEventListener('abort', stop);
    }
    failures += 1;
    later(
      () => {
        void listen();
      },
      randomPart() * Math.min(longestPauseMs, 1_000 * 2 ** failures),
    );
  }

  const again = (): void => {
    failures = 0;
    onChanged();
  };
  window.addEventListener('online', again);
  void listen();
  return () => {
    ended.abort();
    clearTimeout(timer);
    window.removeEventListener('online', again);
  };
}

/** In [0, 1). */
const randomPart = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
