import type { Readable, Writable } from 'node:stream';

/** One end of `--remote-debugging-pipe`, which only the process that started the browser has. */
export interface DevtoolsPipe {
  /** Rejects when the browser refuses the command or the pipe ends. */
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>;
  /** Resolves at the next event of one of these names. */
  next(methods: readonly string[]): Promise<void>;
}

interface Waiting {
  done: (result: Record<string, unknown>) => void;
  fail: (error: Error) => void;
}
interface Message {
  id?: number;
  method?: string;
  result?: Record<string, unknown>;
  error?: { message: string };
}

export function createDevtoolsPipe(input: Writable, output: Readable): DevtoolsPipe {
  const calls = createCalls();
  const watches = createWatches();
  let ended = false;

  function end(): void {
    ended = true;
    calls.failAll(new Error('The browser closed its pipe.'));
  }

  onMessages(output, (message) => {
    if (message.id === undefined) watches.heard(message.method ?? '');
    else calls.settle(message.id, message);
  });
  // A browser that does not know the flag never opens its end.
  for (const stream of [input, output]) stream.on('error', end).on('close', end);

  return {
    send(method, params = {}, sessionId) {
      const { id, result } = calls.begin();
      const session = sessionId === undefined ? {} : { sessionId };
      if (ended) end();
      else input.write(`${JSON.stringify({ id, method, params, ...session })}\0`);
      return result;
    },
    next: watches.next,
  };
}

/** Messages are JSON, each ended by a zero byte. */
function onMessages(output: Readable, take: (message: Message) => void): void {
  let unread = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (unread + chunk).split('\0');
    unread = parts.pop() ?? '';
    for (const part of parts) take(JSON.parse(part) as Message);
  });
}

/** Commands that the browser has not replied to. */
function createCalls() {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  return {
    begin(): { id: number; result: Promise<Record<string, unknown>> } {
      lastId += 1;
      const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
      waiting.set(lastId, { done: resolve, fail: reject });
      return { id: lastId, result: promise };
    },
    settle(id: number, { result, error }: Message) {
      const call = waiting.get(id);
      waiting.delete(id);
      if (error) call?.fail(new Error(error.message));
      else call?.done(result ?? {});
    },
    failAll(error: Error) {
      for (const { fail } of waiting.values()) fail(error);
      waiting.clear();
    },
  };
}

/** Events that somebody waits for. */
function createWatches() {
  const watching = new Set<{ methods: readonly string[]; done: () => void }>();
  return {
    heard(method: string) {
      for (const watch of watching) {
        if (!watch.methods.includes(method)) continue;
        watching.delete(watch);
        watch.done();
      }
    },
    next: (methods: readonly string[]): Promise<void> =>
      new Promise((done) => {
        watching.add({ methods, done });
      }),
  };
}
