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

/** Messages are JSON, each ended by a zero byte. */
export function createDevtoolsPipe(input: Writable, output: Readable): DevtoolsPipe {
  const waiting = new Map<number, Waiting>();
  const watching = new Set<{ methods: readonly string[]; done: () => void }>();
  let lastId = 0;
  let ended = false;
  let unread = '';

  function heard(method: string): void {
    for (const watch of watching) {
      if (!watch.methods.includes(method)) continue;
      watching.delete(watch);
      watch.done();
    }
  }
  function take({ id, method = '', result, error }: Message): void {
    if (id === undefined) {
      heard(method);
      return;
    }
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.fail(new Error(error.message));
    else call?.done(result ?? {});
  }
  function end(): void {
    ended = true;
    for (const { fail } of waiting.values()) fail(new Error('The browser closed its pipe.'));
    waiting.clear();
  }

  output.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (unread + chunk).split('\0');
    unread = parts.pop() ?? '';
    for (const part of parts) take(JSON.parse(part) as Message);
  });
  // A browser that does not know the flag never opens its end.
  for (const stream of [input, output]) stream.on('error', end).on('close', end);

  return {
    send(method, params = {}, sessionId) {
      lastId += 1;
      const id = lastId;
      return new Promise((done, fail) => {
        waiting.set(id, { done, fail });
        if (ended) end();
        else
          input.write(
            `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
          );
      });
    },
    next: (methods) =>
      new Promise((done) => {
        watching.add({ methods, done });
      }),
  };
}
