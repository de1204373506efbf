import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BridgeError } from '../../src/contract/errors.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';
import { startProxy } from '../helpers/proxy.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('staff', 'Maya Ruiz');
});
afterAll(async () => {
  await api.close();
});

/** Only root can make a small disk. */
const isRoot = process.getuid?.() === 0;

let disk: string;
let dir: string;
let desk: TestDesk;
let ticketId: string;
let network: Awaited<ReturnType<typeof startProxy>>;
const secrets = createMemorySecrets();
beforeEach(async () => {
  disk = mkdtempSync(join(tmpdir(), 'staffdesk-disk-'));
  if (isRoot)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m,mode=700', 'staffdesk-test', disk]);
  dir = join(disk, 'data');
  mkdirSync(dir);
  network = await startProxy(api.server);
  ticketId = (await api.ticket(dana, 'Written on a bad disk')).id;
  desk = openTestDesk(dir, network.server, secrets);
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.call('settings.set', { undo_seconds: 0 });
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
});
afterEach(async () => {
  await desk.desk.close();
  await network.close();
  if (isRoot) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

interface Harm {
  /** Returns how to end it. */
  begin: () => () => void;
  /** What is said to what writes; null: it is kept. */
  code: string | null;
  needsRoot?: true;
}

const outboxPath = (): string => join(dir, 'outbox.db');

function hold(name: string): () => void {
  const other = new Database(join(dir, name));
  other.exec('begin immediate');
  return () => {
    other.exec('rollback');
    other.close();
  };
}
const nothing = (): void => undefined;

const harms: Record<string, Harm> = {
  'a full disk': { begin: fill, code: 'disk-full', needsRoot: true },
  'an outbox.db that another program has to itself': {
    begin: () => hold('outbox.db'),
    code: 'storage-held',
  },
  'a cache.db that another program has to itself': { begin: () => hold('cache.db'), code: null },
  'an outbox.db that is another one': {
    begin() {
      const other = new Database(`${outboxPath()}.other`);
      other.exec('create table stranger (x)');
      other.close();
      renameSync(`${outboxPath()}.other`, outboxPath());
      return nothing;
    },
    code: null,
  },
  'an outbox.db that is deleted': {
    begin() {
      rmSync(outboxPath());
      return nothing;
    },
    code: null,
  },
  'a folder that is deleted': {
    begin() {
      rmSync(dir, { recursive: true });
      return nothing;
    },
    code: null,
  },
};

function fill(): () => void {
  for (const size of [1 << 20, 1 << 14, 1 << 12]) {
    try {
      for (let n = 0; ; n += 1)
        writeFileSync(join(disk, `filler-${size}-${n}`), Buffer.alloc(size));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
  return () => {
    for (const name of readdirSync(disk)) if (name.startsWith('filler')) rmSync(join(disk, name));
  };
}

/** A note, which waits for nobody's word. */
const send = (text: string) =>
  desk.call('compose.send', { ticket_id: ticketId, kind: 'note', text });
const saveDraft = (text: string) =>
  desk.call('draft.save', { ticket_id: ticketId, kind: 'reply', text });
const thread = () => desk.call('thread.get', { ticket_id: ticketId, before: null, limit: 200 });
const settings = () => desk.call('settings.get', {});
const outboxEmpty = async (): Promise<boolean> => (await desk.call('outbox.list', {})).length === 0;
/** What became of a write: null where it is kept, else the code of its sentence. */
const outcome = (write: Promise<unknown>): Promise<string | null> =>
  write.then(
    () => null,
    (error: unknown) => (error instanceof BridgeError ? error.code : String(error)),
  );

async function onServer(): Promise<string[]> {
  const { rows } = await api.pool.query<{ message: string }>(
    'select message from support_messages where ticket_id = $1 and staff_id is not null order by created_at, id',
    [ticketId],
  );
  return rows.map(({ message }) => message);
}

const isListed = async (): Promise<boolean> => {
  const { rows } = await desk.call('tickets.list', { view: 'all', after: null, limit: 50 });
  return rows.some(({ id }) => id === ticketId);
};

/** A copy that is gone is made again first. */
async function reads(): Promise<void> {
  await desk.until(isListed);
  expect((await thread()).messages.length).toBeGreaterThan(0);
  await desk.call('search.query', { query: 'disk', limit: 10 });
  await settings();
}

describe.each(Object.entries(harms))('%s', (_name, { begin, code, needsRoot }) => {
  test.runIf(isRoot || !needsRoot)(
    'at an answer, a page, a draft, a setting, a send, a search, the end and the start: nothing is lost or sent twice, and work goes on',
    { timeout: 120_000 },
    async () => {
      // Committed at the server; its answer comes in the middle of the harm.
      network.set('hold-answers');
      await send('answered in the harm');
      await desk.until(() => network.held() > 0);
      await dana.call('POST', `/support/tickets/${ticketId}/messages`, { message: 'Meanwhile' });
      const end = begin();
      network.set('up');
      await desk.call('sync.retry', {});
      await reads();
      expect([
        await outcome(saveDraft('half a thought')),
        await outcome(desk.call('settings.set', { density: 'compact' })),
        await outcome(send('sent in the harm')),
      ]).toEqual([code, code, code]);
      await reads();
      end();
      await desk.call('sync.retry', {});
      await desk.until(async () => (await desk.call('session.get', {})).storage?.fault === null);
      await send('sent after it');
      await desk.until(outboxEmpty);
      await desk.until(async () => (await thread()).messages.some((m) => m.text === 'Meanwhile'));
      const kept = code === null;
      const sent = ['answered in the harm', ...(kept ? ['sent in the harm'] : []), 'sent after it'];
      expect(await onServer()).toEqual(sent);

      // It can end in the harm, and start in it or behind it.
      network.set('down');
      await send('waits through the end');
      const endAgain = begin();
      await desk.desk.close();
      desk = openTestDesk(dir, network.server, secrets);
      endAgain();
      await desk.desk.close();
      desk = openTestDesk(dir, network.server, secrets);
      expect(existsSync(outboxPath())).toBe(true);
      expect([
        (await settings()).density,
        (await desk.call('outbox.list', {})).map(({ text }) => text),
      ]).toEqual([kept ? 'compact' : 'comfortable', ['waits through the end']]);
      network.set('up');
      await desk.call('sync.retry', {});
      await desk.until(outboxEmpty);
      await desk.until(isListed);
      expect([await onServer(), (await thread()).drafts.map(({ text }) => text)]).toEqual([
        [...sent, 'waits through the end'],
        kept ? ['half a thought'] : [],
      ]);
    },
  );
});
