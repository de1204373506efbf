import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib';
import { apiBase } from '../../src/contract/wire/api.ts';
import type { Actor } from '../../src/server/auth/actor.ts';
import { createTokens } from '../../src/server/auth/tokens.ts';
import { transaction, type Pool } from '../../src/server/db/pool.ts';
import { readSettings } from '../../src/server/db/settings.ts';
import { beforeAll, currentHorizon, firstId } from '../../src/server/feed/changes.ts';
import { sealCursor } from '../../src/server/feed/cursor.ts';
import { currentStanding } from '../../src/server/feed/epoch.ts';

export interface Reply {
  status: number;
  /** Of the body as it came over the wire, without headers. */
  bytes: number;
  /** From sending the request to the last byte. */
  ms: number;
  text: string;
}
export interface Person {
  actor: Actor;
  token: string;
  call: (
    method: string,
    path: string,
    options?: { body?: unknown; encoding?: string },
  ) => Promise<Reply>;
  close: () => void;
}

const decoders: Record<string, (body: Buffer) => Promise<Buffer>> = {
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
  gzip: promisify(gunzip),
};

/**
 * Adds a person without a password, whose hash would be most of the work, and opens a session for
 * them.
 */
export async function addPerson(
  pool: Pool,
  server: string,
  role: 'staff' | 'customer',
): Promise<Person> {
  const id = randomUUID();
  await pool.query(
    "insert into users (id, email, username, full_name, role) values ($1, $2, $2, 'Bench', $3)",
    [id, `${id}@bench.test`, role],
  );
  return signIn(pool, server, id, role);
}

/** A session of a person who is there already. Its token is good for ten minutes. */
export async function signIn(
  pool: Pool,
  server: string,
  id: string,
  role: 'staff' | 'customer',
): Promise<Person> {
  const tokens = createTokens(pool, (await readSettings(pool)).signingKey);
  const { access_token: token } = await transaction(pool, (tx) => tokens.open(tx, id, '127.0.0.1'));
  const claims = await tokens.verify(token);
  // One connection a person, as an app has it.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    actor: { id, role, sessionId: claims?.sessionId ?? '' },
    token,
    call: (method, path, options = {}) =>
      send(agent, server + apiBase + path, { method, token, ...options }),
    close() {
      agent.destroy();
    },
  };
}

/**
 * A cursor at the end of the feed, as a person has it who has read everything; or the one of who
 * has the second part of a full copy to read.
 */
export async function cursorNow(
  pool: Pool,
  actor: Actor,
  mode: 'feed' | 'moved' = 'feed',
): Promise<string> {
  const settings = await readSettings(pool);
  const horizon = await currentHorizon(pool);
  return sealCursor(
    { settings, epoch: (await currentStanding(pool, settings)).epoch, actor },
    mode === 'feed' ? { mode, xid: horizon, ...beforeAll } : { mode, horizon, id: firstId },
  );
}

function send(
  agent: Agent,
  url: string,
  {
    method,
    token,
    body,
    encoding = 'identity',
  }: { method: string; token: string; body?: unknown; encoding?: string },
): Promise<Reply> {
  const headers = {
    authorization: `Bearer ${token}`,
    'accept-encoding': encoding,
    ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const began = performance.now();
  return new Promise((done, fail) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        const ms = performance.now() - began;
        const raw = Buffer.concat(chunks);
        const decode =
          decoders[response.headers['content-encoding'] ?? ''] ??
          ((plain: Buffer) => Promise.resolve(plain));
        done(
          decode(raw).then((text) => ({
            status: response.statusCode ?? 0,
            bytes: raw.length,
            ms,
            text: text.toString('utf8'),
          })),
        );
      });
    });
    sent.on('error', fail);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
