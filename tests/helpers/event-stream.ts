import { eventsPath, apiBase } from '../../src/contract/wire/api.ts';

interface StreamEvent {
  name: string;
  data: Record<string, string>;
}
export interface OpenStream {
  /** The next event that is no heartbeat; null at the end of the stream. */
  next(): Promise<StreamEvent | null>;
  /** The next event of that name, others passed over. */
  nextOf(name: string): Promise<StreamEvent['data'] | null>;
  close(): void;
}

/**
 * Opens a real event stream. Resolves once its first frame is there, so whatever happens from then
 * on is heard.
 */
export async function openStream(server: string, token: string): Promise<OpenStream> {
  const stop = new AbortController();
  const response = await fetch(server + apiBase + eventsPath, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  if (!response.ok || !response.body)
    throw new Error(`the event stream answered ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';

  async function frame(): Promise<StreamEvent | null> {
    for (let at = text.indexOf('\n\n'); ; at = text.indexOf('\n\n')) {
      if (at >= 0) {
        const [, name = '', data = '{}'] =
          /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, at)) ?? [];
        text = text.slice(at + 2);
        return { name, data: JSON.parse(data) };
      }
      const { value, done } = await reader.read();
      if (done) return null;
      text += value;
    }
  }

  const first = await frame();
  if (first?.name !== 'heartbeat') throw new Error(`the event stream began with ${first?.name}`);
  const next = async (): Promise<StreamEvent | null> => {
    for (;;) {
      const event = await frame();
      if (event?.name !== 'heartbeat') return event;
    }
  };
  return {
    next,
    async nextOf(name) {
      for (;;) {
        const event = await next();
        if (event === null || event.name === name) return event?.data ?? null;
      }
    },
    close() {
      stop.abort();
    },
  };
}
