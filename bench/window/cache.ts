import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message, StaffMember, Ticket } from '../../src/contract/wire/entities.ts';
import { previewOf } from '../../src/core/overlay.ts';
import { rememberAccount } from '../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../src/main/desk/sqlite/cache-file.ts';
import { writeMeta } from '../../src/main/desk/sqlite/meta.ts';
import { cacheMigrations } from '../../src/main/desk/sqlite/migrations/cache/index.ts';
import { openOutbox } from '../../src/main/desk/sqlite/outbox-file.ts';
import { indexWaiting, mergeIndex } from '../../src/main/desk/areas/search/search-index.ts';
import { applyPage } from '../../src/main/desk/feed/apply-page.ts';
import { adoptLevel } from '../../src/main/desk/feed/servers/known.ts';
import { generateDemo } from '../../src/server/demo/generate.ts';
import type { DemoTicket, DemoUser } from '../../src/server/demo/types.ts';
import { edition } from '../data.ts';
import { withMoreTalk } from '../more-talk.ts';

/** Nobody listens there: what is measured is the desk and its window, offline. */
export const nobody = 'http://127.0.0.1:9';
export const sizes = {
  S: { tickets: 10_000, messages: 100_000 },
  L: { tickets: 100_000, messages: 1_000_000 },
} as const;
const seed = 20_251_123;
const pageSize = 1_000;
/** A thread as long as the goal says, beside the demo's own. */
const longThread = {
  id: '00000000-0000-4000-8000-00000000a000',
  subject: 'A thread of a thousand messages',
  messages: 1_000,
};
export const longSubject = longThread.subject;

/**
 * A data folder with a cache of the demo's tickets, from a fixed seed, signed in as its first
 * agent. The cache is made once a size and version and kept in the system's folder for temporary
 * files; each run works on a copy.
 */
export function prepareDataDir(dir: string, size: keyof typeof sizes): void {
  const kept = join(tmpdir(), 'staffdesk-bench-window');
  const version = cacheMigrations.at(-1)?.version ?? 0;
  const file = join(kept, `cache-${size}-${version}-${edition}.db`);
  const demo = generateDemo({
    seed,
    tickets: sizes[size].tickets,
    customers: Math.round(sizes[size].tickets / 4),
    anchor: new Date('2026-06-01T08:00:00Z'),
  });
  const me = demo.staff[0];
  if (!me) throw new Error('The demo has no staff.');
  if (!existsSync(file)) {
    mkdirSync(kept, { recursive: true });
    const began = performance.now();
    console.log(
      `Making a cache of ${sizes[size].tickets.toLocaleString('en')} tickets and ` +
        `${sizes[size].messages.toLocaleString('en')} messages ...`,
    );
    const people = new Map([...demo.staff, ...demo.customers].map((user) => [user.id, user]));
    fill(
      `${file}.new`,
      me,
      demo.staff,
      people,
      withMoreTalk(demo.tickets, { seed, messages: sizes[size].messages }),
    );
    renameSync(`${file}.new`, file);
    console.log(`Made in ${Math.round((performance.now() - began) / 1_000)} s.`);
  }
  mkdirSync(dir, { recursive: true });
  copyFileSync(file, join(dir, 'cache.db'));
  const outbox = openOutbox(join(dir, 'outbox.db')).db;
  rememberAccount(outbox, { id: me.id, email: me.email, name: me.name, role: 'staff' }, nobody);
  outbox.close();
}

function fill(
  path: string,
  me: DemoUser,
  staff: readonly DemoUser[],
  people: ReadonlyMap<string, DemoUser>,
  tickets: Iterable<DemoTicket>,
): void {
  const { db } = openCache(path);
  adoptLevel(db, {
    level: 2,
    features: ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff'],
  });
  writeMeta(db, 'owner', `${nobody} ${me.id}`);
  db.pragma('synchronous = OFF');
  const colleagues: StaffMember[] = staff.map((user) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role: 'staff',
    is_active: true,
  }));
  let page: DemoTicket[] = [];
  const apply = (more: boolean): void => {
    applyPage(
      db,
      {
        tickets: page.map((ticket) => wireTicket(ticket, people)),
        messages: page.flatMap((ticket) =>
          ticket.messages.map((_, n) => wireMessage(ticket, n, people)),
        ),
        staff: colleagues,
        macros: [],
        removed: [],
        next_cursor: 'c',
        has_more: more,
      },
      me.id,
      () => Number.MAX_SAFE_INTEGER,
    );
    page = [];
  };
  for (const ticket of tickets) {
    page.push(ticket);
    if (page.length === pageSize) apply(true);
  }
  page.push(
    thousandMessages(
      [...people.values()].find((user) => user.role === 'customer')?.id ?? '',
      me.id,
    ),
  );
  apply(false);
  while (indexWaiting(db, 20_000) > 0);
  while (mergeIndex(db, 1_000));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** Newest of all, so that it stands at the top of its list. */
function thousandMessages(requester: string, staff: string): DemoTicket {
  const start = Date.parse('2026-05-01T08:00:00Z');
  const messages = Array.from({ length: longThread.messages }, (_, n) => ({
    id: `00000000-0000-4000-8000-00000001${String(n).padStart(4, '0')}`,
    author_id: n % 3 === 1 ? staff : requester,
    is_staff: n % 3 === 1,
    is_internal: false,
    text:
      `Message ${n + 1} of this thread. ` +
      'It says a little more than the one before, as people do. '.repeat(n % 7),
    created_at: new Date(start + n * 45 * 60_000),
  }));
  const last = messages.at(-1)?.created_at ?? new Date(start);
  return {
    ...longThread,
    requester_id: requester,
    category: 'technical',
    priority: 'high',
    status: 'open',
    assignee_id: staff,
    tags: ['long'],
    created_at: new Date(start),
    updated_at: last,
    resolved_at: null,
    snoozed_until: null,
    messages,
  };
}

export function wireTicket(ticket: DemoTicket, people: ReadonlyMap<string, DemoUser>): Ticket {
  const requester = people.get(ticket.requester_id);
  const last = ticket.messages.findLast((message) => !message.is_internal);
  return {
    id: ticket.id,
    subject: ticket.subject,
    category: ticket.category,
    priority: ticket.priority,
    status: ticket.status,
    created_at: ticket.created_at.toISOString(),
    updated_at: ticket.updated_at.toISOString(),
    resolved_at: ticket.resolved_at?.toISOString() ?? null,
    last_message_at: last?.created_at.toISOString() ?? null,
    requester: {
      id: ticket.requester_id,
      name: requester?.name ?? '',
      email: requester?.email ?? '',
    },
    assignee_id: ticket.assignee_id,
    tags: ticket.tags,
    snoozed_until: ticket.snoozed_until?.toISOString() ?? null,
    version: 1,
    message_count: ticket.messages.length,
    last_message: last ? { preview: previewOf(last.text), is_staff: last.is_staff } : null,
  };
}

export function wireMessage(
  ticket: DemoTicket,
  n: number,
  people: ReadonlyMap<string, DemoUser>,
): Message {
  const message = ticket.messages[n];
  if (!message) throw new RangeError(`Ticket ${ticket.id} has no message ${n}.`);
  return {
    id: message.id,
    ticket_id: ticket.id,
    user_id: message.is_staff ? null : message.author_id,
    staff_id: message.is_staff ? message.author_id : null,
    message: message.text,
    is_internal: message.is_internal,
    is_staff: message.is_staff,
    created_at: message.created_at.toISOString(),
    author_name: people.get(message.author_id)?.name ?? '',
    client_id: null,
    mentions: [],
  };
}
