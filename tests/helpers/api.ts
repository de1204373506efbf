import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { apiBase } from '../../src/contract/wire/api.ts';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import { buildApi, type ApiOptions } from '../../src/server/app.ts';
import type { NewUser } from '../../src/server/areas/people/users.ts';
import type { Pool } from '../../src/server/db/pool.ts';
import { freshDatabase } from './database.ts';
import { addPerson, openSession, testPassword } from './people.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}
export interface Person {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
  call: Call;
}
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

export interface TestApi {
  /** Scheme, host and port. */
  server: string;
  /** The app itself, for what is asked of it without a socket. */
  app: FastifyInstance;
  databaseUrl: string;
  pool: Pool;
  /** Calls without a sign-in. Paths are below /api/v1. */
  call: Call;
  /** Adds a person, with a session as a sign-in opens it. */
  person(role: 'customer' | 'staff' | 'admin', name?: string, email?: string): Promise<Person>;
  /** Calls of a person who is there already, by their email. */
  as(email: string): Promise<Call>;
  /** Opens a ticket as a customer. */
  ticket(customer: Person, subject?: string): Promise<Ticket>;
  close(): Promise<void>;
}

export { testPassword };

/** The real API on a real, fresh database, or on a copy of one by name, listening on 127.0.0.1. */
export async function startApi(
  limits: ApiOptions['limits'] = {},
  options: Omit<ApiOptions, 'databaseUrl' | 'limits'> = {},
  copyOf?: string,
): Promise<TestApi> {
  const database = await freshDatabase(copyOf);
  const api = await buildApi({
    checkAnswers: true,
    ...options,
    databaseUrl: database.url,
    limits: { loginPerAccount: 1_000, loginPerAddress: 10_000, perUser: 1_000_000, ...limits },
  });
  await api.app.listen({ host: '127.0.0.1', port: 0 });
  const server = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
  const call = caller(server);
  let people = 0;
  return {
    server,
    app: api.app,
    databaseUrl: database.url,
    pool: api.pool,
    call,
    async person(role, name, ownEmail) {
      people += 1;
      const email = ownEmail ?? `${role}${people}@example.test`;
      return addSignedIn(api.pool, server, { role, name: name ?? `${role} ${people}`, email });
    },
    async as(email) {
      const { rows } = await api.pool.query<{ id: string }>(
        'select id from users where email = $1',
        [email],
      );
      const session = await openSession(api.pool, rows[0]?.id ?? '');
      return caller(server, session.access_token);
    },
    async ticket(customer, subject = 'Withdrawal has not arrived') {
      return (
        await customer.call('POST', '/support/tickets', {
          subject,
          category: 'funding',
          message: 'It has been three business days now.',
        })
      ).body;
    },
    async close() {
      await api.close();
      await database.drop();
    },
  };
}

/** Adds a person, with a session as a sign-in opens it. */
export async function addSignedIn(
  pool: Pool,
  server: string,
  { role, name, email }: Pick<NewUser, 'role' | 'name' | 'email'>,
): Promise<Person> {
  const { id } = await addPerson(pool, { email, name, role, password: testPassword });
  const session = await openSession(pool, id);
  return {
    id,
    email,
    token: session.access_token,
    refreshToken: session.refresh_token,
    call: caller(server, session.access_token),
  };
}

export function caller(server: string, token?: string): Call {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(server + apiBase + path, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parse(text) };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: tests of wrong answers look at the text itself.
    return text;
  }
}
