import { row, rows, type Pool } from './pool.ts';

/** The signing key of this installation, and its id. */
export interface ServerSettings {
  signingKey: string;
  /** The installation's public id, unchanged by a dump and restore. */
  id: string;
  /** True if this database user may read its cluster and timeline; some hosted ones may not. */
  seesControlFile: boolean;
}

/** Reads the settings stored by the first migration. */
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
