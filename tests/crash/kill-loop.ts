import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { seeded } from '../../src/server/demo/random.ts';
import { testPassword, type TestApi } from '../helpers/api.ts';
import { bundle } from '../helpers/bundle.ts';

export interface KillResult {
  kills: number;
  /** Actions for which the desk had answered. */
  committed: number;
  /** Messages on the server at the end. */
  arrived: number;
  lost: number;
  twice: number;
  outOfOrder: number;
  /** On the server, or among what the desk answered for, with another text than was written. */
  halfWritten: number;
}

const source = join(fileURLToPath(import.meta.url), '../desk-program.ts');
let built: Promise<string> | null = null;
const longestLifeMs = 300;

/**
 * Kills a writing desk `kills` times without warning (SIGKILL), lets a last one send what is left
 * and compares with the server's tables.
 */
export async function runKillLoop(
  api: TestApi,
  dir: string,
  { kills, seed }: { kills: number; seed: number },
): Promise<KillResult> {
  const random = seeded(seed);
  mkdirSync(dir, { recursive: true });
  built ??= bundle(source, 'desk-program');
  const program = await built;
  const customer = await api.person('customer');
  const agent = await api.person('staff');
  const tickets: string[] = [];
  for (let n = 0; n < 7; n += 1)
    tickets.push((await api.ticket(customer, `Killed while answering ${n}`)).id);
  const committed = new Map<number, string>();
  let next = 0;

  async function live(mode: 'write' | 'drain'): Promise<void> {
    const child = spawn(
      process.execPath,
      [program, dir, api.server, agent.email, testPassword, mode, String(next), ...tickets],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise<void>((done, fail) => {
      child.on('close', (code) => {
        if (code === 0 || code === null) done();
        else fail(new Error(`The desk ended by itself, with ${code}`));
      });
    });
    let killer: NodeJS.Timeout | null = null;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word, number, id] = line.split(' ');
      if (word === 'ready' && mode === 'write')
        killer = setTimeout(() => {
          child.kill('SIGKILL');
        }, random() * longestLifeMs);
      if (word === 'committed') committed.set(Number(number), id ?? '');
    });
    await ended;
    if (killer) clearTimeout(killer);
    // The one that was being written when the desk died may be there as well; its number is not
    // used again.
    next = Math.max(next, ...committed.keys()) + 2;
  }

  for (let n = 0; n < kills; n += 1) await live('write');
  await live('drain');
  return { kills, committed: committed.size, ...(await compare(api, agent.id, committed)) };
}

/**
 * What the server's tables have of what the desk had answered for: number of the message to
 * operation id.
 */
export async function compare(
  api: Pick<TestApi, 'pool'>,
  agentId: string,
  committed: ReadonlyMap<number, string>,
): Promise<Omit<KillResult, 'kills' | 'committed'>> {
  const { rows } = await api.pool.query<{ ticket_id: string; message: string; client_id: string }>(
    'select ticket_id, message, client_id from support_messages where staff_id = $1 order by created_at, id',
    [agentId],
  );
  const numbers = rows.map(({ message }) =>
    Number(/^message (\d+) on its way$/.exec(message)?.[1] ?? NaN),
  );
  const seen = new Map<string, number>();
  for (const { client_id } of rows) seen.set(client_id, (seen.get(client_id) ?? 0) + 1);
  const last = new Map<string, number>();
  let outOfOrder = 0;
  for (const [i, { ticket_id }] of rows.entries()) {
    const n = numbers[i] ?? NaN;
    if (n < (last.get(ticket_id) ?? -1)) outOfOrder += 1;
    last.set(ticket_id, n);
  }
  const texts = new Set(numbers);
  return {
    arrived: rows.length,
    lost: [...committed.values()].filter((id) => !seen.has(id)).length,
    twice: [...seen.values()].filter((times) => times > 1).length + (rows.length - texts.size),
    outOfOrder,
    halfWritten:
      numbers.filter((n) => Number.isNaN(n)).length +
      [...committed].filter(([n, id]) =>
        rows.some((row, i) => row.client_id === id && numbers[i] !== n),
      ).length,
  };
}
