import { existsSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { systemClock } from '../../src/main/clock.ts';
import { openDesk } from '../../src/main/desk/desk.ts';
import type { SecretStore } from '../../src/main/desk/areas/session/secrets.ts';

/**
 * A real desk in a process of its own that is made to be killed: it writes replies and notes
 * without pause and says each one on stdout once the desk has answered for it. `drain` only waits
 * until everything has gone out; `burst` writes first, as many as `number`, which is that of the
 * first one otherwise.
 */
const [
  dataDir = '',
  server = '',
  email = '',
  password = '',
  mode = '',
  number = '0',
  ...ticketIds
] = process.argv.slice(2);

/** Tokens in a file, so that a killed desk need not ask for its sign-in. */
function fileSecrets(path: string): SecretStore {
  const read = (): Record<string, string> =>
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
  const save = (secrets: Record<string, string>): Promise<void> => {
    writeFileSync(`${path}.new`, JSON.stringify(secrets));
    renameSync(`${path}.new`, path);
    return Promise.resolve();
  };
  return {
    kind: 'os',
    get: (account) => Promise.resolve(read()[account] ?? null),
    set: (account, secret) => save({ ...read(), [account]: secret }),
    remove: (account) =>
      save(Object.fromEntries(Object.entries(read()).filter(([name]) => name !== account))),
  };
}

// The desk's own timers keep no process alive.
setInterval(() => undefined, 60_000);
const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};

// Waiting between tries is not what a bad network is tried for.
const random = mode === 'burst' ? () => Math.random() / 64 : Math.random;
const desk = openDesk({
  dataDir,
  server,
  clock: systemClock,
  random,
  secrets: fileSecrets(join(dataDir, 'secrets.json')),
  standIn: null,
});
const { handlers } = desk;
if ((await handlers['session.get']({})).account === null) {
  await handlers['session.signIn']({ email, password });
  await handlers['settings.set']({ undo_seconds: 0 });
}
// The tickets must be here before anything can be said on them.
const here = async (): Promise<string[]> =>
  (
    await handlers['tickets.list']({
      view: 'all',
      filter: {},
      sort: 'newest',
      after: null,
      limit: 1000,
    })
  ).rows.map(({ id }) => id);
for (let found = await here(); !ticketIds.every((id) => found.includes(id)); found = await here())
  await turn();
say('ready');

async function write(n: number): Promise<void> {
  const ticket_id = ticketIds[n % ticketIds.length] ?? '';
  const { operation_id } = await handlers['compose.send']({
    ticket_id,
    kind: n % 3 === 0 ? 'note' : 'reply',
    text: `message ${n} on its way`,
  });
  say(`committed ${n} ${operation_id}`);
}

if (mode !== 'write') {
  if (mode === 'burst') for (let n = 1; n <= Number(number); n += 1) await write(n);
  // To list what waits costs as much as there is of it, and is asked for at each event.
  const isAllOut = async (): Promise<boolean> =>
    (await handlers['sync.get']({})).waiting === 0 &&
    (await handlers['outbox.list']({})).length === 0;
  while (!(await isAllOut())) {
    const { state } = await handlers['session.get']({});
    if (state !== 'signed-in') throw new Error(`Nothing goes out any more: ${state}`);
    await new Promise<void>((done) => {
      const end = desk.events.listen(() => {
        end();
        done();
      });
    });
  }
  await desk.close();
  say('drained');
  process.exit(0);
} else {
  for (let n = Number(number); ; n += 1) {
    await write(n);
    // Lets the engine send in between; without it a kill would only ever meet the outbox.
    for (let i = 0; i < 20; i += 1) await turn();
  }
}
