import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import {
  startEmbeddedPostgres,
  type EmbeddedDatabase,
} from '../../../src/server/postgres/embedded.ts';
import {
  clusterOf,
  openSystemFolder,
  removeLeftovers,
} from '../../../src/server/postgres/places.ts';
import { runningPostmaster } from '../../../src/server/postgres/postmaster.ts';
import { processTree, stillRunning } from '../../helpers/process-tree.ts';

const isRoot = process.getuid?.() === 0;
const top = join(import.meta.dirname, '../../..');
/** Closed to others, with a blank: as root's home, or what mktemp makes. */
const base = mkdtempSync(join(tmpdir(), 'staffdesk embedded-'));
chmodSync(base, 0o700);
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
  if (isRoot) removeLeftovers();
});

let made = 0;
const freshHome = (): string => join(base, `home ${(made += 1)}`);
const start = (dir: string, share = false): Promise<EmbeddedDatabase> =>
  startEmbeddedPostgres({ dir, throwaway: true, share });

async function ask(database: EmbeddedDatabase, sql: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.url('postgres') });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.map((row: unknown[]) =>
      String(row[0]),
    );
  } finally {
    await client.end();
  }
}

/** The API as a process of its own on the embedded database. */
function spawnApi(dir: string, args: string[] = []) {
  return spawn(process.execPath, [join(top, 'src/server/listen.ts'), '--data', dir, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function outputOf(
  child: ReturnType<typeof spawnApi>,
): Promise<{ code: number | null; said: string }> {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise<number | null>((done) => {
    child.on('close', done);
  });
  return { code, said };
}

/** All files below a folder, with their modes. */
function filesIn(folder: string): { path: string; mode: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => ({ path, mode: statSync(path).mode & 0o777 }));
}

test('what is kept is there after the next start, no folder that was there has another mode, and all that was made is for its owner alone', async () => {
  const home = freshHome();
  const first = await start(home);
  await ask(first, 'create table kept as select 1 as one');
  await first.stop();
  const second = await start(home);
  expect(await ask(second, 'select one from kept')).toEqual(['1']);
  expect(statSync(base).mode & 0o777).toBe(0o700);
  for (const { path, mode } of filesIn(clusterOf(home))) expect(mode & 0o077, path).toBe(0);
  await second.remove();
  expect(existsSync(home)).toBe(false);
});

test('a lost password is made again; the database is the same', async () => {
  const home = freshHome();
  const first = await start(home);
  await ask(first, 'create table kept as select 1 as one');
  const old = first.url('postgres');
  await first.stop();
  rmSync(join(home, 'password'));
  const second = await start(home);
  expect(await ask(second, 'select one from kept')).toEqual(['1']);
  expect(new URL(second.url('postgres')).password).not.toBe(new URL(old).password);
  await second.remove();
});

test('the data belongs to one process at a time; another is told which, or works beside it where it only adds something', async () => {
  const home = freshHome();
  const first = await start(home);
  await expect(start(home)).rejects.toThrow(
    new RegExp(`is in use by process ${process.pid}\\. Stop that server first`),
  );
  const shared = await start(home, true);
  expect(shared.url('postgres')).toBe(first.url('postgres'));
  await shared.stop();
  expect(await ask(first, 'select 1')).toEqual(['1']);
  await first.remove();
});

test('user add works beside the running API, with the name that is given; a second API is refused with a sentence', async () => {
  const dir = freshHome();
  const api = spawnApi(dir, ['--port', '0']);
  await new Promise<void>((done) => {
    api.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Support API ready:')) done();
    });
  });
  const add = await outputOf(
    spawn(
      process.execPath,
      [
        join(top, 'src/server/listen.ts'),
        'user',
        'add',
        '--data',
        dir,
        '--email',
        'dana@example.test',
        '--name',
        'Dana Okafor',
        '--role',
        'customer',
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    ),
  );
  expect(add).toEqual({
    code: 0,
    said: expect.stringMatching(/^Added dana@example\.test \(customer\)\. Password: /),
  });
  const second = await outputOf(spawnApi(dir, ['--port', '0']));
  expect(second).toEqual({
    code: 1,
    said: expect.stringContaining(`in use by process ${api.pid}`),
  });
  expect(second.said).not.toMatch(/remove|delete/i);
  const gone = new Promise((done) => {
    api.on('exit', done);
  });
  api.kill('SIGTERM');
  await gone;
  const database = await start(join(dir, 'postgres'));
  const client = new pg.Client({ connectionString: database.url('support') });
  await client.connect();
  expect((await client.query('select full_name, role from users')).rows).toEqual([
    { full_name: 'Dana Okafor', role: 'customer' },
  ]);
  await client.end();
  await database.remove();
});

describe.runIf(process.platform === 'linux')('a start that is killed', () => {
  test('while the cluster is made leaves no secret that others can read, and the next one makes it again', async () => {
    const dir = freshHome();
    const home = join(dir, 'postgres');
    const before = new Set(readdirSync(tmpdir()));
    const child = spawnApi(dir, ['--port', '0']);
    // initdb runs: its folder is there, and the cluster is not.
    const making = (): string | undefined =>
      [home, clusterOf(home).replace(/\/cluster$/, '')].flatMap((folder) =>
        existsSync(folder)
          ? readdirSync(folder)
              .filter((name) => name.startsWith('making-'))
              .map((name) => join(folder, name))
          : [],
      )[0];
    await expect
      .poll(
        () => {
          const path = making();
          return path !== undefined && readdirSync(path).length > 0;
        },
        { interval: 2 },
      )
      .toBe(true);
    const tree = processTree(child.pid ?? 0);
    child.kill('SIGKILL');
    const password = readFileSync(join(home, 'password'), 'utf8');
    expect(password.length).toBeGreaterThan(20);
    expect(tree.map(({ command }) => command).join('\n')).not.toContain(password);
    for (const name of readdirSync(tmpdir()).filter(
      (each) => !before.has(each) && each.startsWith('pg-'),
    ))
      expect(name).toBe('no file of a password');
    for (const { path, mode } of [...filesIn(dir), ...filesIn(making() ?? home)])
      expect(mode & 0o077, path).toBe(0);
    await expect.poll(() => stillRunning(tree)).toEqual([]);
    expect(existsSync(clusterOf(home))).toBe(false);
    const next = await start(home);
    expect(await ask(next, 'select 1')).toEqual(['1']);
    expect(making()).toBeUndefined();
    await next.remove();
  });

  test('while it runs takes PostgreSQL with it; where that was not possible the next start does', async () => {
    const dir = freshHome();
    const home = join(dir, 'postgres');
    const child = spawnApi(dir, ['--port', '0']);
    await new Promise<void>((done) => {
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Support API ready:')) done();
      });
    });
    const tree = processTree(child.pid ?? 0);
    const guard = tree.find(({ command }) => command.startsWith('/bin/sh -c read'));
    process.kill(guard?.pid ?? 0, 'SIGKILL');
    const gone = new Promise((done) => {
      child.on('exit', done);
    });
    child.kill('SIGKILL');
    await gone;
    const orphan = runningPostmaster(clusterOf(home));
    expect(orphan?.ready).toBe(true);
    const next = await start(home);
    expect(stillRunning(tree)).toEqual([]);
    await next.remove();
  });

  test('by an earlier version while it made a cluster is made good; what was there is set aside', async () => {
    const home = freshHome();
    const cluster = join(home, 'cluster');
    mkdirSync(join(cluster, 'base'), { recursive: true });
    writeFileSync(join(cluster, 'PG_VERSION'), '18\n');
    const database = await start(home);
    expect(await ask(database, 'select 1')).toEqual(['1']);
    await database.remove();
  });
});

test('files that PostgreSQL cannot use are told with its reason, and stay', async () => {
  const home = freshHome();
  const first = await start(home);
  await first.stop();
  const cluster = clusterOf(home);
  writeFileSync(join(cluster, 'PG_VERSION'), '12\n');
  await expect(start(home)).rejects.toThrow(
    /PostgreSQL did not start on .*database files are incompatible.*Nothing in that folder was removed/s,
  );
  expect(existsSync(join(cluster, 'base'))).toBe(true);
  writeFileSync(join(cluster, 'PG_VERSION'), '18\n');
  await (await start(home)).remove();
});

describe.runIf(isRoot)('as root the files are in a place of the system, which', () => {
  const placeOf = (home: string): string => join(clusterOf(home), '..');
  const persistent = (dir: string): Promise<EmbeddedDatabase> => startEmbeddedPostgres({ dir });

  test("is not the data folder, belongs to root, and lets PostgreSQL's user alone into the files", async () => {
    const home = freshHome();
    const database = await start(home);
    const place = placeOf(home);
    expect(place.startsWith(base)).toBe(false);
    expect(statSync(place)).toMatchObject({ uid: 0 });
    expect(statSync(place).mode & 0o777).toBe(0o711);
    const cluster = statSync(clusterOf(home));
    expect(cluster.uid).not.toBe(0);
    expect(cluster.mode & 0o777).toBe(0o700);
    await database.remove();
    expect(existsSync(place)).toBe(false);
  });

  test('goes with a data folder that is moved, is copied with one that is copied, and is removed with one that is removed', async () => {
    const home = freshHome();
    const first = await persistent(home);
    await ask(first, 'create table kept as select 1 as one');
    await first.stop();
    const place = placeOf(home);
    const moved = freshHome();
    renameSync(home, moved);
    removeLeftovers();
    const second = await persistent(moved);
    expect(await ask(second, 'select one from kept')).toEqual(['1']);
    expect(placeOf(moved)).toBe(place);
    await second.stop();
    const copied = freshHome();
    cpSync(moved, copied, { recursive: true });
    const third = await persistent(copied);
    expect(await ask(third, 'select one from kept')).toEqual(['1']);
    const other = placeOf(copied);
    expect(other).not.toBe(place);
    await third.stop();
    rmSync(moved, { recursive: true });
    removeLeftovers();
    expect([existsSync(place), existsSync(other)]).toEqual([false, true]);
    rmSync(copied, { recursive: true });
    removeLeftovers();
    expect(existsSync(other)).toBe(false);
  });

  test('is not looked for where a note points to something else, and a missing one is said', async () => {
    const home = freshHome();
    mkdirSync(home, { recursive: true });
    for (const folder of ['/etc', '/var/lib/staffdesk/place-none']) {
      writeFileSync(join(home, 'elsewhere'), `${folder}\n${home}\nlinked\n`);
      await expect(start(home)).rejects.toThrow(`was in ${folder}, which is no longer there`);
    }
  });

  test('is not made in a folder that others can write or have put a link for', () => {
    const open = join(base, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const link = join(base, 'link');
    symlinkSync('/etc', link);
    const good = join(base, 'good');
    expect(openSystemFolder([open, link, join(base, 'none/deeper'), good])).toBe(good);
    expect(() => openSystemFolder([open, link])).toThrow(/--database-url/);
  });
});

test.skipIf(isRoot)('data that root made is left to root, with a sentence', async () => {
  const home = freshHome();
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'elsewhere'), '');
  await expect(start(home)).rejects.toThrow(/was made as root/);
});
