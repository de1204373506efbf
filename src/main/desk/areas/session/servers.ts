import { z } from 'zod';
import type { Told } from '../../../../core/server-identity.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** A server that this data folder has been used with. */
export interface KnownServer {
  key: string;
  /** Scheme, host and port where it was met last. */
  address: string;
  /** Null: it has never said. Then its address is all that it is known by. */
  identity: Told;
}

const Row = z.object({
  key: z.string(),
  address: z.string(),
  installation: z.string().nullable(),
  history: z.string().nullable(),
});
const columns = 'key, address, installation, history';

export function knownServers(db: ReadDb): KnownServer[] {
  return db
    .prepare<[]>(`select ${columns} from servers order by key`)
    .all()
    .flatMap((row) => {
      const { data } = Row.safeParse(row);
      if (!data) return [];
      const { key, address, installation, history } = data;
      return [
        {
          key,
          address,
          identity: installation === null || history === null ? null : { installation, history },
        },
      ];
    });
}

export function serverByKey(db: ReadDb, key: string): KnownServer | null {
  return knownServers(db).find((server) => server.key === key) ?? null;
}

/** Notes where a server was met and what it said. */
export function rememberServer(db: WriteDb, { key, address, identity }: KnownServer): void {
  db.prepare(`insert into servers (${columns}) values (?, ?, ?, ?)
    on conflict do update
    set address = excluded.address, installation = excluded.installation,
      history = excluded.history`).run(
    key,
    address,
    identity?.installation ?? null,
    identity?.history ?? null,
  );
}
