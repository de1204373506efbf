import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../helpers/bundle.ts';
import { startApi, testPassword, type TestApi } from '../helpers/api.ts';
import { tempDir } from '../helpers/desk.ts';
import { networkFaults, startFaultyNetwork } from '../helpers/faulty-network.ts';
import { startApiProgram, type Running } from '../helpers/processes.ts';
import { compare } from './kill-loop.ts';

/** `npm run kill` sends more of them. */
const messages = Number(process.env['MESSAGES'] ?? 60);
const source = join(fileURLToPath(import.meta.url), '../desk-program.ts');
let program: string;
const home = tempDir();
let helper: TestApi;
let api: Running;
beforeAll(async () => {
  program = await bundle(source, 'network-desk');
  helper = await startApi();
  // The one that the desks talk to is a process of its own on the same database, with its usual
  // limits.
  api = await startApiProgram(helper.databaseUrl);
});
afterAll(async () => {
  await api.stop();
  await helper.close();
  home.remove();
});

// Side by side: a bad network makes a desk wait most of its time.
test.concurrent.each(networkFaults)(
  `${messages} messages through a network with %s: nothing lost, nothing twice, all in order`,
  async (fault) => {
    const customer = await helper.person('customer');
    const agent = await helper.person('staff');
    const tickets: string[] = [];
    for (let n = 0; n < 20; n += 1)
      tickets.push((await helper.ticket(customer, `Through a network with ${fault} ${n}`)).id);
    const network = await startFaultyNetwork(new URL(api.readyAt).origin, fault, 7);
    const dir = join(home.dir, fault);
    mkdirSync(dir);
    const committed = new Map<number, string>();
    const child = spawn(
      process.execPath,
      [
        program,
        dir,
        network.server,
        agent.email,
        testPassword,
        'burst',
        String(messages),
        ...tickets,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word, number, id] = line.split(' ');
      if (word === 'ready') network.spoil();
      if (word === 'committed') committed.set(Number(number), id ?? '');
    });
    const code = await new Promise<number | null>((done) => {
      child.on('close', done);
    });
    const result = await compare(helper, agent.id, committed);
    console.log(
      `${fault}: struck ${network.struck()} times, ${committed.size} messages; ${result.lost} lost, ${result.twice} twice, ${result.outOfOrder} out of order`,
    );
    await network.close();
    expect(network.struck()).toBeGreaterThan(10);
    expect([code, committed.size, result]).toEqual([
      0,
      messages,
      { arrived: messages, lost: 0, twice: 0, outOfOrder: 0, halfWritten: 0 },
    ]);
  },
);
