import { expect, test } from 'vitest';
import { createOneAtATime } from '../../../../src/main/desk/feed/one-at-a-time.ts';

const turn = (): Promise<void> =>
  new Promise((done) => {
    setImmediate(done);
  });

function setUp() {
  const ends: ((error?: Error) => void)[] = [];
  const seen: string[] = [];
  let runs = 0;
  const work = createOneAtATime({
    run() {
      runs += 1;
      return new Promise((done, fail) => {
        ends.push((error) => {
          if (error) fail(error);
          else done();
        });
      });
    },
    onIdle: () => {
      seen.push('idle');
    },
    onFault: (error) => {
      seen.push(String(error));
    },
  });
  const end = async (error?: Error): Promise<void> => {
    ends.shift()?.(error);
    await turn();
  };
  return { work, end, seen, runs: () => runs };
}

test('what is asked for during a run is done once, behind it', async () => {
  const { work, end, seen, runs } = setUp();
  for (let n = 0; n < 3; n += 1) work.ask();
  expect(runs()).toBe(1);
  await end();
  expect([runs(), seen]).toEqual([2, []]);
  await end();
  expect([runs(), seen]).toEqual([2, ['idle']]);
});

test('a run that fails is told of, and the next one begins as after any', async () => {
  const { work, end, seen, runs } = setUp();
  work.ask();
  work.ask();
  await end(new Error('the disk is full'));
  expect([runs(), seen]).toEqual([2, ['Error: the disk is full']]);
});

test('what was asked for can be forgotten', async () => {
  const { work, end, runs } = setUp();
  work.ask();
  work.ask();
  work.forgetAsked();
  await end();
  expect(runs()).toBe(1);
});

test('nothing runs once it is stopped', async () => {
  const { work, end, runs } = setUp();
  work.ask();
  work.ask();
  const stopped = work.stop();
  await end();
  await stopped;
  work.ask();
  expect(runs()).toBe(1);
});
