import { createPool, type Pool } from '../../src/server/db/pool.ts';
import { addSignedIn, startApi, type Call, type Person, type TestApi } from './api.ts';
import { freshDatabase } from './database.ts';
import { lastingPort } from './lasting-port.ts';
import { startApiProgram } from './processes.ts';

/** The people of the shop, by their first names. */
const people = {
  maya: { role: 'staff', name: 'Maya Ruiz', email: 'maya@staffdesk.test' },
  alex: { role: 'staff', name: 'Alex Kim', email: 'alex@staffdesk.test' },
  dana: { role: 'customer', name: 'Dana Okafor', email: 'dana@customer.test' },
  omar: { role: 'customer', name: 'Omar Haddad', email: 'omar@customer.test' },
} as const;
/** As the report has the page: with a number for urgent help. */
const portal = { phone: '+1 (555) 010-0142' };
type FirstName = keyof typeof people;

export type Shop<Names extends FirstName> = Record<Names, Person> & {
  api: TestApi;
  close(): Promise<void>;
};

/** A support API with those people, in this order, and without a limit on requests. */
export async function startShop<Names extends FirstName>(...names: Names[]): Promise<Shop<Names>> {
  const api = await startApi({ perAddress: 1e9 }, { portal });
  const added = await addAll(names, ({ role, name, email }) => api.person(role, name, email));
  return { ...added, api, close: () => api.close() };
}

export type ShopProgram<Names extends FirstName> = Record<Names, Person> & {
  /** Scheme, host and port. */
  server: string;
  /** The test's own connections to its database. */
  pool: Pool;
  stop(): Promise<unknown>;
  /** At the same address. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
};

/** The same with the API as a program of its own, which can end before the shop does. */
export async function startShopProgram<Names extends FirstName>(
  ...names: Names[]
): Promise<ShopProgram<Names>> {
  const database = await freshDatabase();
  const port = await lastingPort();
  let program = await startApiProgram(database.url, port);
  const server = new URL(program.readyAt).origin;
  const pool = createPool(database.url, 3);
  return {
    ...(await addAll(names, (person) => addSignedIn(pool, server, person))),
    server,
    pool,
    stop: () => program.stop(),
    async startAgain() {
      program = await startApiProgram(database.url, port);
    },
    async close() {
      await program.stop();
      await pool.end();
      await database.drop();
    },
  };
}

async function addAll<Names extends FirstName>(
  names: readonly Names[],
  add: (person: (typeof people)[FirstName]) => Promise<Person>,
): Promise<Record<Names, Person>> {
  const added: Partial<Record<FirstName, Person>> = {};
  for (const name of names) added[name] = await add(people[name]);
  // Every one of `names` has been added.
  return added as Record<Names, Person>;
}

/** Opens a ticket whose message is about its subject. Returns its id. */
export async function openTicketAbout(customer: Call, subject: string): Promise<string> {
  const { body } = await customer('POST', '/support/tickets', {
    subject,
    category: 'account',
    message: `About: ${subject}`,
  });
  return body.id;
}
