import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { PresenceEvent } from '../../contract/wire/api.ts';

/**
 * The notice of a committed transaction: who may be told of it, and the horizon beyond which it is
 * visible.
 */
export const Notice = z.object({
  xid: z.string().regex(/^\d+$/),
  owner: z.uuid().nullable(),
  internal: z.boolean(),
});
export type Notice = z.infer<typeof Notice>;

export interface ListenerEvents {
  onNotice: (notice: Notice) => void;
  onPresence: (said: PresenceEvent) => void;
  /** The connection was lost for a while; notices in that time were missed. */
  onGap: () => void;
}

const reconnectMs = 1_000;

/**
 * Receives the notices of all API processes on its own connection, and opens a new one whenever
 * that breaks.
 */
export async function openListener(
  connectionString: string,
  events: ListenerEvents,
): Promise<{ close: () => Promise<void> }> {
  const stop = new AbortController();
  let current = await connect(connectionString, events);

  async function keepOpen(): Promise<void> {
    while (!stop.signal.aborted) {
      await current.gone;
      for (let up = false; !up;) {
        await sleep(reconnectMs, undefined, { signal: stop.signal });
        try {
          current = await connect(connectionString, events);
          up = true;
        } catch (error) {
          console.error(
            'Event listener cannot reconnect:',
            error instanceof Error ? error.message : error,
          );
        }
      }
      // Closed while it was connecting: nothing else would end this connection.
      if (stop.signal.aborted) await current.client.end();
      else events.onGap();
    }
  }
  // Only the abort of the pause ends it.
  const kept = keepOpen().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });

  return {
    async close() {
      stop.abort();
      await current.client.end();
      await kept;
    },
  };
}

async function connect(
  connectionString: string,
  { onNotice, onPresence }: ListenerEvents,
): Promise<{ client: pg.Client; gone: Promise<void> }> {
  const client = new pg.Client({
    connectionString,
    application_name: 'staffdesk-events',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  const gone = new Promise<void>((done) => {
    client.on('end', done);
    client.on('error', () => {
      done();
    });
  });
  client.on('notification', ({ channel, payload }) => {
    if (channel === 'staffdesk_presence') pass(PresenceEvent, payload, onPresence);
    else pass(Notice, payload, onNotice);
  });
  await client.connect();
  await client.query('listen staffdesk_changes; listen staffdesk_presence');
  return { client, gone };
}

/**
 * Anyone who may connect to the database may also send notices; those of another form are ignored.
 */
function pass<T>(schema: z.ZodType<T>, payload: string | undefined, to: (value: T) => void): void {
  let value: unknown;
  try {
    value = JSON.parse(payload ?? '');
  } catch {
    // Not JSON, so not ours.
    return;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) to(parsed.data);
}
