import { expect, test } from 'vitest';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { writeMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import type { Auth } from '../../../../src/main/desk/areas/session/auth.ts';
import { createWorkingSet } from '../../../../src/main/desk/feed/working-set.ts';
import { useCache } from '../../../helpers/cache.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

const cacheOf = useCache();

test('a database that cannot be asked which threads are short is told of, and no promise is left that nobody hears', async () => {
  const cache = cacheOf();
  writeMeta(cache, 'level', '2');
  const held = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
  const refuses: WriteDb = {
    ...cache,
    prepare: (sql: string) => {
      if (sql.includes('threads_partial')) throw held;
      return cache.prepare(sql);
    },
  };
  const faults: unknown[] = [];
  const workingSet = createWorkingSet({
    // Nothing is asked of the server before the threads are known.
    cache: refuses,
    auth: {} as Auth,
    clock: createFakeClock(),
    time: { trusted: () => null, now: () => 0 },
    readThrough: () => 0,
    wishes: { choice: () => 'all', inUse: () => new Set() },
    on: {
      changed: () => undefined,
      wanted: () => undefined,
      fault: (error) => {
        faults.push(error);
      },
    },
  });
  workingSet.caughtUp();
  await workingSet.stop();
  expect(faults).toEqual([held]);
});
