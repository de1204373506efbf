import { apiBase, eventsPath } from '../../src/contract/api.ts';
import type { Person } from './api.ts';

export interface OpenStream {
  /** Resolves with the next event that is no heartbeat; null at the end of the stream. */
  next(): Promise<{ name: string; data: string } | null>;
  /** All bytes so far, the head too. */
  seen(): string;
  close(): void;
}

/** Opens an event stream and waits until the server has it. */
export async function openStream(server: string, person: Pick<Person, 'token'>): Promise<OpenStream> {
  const stop = new AbortController();
  const response = await fetch(server + apiBase + eventsPath, { headers: { authorization: `Bearer ${person.token}` }, signal: stop.signal });
  if (response.status !== 200 || !response.body) throw new Error(`no stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let all = '';
  let at = 0;
  return {
    async next() {
      for (;;) {
        const end = all.indexOf('\n\n', at);
        if (end < 0) {
          const { value, done } = await reader.read();
          if (done) return null;
          all += value;
          continue;
        }
        const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/m.exec(all.slice(at, end)) ?? [];
        at = end + 2;
        if (name !== 'heartbeat') return { name, data };
      }
    },
    seen: () => JSON.stringify([...response.headers]) + all,
    close: () => { stop.abort(); },
  };
}
