import { apiBase, eventsPath } from '../../src/contract/wire/api.ts';
import { row, type Pool } from '../../src/server/db/pool.ts';
import type { Person } from './api.ts';

export interface OpenStream {
  /** Resolves with the next event that is no heartbeat; null at the end of the stream. */
  next(): Promise<{ name: string; data: string } | null>;
  /** All bytes so far, the head too. */
  seen(): string;
  close(): void;
}

/** Opens an event stream and waits until the server has it. */
export async function openStream(
  server: string,
  person: Pick<Person, 'token'>,
): Promise<OpenStream> {
  const stop = new AbortController();
  const response = await fetch(server + apiBase + eventsPath, {
    headers: { authorization: `Bearer ${person.token}` },
    signal: stop.signal,
  });
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
        const [, name = '', data = ''] =
          /^event: (\w+)\ndata: (.*)$/m.exec(all.slice(at, end)) ?? [];
        at = end + 2;
        if (name !== 'heartbeat') return { name, data };
      }
    },
    seen: () => JSON.stringify([...response.headers]) + all,
    close: () => {
      stop.abort();
    },
  };
}

/**
 * Reads a staff member's stream, open since before the last write, until its events are past that
 * write. No other stream has an event of an older one still to come then, since all of them are
 * told at once.
 */
export async function untilHeard(pool: Pool, staff: OpenStream): Promise<void> {
  const last = await row<{ xid: string }>(
    pool,
    '(select xid::text, xid as by from support_messages) union all (select xid::text, xid from support_tickets) order by by desc limit 1',
  );
  for (;;) {
    const event = await staff.next();
    if (!event) throw new Error('the stream ended');
    if (
      event.name === 'changed' &&
      BigInt(/\d+/.exec(event.data)?.[0] ?? '0') > BigInt(last?.xid ?? '0')
    )
      return;
  }
}
