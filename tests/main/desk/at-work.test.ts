import { expect, test } from 'vitest';
import type { StoredAccount } from '../../../src/main/desk/areas/session/accounts.ts';
import { createAtWork } from '../../../src/main/desk/at-work.ts';
import type { SignedIn } from '../../../src/main/desk/signed-in.ts';

const account = { key: 'one', account: { id: 'maya' } } as StoredAccount;

/** Stays that count how many are open at once; closing one takes a turn of the event loop. */
function countedStays() {
  const open = { now: 0, most: 0 };
  const stay = (): SignedIn => {
    open.now += 1;
    open.most = Math.max(open.most, open.now);
    const parts = {
      sync: { start: () => undefined },
      cache: { file: null, unclean: false },
      held: { left: () => [], sendLeft: () => undefined },
      async close() {
        await new Promise((done) => {
          setImmediate(done);
        });
        open.now -= 1;
      },
    };
    // The rest of a stay is no part of opening and closing it.
    return parts as unknown as SignedIn;
  };
  return { open, stay };
}

function atWorkOn(stay: () => SignedIn) {
  return createAtWork({
    cachePath: 'no-such-cache.db',
    checkFile: undefined,
    open: stay,
    reading: () => false,
    onOpened: () => undefined,
    onRefused(error) {
      throw error;
    },
    onFault(error) {
      throw error;
    },
  });
}

test('whatever opens an account again at the same time, one stay of it is open', async () => {
  const { open, stay } = countedStays();
  const atWork = atWorkOn(stay);
  atWork.enter(account);
  const reopen = () =>
    atWork.inTurn(async () => {
      await atWork.leave();
      atWork.enterAgain(account);
    });
  await Promise.all([reopen(), atWork.renewCache(), reopen()]);
  expect(open).toEqual({ now: 1, most: 1 });
});

test('a desk that is closed while an account is opened again ends with none open', async () => {
  const { open, stay } = countedStays();
  const atWork = atWorkOn(stay);
  atWork.enter(account);
  // A call that comes too late is refused.
  await Promise.allSettled([atWork.renewCache(), atWork.close(), atWork.renewCache()]);
  expect(open.now).toBe(0);
});
