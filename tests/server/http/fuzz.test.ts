import * as fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows } from '../../../src/server/db/pool.ts';
import { apiBase, routes, type RouteName } from '../../../src/contract/wire/api.ts';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';
import { requestTo, type FuzzRequest } from '../../helpers/fuzz-requests.ts';
import { routeNames } from '../../helpers/routes.ts';
import { watchRows } from '../../helpers/row-changes.ts';

/**
 * FUZZ says how many requests, FUZZ_SEED which; a failure prints the seed and the path that repeat
 * it.
 */
const count = Number(process.env['FUZZ'] ?? 2_500);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_251_110);
/**
 * Bodies have the most to get wrong. A password takes 0.1 s to check, by design, and no refresh
 * token is ever right.
 */
const weightOf = (name: RouteName): number =>
  name === 'login' || name === 'refresh' ? 1 : 'body' in routes[name] ? 10 : 4;
/**
 * What requests leave behind is cleared after this many, so that the last ones are as fast as the
 * first.
 */
const tidyEvery = 500;

let api: TestApi;
let people: Record<'customer' | 'other' | 'staff' | 'admin', Person>;
let changes: Awaited<ReturnType<typeof watchRows>>;
/** What stand-ins stand for: see `standIn`. */
let real: Record<string, string[]>;

beforeAll(async () => {
  api = await startApi({ perAddress: 1e9, loginPerAccount: 20, loginPerAddress: 1e9 });
  people = {
    customer: await api.person('customer'),
    other: await api.person('customer'),
    staff: await api.person('staff'),
    admin: await api.person('admin'),
  };
  changes = await watchRows(api.pool);
  await tidy();
});
afterAll(async () => {
  await api.close();
});

/** Twenty fresh tickets, half of each customer, and the cursors of everyone. */
async function tidy(): Promise<void> {
  await api.pool.query('delete from support_tickets');
  await api.pool.query('delete from idempotency_keys');
  await api.pool.query('truncate row_changes');
  await api.pool.query(
    `
    with made as (
      insert into support_tickets (user_id, subject, category, last_message_at, public_messages, last_preview, last_is_staff)
      select case when n % 2 = 0 then $1::uuid else $2 end, 'Ticket number ' || n, 'other', now(), 1, 'hello', false from generate_series(1, 20) n returning id, user_id
    ) insert into support_messages (ticket_id, user_id, message) select id, user_id, 'hello there' from made`,
    [people.customer.id, people.other.id],
  );
  const ids = async (sql: string) => (await rows<{ id: string }>(api.pool, sql)).map((r) => r.id);
  const cursors = [];
  for (const person of Object.values(people)) {
    for (const query of ['limit=3', 'limit=1000', 'limit=1']) {
      const answer = await api.app.inject({
        url: `${apiBase}/support/sync?${query}`,
        headers: { authorization: `Bearer ${person.token}` },
      });
      cursors.push(answer.json<{ next_cursor: string }>().next_cursor);
    }
  }
  const macros = await api.app.inject({
    url: `${apiBase}/support/macros`,
    headers: { authorization: `Bearer ${people.staff.token}` },
  });
  real = {
    ticket: await ids('select id from support_tickets order by subject'),
    message: await ids('select id from support_messages limit 10'),
    user: await ids('select id from users order by email'),
    macro:
      macros.statusCode === 200
        ? macros.json<{ macros: { id: string }[] }>().macros.map((m) => m.id)
        : [],
    cursor: cursors,
    email: Object.values(people).map((p) => p.email),
  };
}

const fill = (text: string): string =>
  text.replace(
    /~(\w+)-(\d+)~/g,
    (_, kind: string, n: string) =>
      real[kind]?.[Number(n) % real[kind].length] ?? '00000000-0000-4000-8000-000000000000',
  );

function optionsOf({ method, url, headers, payload, caller }: FuzzRequest): InjectOptions {
  const token = caller === 'nobody' ? null : caller === 'forged' ? 'a.b.c' : people[caller].token;
  return {
    method: method,
    url: fill(url),
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(payload === null
      ? {}
      : { payload: typeof payload === 'string' ? fill(payload) : Buffer.from(payload) }),
  };
}

async function answerTo(request: FuzzRequest): Promise<{ status: number; body: string }> {
  // One that hangs keeps the test from ending.
  const answer = await api.app.inject(optionsOf(request));
  return {
    status: answer.statusCode,
    body: request.method === 'HEAD' ? '{"detail":""}' : answer.body,
  };
}

test(
  `${count} generated requests over all routes: no 5xx, no hang, refused ones change no row, unknown fields are refused`,
  { timeout: 300_000 + count * 200 },
  async () => {
    const statuses = new Map<number, number>();
    const flawed = new Map<string, number>();
    let sent = 0;

    const result = await fc.check(
      fc.asyncProperty(
        fc.oneof(
          ...routeNames.map((name) => ({ weight: weightOf(name), arbitrary: requestTo(name) })),
        ),
        async (request) => {
          if (sent > 0 && sent % tidyEvery === 0) await tidy();
          sent += 1;
          const before = await changes.count();
          const { status, body } = await answerTo(request);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          flawed.set(request.flaw, (flawed.get(request.flaw) ?? 0) + 1);

          if (status >= 500) throw new Error(`${status} ${body.slice(0, 300)}`);
          if (status >= 400 && !('detail' in (JSON.parse(body) as object)))
            throw new Error(`a refusal without detail: ${body.slice(0, 300)}`);
          if ((status >= 400 || request.method === 'GET') && (await changes.count()) !== before)
            throw new Error(
              `${status}, yet it changed rows: ${(await changes.since(before)).join(', ')}`,
            );
          if (
            (request.flaw === 'unknown field' || request.flaw === 'unknown query') &&
            status < 400
          )
            throw new Error(`an unknown field was taken: ${status} ${body.slice(0, 300)}`);
          if (status === 200 && request.route === 'logout')
            await api.pool.query('update sessions set revoked_at = null');
        },
      ),
      { numRuns: count, seed, endOnFailure: true },
    );
    if (result.failed) {
      const cause = result.errorInstance instanceof Error ? result.errorInstance.message : 'failed';
      throw new Error(
        `Repeat with FUZZ_SEED=${seed} FUZZ=${result.numRuns}: ${cause}\n${JSON.stringify(result.counterexample?.[0]).slice(0, 2_000)}`,
      );
    }

    const list = (counts: Map<unknown, number>) =>
      [...counts]
        .toSorted()
        .map(([what, n]) => `${String(what)}: ${n}`)
        .join(', ');
    console.log(
      `fuzz: ${sent} requests, seed ${seed}; answers ${list(statuses)}; flaws ${list(flawed)}`,
    );
    expect(sent).toBeGreaterThanOrEqual(count);
    // Half of a fuzzer's worth is to get past the door.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(count / 10);
  },
);
