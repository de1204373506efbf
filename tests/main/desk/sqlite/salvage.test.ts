import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../../../src/core/operation.ts';
import { rememberAccount } from '../../../../src/main/desk/areas/session/accounts.ts';
import { saveDraft } from '../../../../src/main/desk/areas/compose/drafts.ts';
import { NewerFileError } from '../../../../src/main/desk/sqlite/migrate.ts';
import { outboxMigrations } from '../../../../src/main/desk/sqlite/migrations/outbox/index.ts';
import { openDatabase } from '../../../../src/main/desk/sqlite/open.ts';
import {
  acknowledge,
  discard,
  enqueue,
  markInflight,
  openOperations,
  park,
} from '../../../../src/main/desk/areas/outbox/operations.ts';
import { openOutbox } from '../../../../src/main/desk/sqlite/outbox-file.ts';
import type { Salvage } from '../../../../src/main/desk/sqlite/salvage.ts';
import { hashV10 } from '../../../../src/main/desk/sqlite/row-hash.ts';
import { seeded } from '../../../../src/server/demo/random.ts';
import { tempDir } from '../../../helpers/desk.ts';

let home: ReturnType<typeof tempDir>;
beforeEach(() => {
  home = tempDir();
});
afterEach(() => {
  home.remove();
});

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const me = id(999_000);
const textOf = (n: number): string =>
  `reply number ${n} ${'and some more words '.repeat(n % 17 === 0 ? 400 : n % 5)}`;
const waiting = (n: number): boolean => n % 4 !== 0 && n % 7 !== 0;

/**
 * An outbox of a working day: sent, discarded, parked, in flight and waiting operations, short and
 * long, and drafts.
 */
function fillOutbox(path: string, operations: number): void {
  const { db } = openOutbox(path);
  rememberAccount(
    db,
    { id: me, email: 'maya@staffdesk.test', name: 'Maya', role: 'staff' },
    'http://127.0.0.1:1',
  );
  for (let n = 1; n <= operations; n += 1) {
    enqueue(db, {
      id: id(n),
      accountId: me,
      ticketId: id(1000 + (n % 40)),
      intent: { kind: 'reply', text: textOf(n) },
      createdAt: n,
      state: 'queued',
      seenThrough: n,
    });
    if (n % 4 === 0) acknowledge(db, id(n), id(50_000 + n), n);
    else if (n % 7 === 0) discard(db, id(n), n);
    else if (n % 9 === 0) park(db, id(n), 'refused', 'why');
    else if (n % 11 === 0) markInflight(db, id(n));
  }
  for (let n = 1; n <= 20; n += 1)
    saveDraft(db, {
      accountId: me,
      ticketId: id(n),
      kind: 'note',
      text: `draft ${n}`,
      actions: {},
      at: n,
    });
  db.close();
}

/** What would be sent, as the engine reads it. */
function sendable(operations: readonly Operation[]): Operation[] {
  return operations.filter((operation) => operation.state !== 'parked');
}

interface Verdict {
  salvage: Salvage | null;
  refused: boolean;
  faults: string[];
}

/** Opens a damaged outbox as the app would and looks for anything that must not be. */
function judge(path: string, damaged: Buffer): Verdict {
  const faults: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) faults.push(what);
  };
  let opened;
  try {
    opened = openOutbox(path);
  } catch (error) {
    // A flip in the version number of the file: refused by name, and the file is as it was.
    must(error instanceof NewerFileError && readFileSync(path).equals(damaged), String(error));
    return { salvage: null, refused: true, faults };
  }
  const { db, salvage } = opened;
  for (const operation of sendable(openOperations(db, me))) {
    const n = Number(operation.id.slice(-12));
    const right = {
      ticketId: id(1000 + (n % 40)),
      intent: { kind: 'reply', text: textOf(n) },
      seenThrough: n,
    };
    must(
      waiting(n) &&
        isDeepStrictEqual(
          {
            ticketId: operation.ticketId,
            intent: operation.intent,
            seenThrough: operation.seenThrough,
          },
          right,
        ),
      `operation ${n} is not as it was written`,
    );
  }
  if (salvage) {
    const counted = db
      .prepare<[], { whole: number | null; damaged: number | null }>(
        "select sum(sha256 <> 'damaged') as whole, sum(sha256 = 'damaged') as damaged from operations",
      )
      .get();
    must(
      (counted?.whole ?? 0) === salvage.operations && (counted?.damaged ?? 0) === salvage.damaged,
      `counted ${JSON.stringify(counted)}, said ${JSON.stringify(salvage)}`,
    );
    must(existsSync(salvage.file), 'the damaged file is not kept');
  }
  db.close();
  return { salvage, refused: false, faults };
}

test('500 random byte flips in outbox.db: no wrong row would ever be sent, and the salvage counts what it brought', () => {
  const operations = 150;
  const whole = join(home.dir, 'whole.db');
  fillOutbox(whole, operations);
  const bytes = readFileSync(whole);
  const random = seeded(20_261_125);
  const verdicts = Array.from({ length: 500 }, (_, round) => {
    const dir = join(home.dir, String(round));
    mkdirSync(dir);
    const path = join(dir, 'outbox.db');
    const damaged = Buffer.from(bytes);
    const at = Math.floor(random() * damaged.length);
    damaged[at] = (damaged[at] ?? 0) ^ (1 + Math.floor(random() * 255));
    writeFileSync(path, damaged);
    return { at, ...judge(path, damaged) };
  });
  expect(
    verdicts.flatMap(({ at, faults }) => faults.map((fault) => `flip at ${at}: ${fault}`)),
  ).toEqual([]);
  const salvages = verdicts.flatMap(({ salvage }) => salvage ?? []);
  const recovered =
    salvages.reduce((sum, salvage) => sum + salvage.operations, 0) / (salvages.length * operations);
  const refused = verdicts.filter((verdict) => verdict.refused).length;
  console.log(
    `500 flips: ${500 - salvages.length - refused} harmless to the file, ${refused} refused by version, ${salvages.length} salvaged with ${(100 * recovered).toFixed(2)} % of the operations`,
  );
  expect(recovered).toBeGreaterThan(0.95);
});

test('an outbox whose first page is gone gives back every operation, also those that are only in the write-ahead log', () => {
  const source = join(home.dir, 'source.db');
  fillOutbox(source, 100);
  const { db } = openOutbox(source);
  for (let n = 101; n <= 120; n += 1)
    enqueue(db, {
      id: id(n),
      accountId: me,
      ticketId: id(1),
      intent: { kind: 'note', text: textOf(n), mentions: [] },
      createdAt: n,
      state: 'queued',
      seenThrough: null,
    });
  // As a killed process leaves it: the log is not written back.
  const path = join(home.dir, 'outbox.db');
  for (const suffix of ['', '-wal']) copyFileSync(source + suffix, path + suffix);
  db.close();
  // And the log's own header, so that SQLite cannot take the page from there.
  for (const [file, length] of [
    [path, 4096],
    [`${path}-wal`, 8],
  ] as const)
    writeFileSync(file, readFileSync(file).fill(0x55, 0, length));
  const opened = openOutbox(path);
  expect(opened.salvage).toMatchObject({ operations: 120, damaged: 0 });
  expect(
    openOperations(opened.db, me).filter((operation) => operation.intent.kind === 'note'),
  ).toHaveLength(20);
  expect(existsSync(opened.salvage?.file ?? '')).toBe(true);
  opened.db.close();
});

test('an outbox of the first version is upgraded with what waits in it, and a row that was damaged before stays unreadable', () => {
  const path = join(home.dir, 'outbox.db');
  const [first] = outboxMigrations;
  const old = openDatabase(path, 'precious', first ? [first] : []);
  for (let n = 1; n <= 50; n += 1) {
    const row = {
      id: id(n),
      account_id: me,
      ticket_id: id(1000),
      payload: JSON.stringify({ kind: 'reply', text: textOf(n) }),
    };
    old
      .prepare(
        "insert into operations (id, account_id, ticket_id, kind, payload, payload_version, sha256, state, created_at) values (@id, @account_id, @ticket_id, 'reply', @payload, 1, @sha256, 'queued', 1)",
      )
      .run({ ...row, sha256: n === 7 ? 'wrong' : hashV10(row) });
  }
  old.close();
  const { db, salvage } = openOutbox(path);
  expect(salvage).toBeNull();
  expect(openOperations(db, me).map((o) => [o.id, o.state, o.intent.kind])).toEqual(
    Array.from({ length: 50 }, (_, i) =>
      i === 6 ? [id(7), 'parked', 'unreadable'] : [id(i + 1), 'queued', 'reply'],
    ),
  );
  db.close();
});
