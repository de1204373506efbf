import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallName } from '../../src/contract/bridge.ts';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import { handleCall } from '../../src/main/shell/bridge/handle.ts';
import { systemClock, systemRandom } from '../../src/main/clock.ts';
import { rememberAccount } from '../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../src/main/desk/sqlite/cache-file.ts';
import { writeMeta } from '../../src/main/desk/sqlite/meta.ts';
import { openOutbox } from '../../src/main/desk/sqlite/outbox-file.ts';
import { openDesk } from '../../src/main/desk/desk.ts';
import { applyPage } from '../../src/main/desk/feed/apply-page.ts';
import { adoptLevel } from '../../src/main/desk/feed/servers/known.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { conditions, table, writeSection } from '../report.ts';

const sizes = { S: 10_000, L: 100_000 } as const;
const me = '00000000-0000-4000-8000-000000000001';
/** Nobody listens there: what is measured is the desk alone. */
const server = 'http://127.0.0.1:9';
const samples = 400;

const id = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const at = (n: number): string => new Date(1_700_000_000_000 + n * 1_000).toISOString();

function ticket(n: number): Ticket {
  return {
    id: id(n),
    subject: `Question number ${n} about an order`,
    category: 'trading',
    priority: 'medium',
    status: n % 10 === 0 ? 'open' : 'closed',
    created_at: at(n),
    updated_at: at(n),
    resolved_at: n % 10 === 0 ? null : at(n),
    last_message_at: at(n),
    requester: { id: id(900_000 + (n % 5_000)), name: 'Dana Okafor', email: 'dana@customer.test' },
    assignee_id: n % 30 === 0 ? me : null,
    tags: [],
    snoozed_until: null,
    version: 1,
    message_count: 1,
    last_message: { preview: 'Where is my order?', is_staff: false },
  };
}

function fillCache(dir: string, tickets: number): void {
  const { db } = openCache(join(dir, 'cache.db'));
  adoptLevel(db, {
    level: 2,
    features: ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff'],
  });
  writeMeta(db, 'owner', `${server} ${me}`);
  for (let from = 0; from < tickets; from += 1_000) {
    const numbers = Array.from({ length: 1_000 }, (_, i) => from + i + 1);
    applyPage(
      db,
      {
        tickets: numbers.map(ticket),
        staff: [],
        macros: [],
        removed: [],
        next_cursor: 'c',
        has_more: from + 1_000 < tickets,
        messages: numbers.map((n) => ({
          id: id(2_000_000 + n),
          ticket_id: id(n),
          user_id: id(900_000 + (n % 5_000)),
          staff_id: null,
          message: `Where is my order ${n}?`,
          is_internal: false,
          is_staff: false,
          created_at: at(n),
          author_name: 'Dana Okafor',
          client_id: null,
          mentions: [],
        })),
      },
      me,
      () => Number.MAX_SAFE_INTEGER,
    );
  }
  db.close();
}

/**
 * How long an agent's action takes until it is on disk and the window may show it as queued, on a
 * cache of the size given.
 */
export async function benchDesk({
  size,
  repeat,
}: {
  size: 'S' | 'L';
  repeat: number;
}): Promise<void> {
  const load = loadavg()[0] ?? 0;
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-bench-'));
  try {
    console.log(`Filling a cache of ${sizes[size].toLocaleString('en')} tickets ...`);
    fillCache(dir, sizes[size]);
    const outbox = openOutbox(join(dir, 'outbox.db')).db;
    rememberAccount(
      outbox,
      { id: me, email: 'maya@staffdesk.test', name: 'Maya Ruiz', role: 'staff' },
      server,
    );
    outbox.close();
    const desk = openDesk({
      dataDir: dir,
      server,
      clock: systemClock,
      random: systemRandom,
      secrets: createMemorySecrets(),
      standIn: null,
    });
    const times = new Map<string, number[]>();
    async function measure(name: CallName, input: unknown): Promise<void> {
      const began = performance.now();
      const result = await handleCall(desk, 'own window', name, input);
      const took = performance.now() - began;
      if (!result.ok) throw new Error(`${name}: ${result.error.sentence}`);
      times.set(name, [...(times.get(name) ?? []), took]);
    }
    for (let n = 1; n <= samples * repeat; n += 1) {
      const ticket_id = id((n * 7_919) % sizes[size] || 1);
      await measure('compose.send', {
        ticket_id,
        kind: 'note',
        text: `Looked into it, case ${n}.`,
      });
      await measure('triage.change', {
        ticket_id,
        change: { priority: n % 2 === 0 ? 'high' : 'low' },
      });
      await measure('draft.save', {
        ticket_id,
        kind: 'reply',
        text: `Dear customer, about your question ${n}`,
      });
    }
    await desk.close();
    const rows = [...times].map(([name, all]) => {
      const sorted = all.toSorted((a, b) => a - b);
      const part = (share: number): string =>
        (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
      return [name, String(sorted.length), part(0.5), part(0.95), part(0.99)];
    });
    const text = `From the window's call to its answer, which comes after the commit with
\`synchronous=FULL\`, at ${sizes[size].toLocaleString('en')} tickets, milliseconds.
The goal for 'durable before queued shows' is 20 at p95. What has not been sent by then lies
over the list, so the outbox grows as it is measured.

${table(['call', 'times', 'p50', 'p95', 'p99'], rows)}

${conditions('not used', load)} \`npm run bench -- desk --size ${size} --repeat ${repeat}\``;
    console.log(text);
    writeSection('The desk: durable before it shows', text);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
