import { expect, test } from 'vitest';
import { ApiError } from '../../../../src/main/desk/feed/api-error.ts';
import { partsOf } from '../../../../src/main/desk/feed/long-answers.ts';

interface Answer {
  rows: number[];
  next_cursor?: string;
}

/** What a reader gets of a server that answers these, and how often it asked. */
async function read(
  answerTo: (cursor: string | undefined, asked: number) => Answer,
): Promise<{ rows: number[]; asked: number; failure: unknown }> {
  const rows: number[] = [];
  let asked = 0;
  try {
    for await (const part of partsOf(
      (cursor) => Promise.resolve(answerTo(cursor, (asked += 1))),
      (answer) => answer.rows.length,
    ))
      rows.push(...part.rows);
    return { rows, asked, failure: null };
  } catch (error) {
    return { rows, asked, failure: error instanceof ApiError ? error.failure : error };
  }
}
const stuck = { kind: 'bad-answer', why: 'a list that does not go on' };

test('a list is read to its end, whatever its parts hold, and a server without parts is asked once', async () => {
  expect(
    await read((cursor) =>
      cursor === 'b'
        ? { rows: [3] }
        : cursor === 'a'
          ? { rows: [2], next_cursor: 'b' }
          : { rows: [0, 1], next_cursor: 'a' },
    ),
  ).toEqual({ rows: [0, 1, 2, 3], asked: 3, failure: null });
  expect(await read(() => ({ rows: [] }))).toEqual({ rows: [], asked: 1, failure: null });
});

test('a list that would never end is a bad answer: the same cursor again, two that take turns, parts with nothing in them', async () => {
  expect(await read(() => ({ rows: [1], next_cursor: 'same' }))).toMatchObject({
    asked: 2,
    failure: stuck,
  });
  expect(
    await read((_, asked) => ({ rows: [1], next_cursor: asked % 2 === 0 ? 'even' : 'odd' })),
  ).toMatchObject({ asked: 3, failure: stuck });
  expect(await read((_, asked) => ({ rows: [], next_cursor: `${asked}` }))).toMatchObject({
    asked: 1,
    failure: stuck,
  });
  const endless = await read((_, asked) => ({ rows: [1], next_cursor: `${asked}` }));
  expect(endless.failure).toEqual(stuck);
  expect(endless.asked).toBeLessThan(10_000);
});
