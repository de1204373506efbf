import type { Report } from '../tests/simulation/worker.ts';
import { readSimOptions } from './options.ts';
import { endWithParent } from './run.ts';

/**
 * `npm run sim`: histories of the real desk on virtual time; see docs/simulation.md. The exit code
 * is 1 if a check failed.
 */
async function main(): Promise<number> {
  endWithParent();
  const values = readSimOptions(process.argv.slice(2));
  const { histories, seed, steps, seconds } = values;
  // Loaded only once the options are valid: this loads the desk and all its dependencies.
  const [{ runCrew }, { readRanges }, { readMutations, tryMutations }, { readKinds }] =
    await Promise.all([
      import('../tests/simulation/crew.ts'),
      import('../tests/simulation/shrink.ts'),
      import('../tests/simulation/mutation-run.ts'),
      import('../tests/simulation/steps.ts'),
    ]);
  const names = values.mutation === undefined ? undefined : readMutations(values.mutation);
  if (values.mutations)
    return (await tryMutations({ histories, firstSeed: seed, steps, names })) ? 0 : 1;
  const started = performance.now();
  let told = started;
  const reports = await runCrew({
    firstSeed: seed,
    histories,
    steps,
    trace: values.trace,
    shrinks: !values['no-shrink'],
    ...(values.keep === undefined ? {} : { keep: readRanges(values.keep) }),
    ...(values.mutation === undefined ? {} : { mutation: values.mutation }),
    ...(values.without === undefined ? {} : { without: readKinds(values.without) }),
    ...(seconds === undefined ? {} : { seconds }),
    onReport(report, done) {
      if (values.trace) console.log(report.lines.join('\n'));
      if (report.failure)
        tellFailure(
          report,
          `--steps ${steps}${option('mutation', values.mutation)}${option('without', values.without)}`,
        );
      if (performance.now() - told < 10_000) return;
      told = performance.now();
      console.log(`  ${done} histories, ${Math.round((told - started) / 1000)} s`);
    },
  });
  tellSum(reports, (performance.now() - started) / 1000, seed);
  return reports.some((report) => report.failure) ? 1 : 0;
}

function tellFailure({ seed, failure, shrunk }: Report, options: string): void {
  console.error(
    `FAILED (${failure?.check}): npm run sim -- --seed ${seed} --histories 1 ${options}`,
  );
  console.error(`  ${failure?.detail}`);
  if (!shrunk) return;
  console.error(
    `  shrunk to ${shrunk.count} steps: npm run sim -- --seed ${seed} --histories 1 ` +
      `${options} --keep ${shrunk.steps || 'none'}`,
  );
  for (const line of shrunk.list) console.error(`    ${line}`);
  console.error(`  ${shrunk.detail}`);
}

function tellSum(reports: readonly Report[], seconds: number, seed: number): void {
  const sum = (value: (report: Report) => number): number =>
    reports.reduce((total, report) => total + value(report), 0);
  const failed = reports.filter((report) => report.failure).length;
  const [steps, faults] = [sum((r) => r.steps), sum((r) => r.faults)];
  if (reports.length === 1) console.log(`trace sha256 ${reports[0]?.hash}`);
  console.log(
    `${reports.length} histories from seed ${seed}: ${failed} failed; ${steps} steps, ` +
      `${faults} of them faults (${((100 * faults) / Math.max(1, steps)).toFixed(1)} %); ` +
      (`${sum((r) => r.operations)} operations, ${sum((r) => r.parked)} waiting in sight at ` +
        `the end, ${sum((r) => r.rolledBack)} taken back by a restored server; `) +
      (`${(sum((r) => r.virtualMs) / 3_600_000).toFixed(0)} virtual hours in ` +
        `${seconds.toFixed(0)} s (${(reports.length / seconds).toFixed(1)} a second)`),
  );
}

const option = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` --${name} '${value}'`;

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`Simulation: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  },
);
