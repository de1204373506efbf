import { loadavg } from 'node:os';
import { apiBase } from '../../src/contract/wire/api.ts';
import { row } from '../../src/server/db/pool.ts';
import { copyThreadOf } from '../../src/main/desk/feed/copy-thread.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { systemClock } from '../../src/main/clock.ts';
import { openTestDesk, tempDir } from '../../tests/helpers/desk.ts';
import { addPerson } from '../api/client.ts';
import { startApiProcess } from '../api/process.ts';
import { show } from '../numbers.ts';
import { conditions, table, writeSection } from '../report.ts';
import { openShop, password, type Shop } from './shop.ts';

const atOnce = 40;

/**
 * `npm run bench -- volume`: what one conversation of 300 MB costs every desk, and the API's
 * memory.
 */
export async function benchVolume(): Promise<void> {
  const [load = 0] = loadavg();
  const shop = await openShop();
  try {
    const version = await row<{ v: string }>(
      shop.pool,
      "select current_setting('server_version') as v",
    );
    console.log('A full sync without the long conversation ...');
    const before = await fullSync(shop);
    console.log(`  ${JSON.stringify(before)}\nWriting the long conversation ...`);
    const { id, bytes } = await shop.fillOne();
    console.log(`  ${show(bytes / 1e6)} MB\nA full sync with it ...`);
    const after = await fullSync(shop);
    console.log(`  ${JSON.stringify(after)}\n${atOnce} reads at once ...`);
    const reads = await readAtOnce(shop, () => `/support/tickets/${id}/messages`);
    const parts = await readAtOnce(shop, () => `/support/tickets/${id}?order=desc&limit=200`);
    const pages = await readAtOnce(shop, () => '/support/sync?limit=200', 8);
    const text = [
      conditions(version?.v ?? 'unknown', load),
      `One conversation of ${show(bytes / 1e6)} MB of text beside 2,000 ordinary tickets. A ` +
        'row is a ticket or a message.',
      table(
        ['full sync of a desk', 'rows', 'seconds', 'ms a row', 'MB of text a second'],
        [
          [
            '2,000 tickets',
            show(before.rows),
            show(before.seconds),
            show((before.seconds * 1000) / before.rows),
            show(before.mb / before.seconds),
          ],
          [
            'and the long one',
            show(after.rows),
            show(after.seconds),
            show((after.seconds * 1000) / after.rows),
            show(after.mb / after.seconds),
          ],
        ],
      ),
      table(
        [
          `${atOnce} at once`,
          'answers of 200',
          'MB of JSON',
          'seconds',
          'most memory of the API, MB',
        ],
        [
          ['whole thread, 8 MB each', ...reads],
          ['newest 200 messages', ...parts],
          ['8 pages of a full copy each', ...pages],
        ],
      ),
    ].join('\n\n');
    console.log(`\n${text}`);
    writeSection('A conversation of 300 MB', text);
  } finally {
    await shop.stop();
  }
}

interface Synced {
  rows: number;
  mb: number;
  seconds: number;
}

/** A desk with its copy thread takes everything there is. */
async function fullSync(shop: Shop): Promise<Synced> {
  const api = await startApiProcess(shop.url);
  const home = tempDir();
  const desk = openTestDesk(
    home.dir,
    api.server,
    createMemorySecrets(),
    systemClock,
    undefined,
    copyThreadOf(new URL('../../src/main/copy.ts', import.meta.url)),
  );
  try {
    const began = performance.now();
    await desk.call('session.signIn', { email: shop.email, password });
    await desk.call('settings.set', { keep_closed_days: 'all' });
    await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
    const seconds = (performance.now() - began) / 1000;
    const found = await row<{ rows: number; mb: number }>(
      shop.pool,
      `select ((select count(*) from support_tickets) + count(*))::int as rows,
         sum(octets)::float8 / 1e6 as mb
       from support_messages`,
    );
    return { rows: found?.rows ?? 0, mb: found?.mb ?? 0, seconds };
  } finally {
    await desk.desk.close();
    home.remove();
    await api.stop();
  }
}

/**
 * Lets forty readers read at once from a separate API, each `times` answers one after the other
 * where they have a cursor.
 */
export async function readAtOnce(shop: Shop, first: () => string, times = 1): Promise<string[]> {
  const api = await startApiProcess(shop.url);
  const person = await addPerson(shop.pool, api.server, 'staff');
  try {
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: atOnce }, () => drain(api.server, person.token, first(), times)),
    );
    const seconds = (performance.now() - began) / 1000;
    const { rssMb } = await api.usage();
    const all = answers.flat();
    return [
      `${all.filter(({ status }) => status === 200).length} of ${all.length}`,
      show(all.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6),
      show(seconds),
      show(rssMb),
    ];
  } finally {
    person.close();
    await api.stop();
  }
}

async function drain(
  server: string,
  token: string,
  path: string,
  times: number,
): Promise<{ status: number; bytes: number }[]> {
  const seen: { status: number; bytes: number }[] = [];
  let next = path;
  for (let n = 0; n < times; n += 1) {
    const response = await fetch(server + apiBase + next, {
      headers: { authorization: `Bearer ${token}` },
    });
    let bytes = 0;
    for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
    seen.push({ status: response.status, bytes });
    // The page behind it is named before the page is read.
    const link = /^<([^>]+)>/.exec(response.headers.get('link') ?? '')?.[1];
    if (link === undefined) break;
    next = link.slice(apiBase.length);
  }
  return seen;
}
