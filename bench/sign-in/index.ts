import type { BenchOptions } from '../../scripts/options.ts';
import { apiBase } from '../../src/contract/wire/api.ts';
import { addUser } from '../../src/server/areas/people/users.ts';
import { buildApi } from '../../src/server/app.ts';
import { openBenchDatabase } from '../data.ts';

const tries = 1_000;
const warmUp = 20;

/**
 * `npm run bench -- sign-in`: how far an unknown account, a closed one and one without a password
 * can be told from a wrong password by time.
 */
export async function benchSignIn({ size }: BenchOptions): Promise<void> {
  const database = await openBenchDatabase(size);
  try {
    const api = await buildApi({
      databaseUrl: database.url,
      limits: { loginPerAccount: 1e6, loginPerAddress: 1e6, perAddress: 1e6 },
    });
    const add = async (name: string): Promise<string> => {
      const email = `${name}.${process.pid}@example.test`;
      await addUser(api.pool, { email, name, role: 'staff', password: null });
      return email;
    };
    const emails = {
      wrong: await add('wrong'),
      unknown: 'nobody@example.test',
      closed: await add('closed'),
      passwordless: await add('passwordless'),
    };
    await api.pool.query('update users set is_active = false where email = $1', [emails.closed]);
    await api.pool.query('update users set hashed_password = null where email = $1', [
      emails.passwordless,
    ]);
    const times: Record<keyof typeof emails, number[]> = {
      wrong: [],
      unknown: [],
      closed: [],
      passwordless: [],
    };
    const names = Object.keys(emails) as (keyof typeof emails)[];
    for (let n = 0; n < warmUp + tries; n += 1) {
      // Which comes first changes, so that none is always the one after a pause.
      for (const name of [...names.slice(n % names.length), ...names.slice(0, n % names.length)]) {
        const began = performance.now();
        await api.app.inject({
          method: 'POST',
          url: `${apiBase}/auth/login`,
          payload: { email: emails[name], password: 'not the password' },
        });
        if (n >= warmUp) times[name].push(performance.now() - began);
      }
    }
    await api.close();
    const base = median(times.wrong);
    const apart = names
      .slice(1)
      .map((name) => `${name} ${((median(times[name]) / base - 1) * 100).toFixed(2)} %`);
    console.log(
      `A refused sign-in, median of ${tries}: wrong password ${base.toFixed(1)} ms; apart from it: ${apart.join(', ')}`,
    );
  } finally {
    await database.stop();
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
