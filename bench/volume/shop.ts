import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { createPool, row, type Pool } from '../../src/server/db/pool.ts';
import { generateDemo } from '../../src/server/demo/generate.ts';
import { insertDemo } from '../../src/server/demo/seed.ts';
import { startEmbeddedPostgres } from '../../src/server/postgres/embedded.ts';
import { addUser } from '../../src/server/areas/people/users.ts';

export const password = 'correct horse battery';
export const size = {
  tickets: 2_000,
  customers: 500,
  longMessages: 1_050,
  longCharacters: 100_000,
};

/**
 * A database of 2,000 ordinary tickets, in which one customer can have written 300 MB into one
 * more.
 */
export interface Shop {
  url: string;
  pool: Pool;
  email: string;
  /** Adds the long conversation; returns its ticket and how many bytes of text it has. */
  fillOne(): Promise<{ id: string; bytes: number }>;
  stop(): Promise<void>;
}

/** Characters of three bytes, in an order that no compression makes small. */
function threeByteText(): string {
  const chosen = new Uint16Array(new Uint8Array(randomBytes(size.longCharacters * 2)).buffer);
  return Array.from(chosen, (n) => String.fromCharCode(0x4e00 + (n % 20_000))).join('');
}

export async function openShop(): Promise<Shop> {
  const cluster = await startEmbeddedPostgres({
    dir: join(root, '.staffdesk', 'bench', 'volume-postgres'),
  });
  const name = `volume_${Date.now()}`;
  await cluster.createDatabase(name);
  const url = cluster.url(name);
  const pool = createPool(url, { max: 2, statementMs: 0, idleInTransactionMs: 0 });
  await migrate(pool);
  await insertDemo(pool, () =>
    generateDemo({
      seed: 20_251_123,
      tickets: size.tickets,
      customers: size.customers,
      anchor: new Date(),
    }),
  );
  const email = 'bench@example.test';
  await addUser(pool, { email, name: 'Bench', role: 'admin', password });
  return {
    url,
    pool,
    email,
    async fillOne() {
      const made = await row<{ id: string }>(
        pool,
        `insert into support_tickets (user_id, subject, category)
         select id, 'A conversation of 300 MB', 'other' from users
         where role = 'customer' limit 1 returning id`,
      );
      const id = made?.id ?? '';
      await pool.query('alter table support_messages disable trigger announce');
      for (let n = 0; n < size.longMessages; n += 1) {
        await pool.query(
          `insert into support_messages (ticket_id, user_id, message)
           select id, user_id, $2 from support_tickets where id = $1`,
          [id, threeByteText()],
        );
      }
      await pool.query('alter table support_messages enable trigger announce');
      await pool.query(
        'update support_tickets set public_messages = $2, last_message_at = now() where id = $1',
        [id, size.longMessages],
      );
      await pool.query('vacuum analyze support_messages');
      const sum = await row<{ n: string }>(
        pool,
        'select sum(octet_length(message)) as n from support_messages where ticket_id = $1',
        [id],
      );
      return { id, bytes: Number(sum?.n) };
    },
    async stop() {
      await pool.end();
      await cluster.stop();
    },
  };
}
