import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Order, Report } from './worker.ts';

export interface Job {
  firstSeed: number;
  /** At most this many histories. */
  histories: number;
  steps: number;
  /** No history begins after this many seconds. */
  seconds?: number;
  /** Stops at the first failure. */
  untilFailure?: boolean;
  keep?: number[];
  /** Kinds of steps that no history has. */
  without?: readonly string[];
  trace?: boolean;
  shrinks?: boolean;
  /** The name of a seeded bug to run with. */
  mutation?: string;
  workers?: number;
  onReport?: (report: Report, done: number) => void;
}

/**
 * Lives through histories in one process per core; answers the reports in the order of their seeds.
 */
export async function runCrew(job: Job): Promise<Report[]> {
  const workers = Math.min(job.workers ?? availableParallelism(), job.histories);
  const started = performance.now();
  const reports: Report[] = [];
  let next = 0;
  let over = false;
  const take = (): Order | null => {
    const late = job.seconds !== undefined && performance.now() - started > job.seconds * 1000;
    if (over || late || next >= job.histories) return null;
    next += 1;
    return {
      seed: job.firstSeed + next - 1,
      steps: job.steps,
      trace: job.trace ?? false,
      shrinks: job.shrinks ?? false,
      ...(job.keep ? { keep: job.keep } : {}),
      ...(job.without ? { without: job.without } : {}),
    };
  };
  await Promise.all(
    Array.from({ length: workers }, () =>
      employ(job.mutation, take, (report) => {
        reports.push(report);
        if (report.failure && job.untilFailure) over = true;
        job.onReport?.(report, reports.length);
      }),
    ),
  );
  return reports.toSorted((a, b) => a.seed - b.seed);
}

/**
 * One worker: gets the next order whenever it has reported. Rejects when its process ends before
 * that.
 */
function employ(
  mutation: string | undefined,
  take: () => Order | null,
  report: (report: Report) => void,
): Promise<void> {
  const hook = pathToFileURL(fileURLToPath(new URL('mutation-hook.ts', import.meta.url))).href;
  const child: ChildProcess = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    serialization: 'advanced',
    execArgv: mutation === undefined ? [] : ['--import', hook],
    env: { ...process.env, ...(mutation === undefined ? {} : { STAFFDESK_MUTATION: mutation }) },
  });
  return new Promise((done, fail) => {
    let finished = false;
    const give = (): void => {
      const order = take();
      if (order) {
        child.send(order);
        return;
      }
      finished = true;
      child.disconnect();
    };
    child.on('message', (message: Report) => {
      report(message);
      give();
    });
    child.on('error', fail);
    child.on('exit', (code) => {
      if (finished) done();
      else fail(new Error(`a simulation process ended by itself with code ${code ?? 'none'}`));
    });
    give();
  });
}
