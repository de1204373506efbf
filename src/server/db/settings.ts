import { row, rows, type Pool } from './pool.ts';

/** What this installation signs with, and its name. */
export interface ServerSettings {
  signingKey: string;
  /** The installation's public id; the same after a dump and a restore. */
  id: string;
  /**
   * Whether this database user may read which cluster and timeline it is on; some hosted ones may
   * not.
   */
  seesControlFile: boolean;
}

/** Reads what the first migration stored. */
export async function readSettings(pool: Pool): Promise<ServerSettings> {
  const found = new Map(
    (
      await rows<{ name: string; value: string }>(pool, 'select name, value from server_settings')
    ).map((s) => [s.name, s.value]),
  );
  const signingKey = found.get('signing_key');
  const id = found.get('server_id');
  if (!signingKey || !id)
    throw new Error('server_settings is incomplete: the database was not migrated by this server.');
  const control = await row<{ may: boolean }>(
    pool,
    `
      select has_function_privilege('pg_control_system()', 'execute')
        and has_function_privilege('pg_control_checkpoint()', 'execute') as may`,
  );
  return { signingKey, id, seesControlFile: control?.may ?? false };
}
