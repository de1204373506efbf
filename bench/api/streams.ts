import { Agent, request, type ClientRequest } from 'node:http';
import { apiBase, eventsPath } from '../../src/contract/wire/api.ts';
import type { Person } from './client.ts';

/**
 * The events of one open stream: the cursor of each `changed` event, ascending, and the time when
 * it came.
 */
export interface Heard {
  cursors: number[];
  at: number[];
}
export interface OpenStreams {
  heard: readonly Heard[];
  lost: () => number;
  close: () => void;
}

/** Opens event streams, the same number for each person, and waits until all have begun. */
export async function openStreams(
  server: string,
  people: readonly Person[],
  count: number,
): Promise<OpenStreams> {
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const heard: Heard[] = [];
  const open: ClientRequest[] = [];
  let lost = 0;
  let closing = false;

  const openOne = (person: Person): Promise<void> =>
    new Promise((done, fail) => {
      const of: Heard = { cursors: [], at: [] };
      heard.push(of);
      const sent = request(
        server + apiBase + eventsPath,
        { agent, headers: { authorization: `Bearer ${person.token}` } },
        (response) => {
          if (response.statusCode !== 200) {
            fail(new Error(`An event stream was answered with ${response.statusCode}.`));
            return;
          }
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            done();
            const now = performance.now();
            text += chunk;
            for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
              const cursor = /"cursor":"(\d+)"/.exec(text.slice(0, end))?.[1];
              text = text.slice(end + 2);
              if (cursor !== undefined) {
                of.cursors.push(Number(cursor));
                of.at.push(now);
              }
            }
          });
          const over = (): void => {
            if (!closing) lost += 1;
          };
          response.on('close', over);
          response.on('error', over);
        },
      );
      sent.on('error', (error) => {
        if (!closing) fail(error);
      });
      sent.end();
      open.push(sent);
    });

  // A few at a time: what is measured is streams that are open, not five hundred that open at once.
  for (let i = 0; i < count; i += people.length)
    await Promise.all(people.slice(0, count - i).map(openOne));
  return {
    heard,
    lost: () => lost,
    close() {
      closing = true;
      for (const sent of open) sent.destroy();
      agent.destroy();
    },
  };
}

/**
 * When a stream first said 'look again' in words that cover this transaction; null when it never
 * did.
 */
export function firstCovering({ cursors, at }: Heard, xid: number): number | null {
  let low = 0;
  let high = cursors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cursors[middle] ?? Infinity) > xid) high = middle;
    else low = middle + 1;
  }
  return at[low] ?? null;
}
