import { expect, test } from 'vitest';
import { createPagesAhead, type FeedPage } from '../../../../src/main/desk/feed/pages-ahead.ts';

interface Told {
  page: PromiseWithResolvers<FeedPage>;
  hint: PromiseWithResolvers<string | null>;
}

const raise = (why: string): never => {
  throw new Error(why);
};

/** Pages that come when the test says so; what was asked for, in its order. */
function pages(most: number) {
  const asked: string[] = [];
  const told = new Map<string, Told>();
  const ahead = createPagesAhead(
    (cursor) => {
      const one = {
        page: Promise.withResolvers<FeedPage>(),
        hint: Promise.withResolvers<string | null>(),
      };
      asked.push(cursor ?? 'first');
      told.set(cursor ?? 'first', one);
      return { page: one.page.promise, hint: one.hint.promise };
    },
    () => most,
  );
  const of = (cursor: string): Told => told.get(cursor) ?? raise(`${cursor} was not asked for`);
  const settle = async (): Promise<void> => {
    for (let n = 0; n < 10; n += 1) await Promise.resolve();
  };
  return {
    ahead,
    asked,
    settle,
    async hint(cursor: string, next: string | null) {
      of(cursor).hint.resolve(next);
      await settle();
    },
    async come(cursor: string, next: string | null) {
      of(cursor).hint.resolve(null);
      of(cursor).page.resolve({ hasMore: next !== null, nextCursor: next ?? 'end', rows: [] });
      await settle();
    },
    async fail(cursor: string) {
      of(cursor).hint.reject(new Error('no answer'));
      of(cursor).page.reject(new Error('no answer'));
      await settle();
    },
  };
}

test('a page is asked for once the one before it has come, so many ahead and no more', async () => {
  const { ahead, asked, come } = pages(2);
  const first = ahead.take(null);
  await come('first', 'b');
  await first;
  expect(asked).toEqual(['first', 'b']);
  await come('b', 'c');
  expect(asked).toEqual(['first', 'b', 'c']);
  await come('c', 'd');
  expect(asked).toEqual(['first', 'b', 'c']);
  expect(await ahead.take('b')).toEqual({ hasMore: true, nextCursor: 'c', rows: [] });
  expect(asked).toEqual(['first', 'b', 'c', 'd']);
  await come('d', null);
  await ahead.take('c');
  await ahead.take('d');
  expect(asked).toEqual(['first', 'b', 'c', 'd']);
});

test('a hint is followed before the page has been read', async () => {
  const { ahead, asked, hint } = pages(2);
  void ahead.take(null);
  await hint('first', 'b');
  await hint('b', 'c');
  await hint('c', 'd');
  expect(asked).toEqual(['first', 'b', 'c']);
});

test('what a wrong hint brought is not taken', async () => {
  const { ahead, asked, hint, come } = pages(1);
  void ahead.take(null);
  await hint('first', 'wrong');
  await come('first', 'b');
  const taken = ahead.take('b');
  await come('b', null);
  expect(await taken).toEqual({ hasMore: false, nextCursor: 'end', rows: [] });
  await come('wrong', 'more of it');
  expect(asked).toEqual(['first', 'wrong', 'b']);
});

test('without any ahead each is asked for when it is taken', async () => {
  const { ahead, asked, come } = pages(0);
  void ahead.take(null);
  await come('first', 'b');
  expect(asked).toEqual(['first']);
  void ahead.take('b');
  expect(asked).toEqual(['first', 'b']);
});

test('a refusal is heard by whoever takes the page, and asked again when it is taken again', async () => {
  const { ahead, asked, come, fail } = pages(2);
  void ahead.take(null);
  await come('first', 'b');
  await fail('b');
  await expect(ahead.take('b')).rejects.toThrow('no answer');
  const again = ahead.take('b');
  await come('b', null);
  await again;
  expect(asked).toEqual(['first', 'b', 'b']);
});

test('the end waits for what is under way and asks for nothing behind it', async () => {
  const { ahead, asked, hint, come, settle } = pages(2);
  void ahead.take(null);
  await hint('first', 'b');
  let ended = false;
  void ahead.end().then(() => {
    ended = true;
  });
  await come('first', 'b');
  expect(ended).toBe(false);
  await come('b', 'c');
  await settle();
  expect({ ended, asked }).toEqual({ ended: true, asked: ['first', 'b'] });
});
