import type { Pool } from './pool.ts';
import { rows } from './pool.ts';

/** What this installation signs with, and which one it is: a restored or new database has another epoch only if it was made anew. */
export interface ServerSettings { signingKey: string; epoch: string }

export async function readSettings(pool: Pool): Promise<ServerSettings> {
  const found = new Map((await rows<{ name: string; value: string }>(pool, 'select name, value from server_settings')).map((s) => [s.name, s.value]));
  const signingKey = found.get('signing_key');
  const epoch = found.get('epoch');
  if (!signingKey || !epoch) throw new Error('server_settings is incomplete: the database was not migrated by this server.');
  return { signingKey, epoch };
}
