import { apiBase } from '../../src/contract/wire/api.ts';
import { createPool, type Pool } from '../../src/server/db/pool.ts';
import { caller, type Call } from './api.ts';
import { freshDatabase } from './database.ts';
import { addPerson, testPassword } from './people.ts';
import { startApiProgram, type Running } from './processes.ts';

interface ApiProcess extends Running {
  /** Scheme, host and port. */
  server: string;
}
export interface ApiProcesses {
  pool: Pool;
  databaseUrl: string;
  processes: ApiProcess[];
  /** Adds a person and signs them in at the first process; their token is good at every one. */
  person(
    role: 'customer' | 'staff' | 'admin',
    email?: string,
    password?: string,
  ): Promise<{
    id: string;
    email: string;
    token: string;
    refreshToken: string;
    at: (index: number) => Call;
  }>;
  close(): Promise<void>;
}

/** The API as real processes on one fresh database, and a pool of the test's own beside them. */
export async function startApiProcesses(
  count: number,
  options: string[] = [],
): Promise<ApiProcesses> {
  const database = await freshDatabase();
  const processes = await Promise.all(
    Array.from({ length: count }, async () => {
      const running = await startApiProgram(database.url, 0, options);
      return { ...running, server: running.readyAt.slice(0, -apiBase.length) };
    }),
  );
  const pool = createPool(`${database.url}?application_name=staffdesk-test`, {
    max: 4,
    statementMs: 60_000,
    idleInTransactionMs: 0,
  });
  let people = 0;
  return {
    pool,
    processes,
    databaseUrl: database.url,
    async person(role, email = `${role}${(people += 1)}@example.test`, password = testPassword) {
      const { id } = await addPerson(pool, { email, name: email, role, password });
      const { body } = await caller(processes[0]?.server ?? '')('POST', '/auth/login', {
        email,
        password,
      });
      return {
        id,
        email,
        token: body.access_token,
        refreshToken: body.refresh_token,
        at: (index) => caller(processes[index]?.server ?? '', body.access_token),
      };
    },
    async close() {
      await Promise.all(processes.map((one) => one.kill()));
      await pool.end();
      await database.drop();
    },
  };
}
