import { ticketStatuses } from '../../src/contract/wire/entities.ts';
import { systemClock } from '../../src/main/clock.ts';
import { createApiClient } from '../../src/main/desk/feed/api-client.ts';
import { createServerTime } from '../../src/main/desk/feed/server-time.ts';
import { percentile } from '../numbers.ts';

/**
 * The cost of these rows and screens for a client without a copy, in milliseconds and counts.
 * `completeMs` is scaled from a sample of the threads.
 */
export interface Rest {
  completeMs: number;
  requests: number;
  viewMs: number;
  threadMs: number;
}

/** As many as a browser has open to one server. */
export const atATime = 6;
const screens = 50;

/**
 * Lists all tickets, one call a status, and calls for `sample` of their threads, with the app's own
 * client, which parses each answer by the contract.
 */
async function main(
  server: string,
  email: string,
  password: string,
  sample: number,
): Promise<Rest> {
  const client = createApiClient(server, createServerTime(systemClock));
  const { access_token: token } = await client.request('login', { body: { email, password } });
  const timed = async (run: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await run();
    return performance.now() - began;
  };
  const ids: string[] = [];
  const listMs = await timed(async () => {
    for (const status of ticketStatuses)
      ids.push(
        ...(
          await client.request('listTickets', { query: { status, limit: 100_000 }, token })
        ).tickets.map((ticket) => ticket.id),
      );
  });
  // Every nth, so that old and new threads are in it.
  const chosen = Array.from(
    { length: Math.min(sample, ids.length) },
    (_, n) => ids[Math.floor((n * ids.length) / sample)] ?? '',
  );
  const open = (id: string): Promise<unknown> =>
    client.request('getTicket', { params: { id }, token });
  const waiting = [...chosen];
  const lane = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) await open(id);
  };
  const sampleMs = await timed(() => Promise.all(Array.from({ length: atATime }, lane)));
  const views: number[] = [];
  const threads: number[] = [];
  for (const id of chosen.slice(0, screens)) {
    views.push(await timed(() => client.request('listTickets', { query: { limit: 100 }, token })));
    threads.push(await timed(() => open(id)));
  }
  return {
    completeMs: listMs + (sampleMs * ids.length) / chosen.length,
    requests: ticketStatuses.length + ids.length,
    viewMs: percentile(views, 0.5),
    threadMs: percentile(threads, 0.5),
  };
}

if (import.meta.main) {
  const [server = '', email = '', password = '', sample = ''] = process.argv.slice(2);
  process.send?.(await main(server, email, password, Number(sample)));
  process.exit(0);
}
