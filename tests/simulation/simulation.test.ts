import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCrew } from './crew.ts';
import { forbidRealWorld } from './guard.ts';
import { mutations, patched } from './mutations.ts';
import { readRanges, writeRanges } from './shrink.ts';
import { isFault, planSteps } from './steps.ts';
import type { Report } from './worker.ts';

const top = join(import.meta.dirname, '../..');
const steps = 200;

const replayLine = ({ seed, failure }: Report): string =>
  `${failure?.check}: ${failure?.detail} -- npm run sim -- --seed ${seed} --histories 1 --steps ${steps}`;

test('the same seed gives the same trace twice, another seed another one', async () => {
  const run = async (seed: number): Promise<string[]> =>
    (await runCrew({ firstSeed: seed, histories: 2, steps })).map((report) => report.hash);
  const [first, second, other] = [await run(1_000), await run(1_000), await run(2_000)];
  expect(second).toEqual(first);
  expect(new Set([...first, ...other]).size).toBe(4);
});

test('real time and chance are refused in a simulation', () => {
  const breaches: string[] = [];
  const allow = forbidRealWorld((error) => {
    breaches.push(error.message);
  });
  try {
    for (const use of [
      () => Date.now(),
      () => new Date(),
      () => Math.random(),
      () => setTimeout(() => undefined, 1),
      () => setInterval(() => undefined, 1),
      () => crypto.randomUUID(),
    ])
      expect(use).toThrow(/simulation/);
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  } finally {
    allow();
  }
  expect(breaches).toHaveLength(6);
});

/** Each shrunk to the steps that it took, as the plan of its seed names them. */
const failedOnce: [what: string, seed: number, keep: string][] = [
  [
    'a level-1 reply went out again from an older copy of the files, and stood there twice',
    30_432,
    '42-43,47,49-50,66,68,114,123',
  ],
  [
    'two stays of one account at once, after a swapped cache on a disk that failed',
    30_455,
    '16-17,20,23,47,68-77,86-93,110-117,120-121,125',
  ],
  [
    'what a server had lost was not offered, because the outbox could not be written just then',
    31_452,
    '0,5,13,16,18,85,96,149-153,161-162,164-170',
  ],
  [
    'a sign-in that failed on a full disk left a timer, which looked into a closed database',
    41_005,
    '6,8,12,21,26-27,31,34',
  ],
  [
    'a reply that was queued was refused, because its undo window could not be read after the commit',
    32_775,
    '1,5-6',
  ],
  ['the answer to one change, repeated for the next', 37_934, '68,73,77-78,80-81,87,101,108'],
  [
    'a sign-in that a held file refused worked later, without the agent and at another server',
    37_295,
    '2,14-15,18-31,34-49',
  ],
  [
    'a server was taken for a new one as its capabilities were refused, and its work was out of sight',
    32_662,
    '18,50,59,74,92,99,133-134',
  ],
  [
    'a page of a full sync gave a message the id of a lost one, was believed, and hid that message',
    36_453,
    '79,85,112,117',
  ],
  [
    'a page of a full sync took the id of a message whose ticket was not in that sync',
    33_308,
    '11,15-16,62-74,125-128,133-144',
  ],
  [
    'a deleted note came back with the repeated answer to it, after the full sync that lacked it',
    37_417,
    '18,50-51,54,56,65,68-70,72,105,107-108,119,125,135-136',
  ],
  [
    'the answer to a change was too old for ever, after an older outbox and a repeated answer',
    37_353,
    '0,6,10,57,60-63,68-77,79-87,99-101,104,134,147',
  ],
];

test.each(failedOnce)('a history that failed once: %s', async (_, seed, keep) => {
  const job = { firstSeed: seed, histories: 1, steps, keep: readRanges(keep), workers: 1 };
  const reports = await runCrew(job);
  expect(reports.map(({ failure }) => failure)).toEqual([null]);
});

describe('the plan of a history', () => {
  test('begins with the plan of a shorter one, so that a failing history can be cut', () => {
    expect(planSteps(7, 200).slice(0, 50)).toEqual(planSteps(7, 50));
  });

  test('has at least 15 % of faults', () => {
    for (let seed = 1; seed <= 300; seed += 1)
      expect(
        planSteps(seed, steps).filter(({ kind }) => isFault(kind)).length,
      ).toBeGreaterThanOrEqual(0.15 * steps);
  });

  test('is named in ranges that are read back as they were', () => {
    expect(writeRanges([1, 2, 3, 7, 9, 10])).toBe('1-3,7,9-10');
    expect(readRanges('1-3,7,9-10')).toEqual([1, 2, 3, 7, 9, 10]);
    expect(readRanges('none')).toEqual([]);
  });
});

describe('the seeded bugs', () => {
  test.each(mutations.map((mutation) => [mutation.bug, mutation] as const))(
    'still fit the source: %s',
    (_, { edits }) => {
      for (const file of new Set(edits.map((edit) => edit.file))) {
        const source = readFileSync(join(top, file), 'utf8');
        expect(
          patched(
            source,
            edits.filter((edit) => edit.file === file),
          ),
        ).not.toBe(source);
      }
    },
  );

  test('one is caught, shrunk to a few steps, and fails again in the same way when only those are replayed', async () => {
    const mutation = 'portal-is-ack';
    const failed = (
      await runCrew({
        firstSeed: 1,
        histories: 200,
        steps,
        mutation,
        untilFailure: true,
        shrinks: true,
        workers: 1,
      })
    ).find((report) => report.failure);
    expect(failed?.failure?.check).toBe('nothing lost');
    expect(failed?.shrunk?.count).toBeLessThan(40);
    const keep = readRanges(failed?.shrunk?.steps ?? '');
    const [again] = await runCrew({
      firstSeed: failed?.seed ?? 0,
      histories: 1,
      steps,
      mutation,
      keep,
    });
    expect(again?.failure?.check).toBe('nothing lost');
  });
});

/** The same on every machine, all kinds of steps in them: what others find is for `npm run sim`. */
const histories = 30;

test(`in ${histories} histories nothing is lost, doubled, out of order, shown to a customer or left waiting, and all replicas agree`, async () => {
  const started = performance.now();
  const reports = await runCrew({ firstSeed: 1, histories, steps });
  const sum = (value: (report: Report) => number): number =>
    reports.reduce((total, report) => total + value(report), 0);
  console.log(
    `simulation: ${reports.length} histories of ${steps} steps in ${Math.round((performance.now() - started) / 1000)} s, seeds 1 to ${reports.length}; ` +
      `${sum((r) => r.operations)} operations, ${((100 * sum((r) => r.faults)) / sum((r) => r.steps)).toFixed(1)} % of the steps faults, ${Math.round(sum((r) => r.virtualMs) / 3_600_000)} virtual hours`,
  );
  expect(reports.filter((report) => report.failure).map(replayLine)).toEqual([]);
  expect(reports).toHaveLength(histories);
});
