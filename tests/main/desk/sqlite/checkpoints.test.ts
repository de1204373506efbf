import { beforeEach, expect, test } from 'vitest';
import { writeMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { createCheckpoints } from '../../../../src/main/desk/sqlite/checkpoints.ts';
import { useCache } from '../../../helpers/cache.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

const cacheOf = useCache();
let db: WriteDb;
beforeEach(() => {
  db = cacheOf();
});

/** Pages of the log that are not in the file yet; asking takes none over. */
function waiting(): number {
  const state = db
    .prepare<[], { log: number; checkpointed: number }>('pragma wal_checkpoint(noop)')
    .get();
  return (state?.log ?? 0) - (state?.checkpointed ?? 0);
}

test('the log goes into the file once nothing has been written for a while, and not while a copy runs', () => {
  const clock = createFakeClock();
  let busy = false;
  const checkpoints = createCheckpoints({ clock, databases: [db], busy: () => busy });
  const write = (value: string): void => {
    writeMeta(db, 'cursor', value);
    checkpoints.written();
  };
  write('one');
  clock.advance(1_000);
  write('two');
  clock.advance(1_000);
  expect(waiting()).toBeGreaterThan(0);
  clock.advance(2_000);
  expect(waiting()).toBe(0);

  busy = true;
  write('three');
  clock.advance(10_000);
  expect(waiting()).toBeGreaterThan(0);
  busy = false;
  write('four');
  clock.advance(2_000);
  expect(waiting()).toBe(0);

  // What ends last may still write: by the time its turn came the files would be closed.
  checkpoints.stop();
  write('five');
  clock.advance(10_000);
  expect(waiting()).toBeGreaterThan(0);
});
