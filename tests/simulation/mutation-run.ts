import { runCrew } from './crew.ts';
import { mutations } from './mutations.ts';

/**
 * Seeded bugs by name, with commas between. Throws an Error with all there are where one is
 * unknown.
 */
export function readMutations(text: string): string[] {
  const names = text.split(',');
  const known = mutations.map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new Error(
      `--mutation takes the name of a seeded bug, not "${wrong}". There are: ${known.join(', ')}.`,
    );
  return names;
}

/**
 * Lives through histories with each seeded bug until a check fails; prints a table. All of them, or
 * those that `names` lists. True when every bug was caught.
 */
export async function tryMutations({
  histories,
  firstSeed,
  steps,
  names,
}: {
  histories: number;
  firstSeed: number;
  steps: number;
  names?: readonly string[] | undefined;
}): Promise<boolean> {
  console.log('| bug | caught in history | by the check |\n|---|---|---|');
  let all = true;
  for (const { name, bug } of mutations.filter(
    (mutation) => names?.includes(mutation.name) ?? true,
  )) {
    const reports = await runCrew({
      firstSeed,
      histories,
      steps,
      mutation: name,
      untilFailure: true,
    });
    const index = reports.findIndex((report) => report.failure);
    if (index < 0) all = false;
    console.log(
      `| ${bug} (\`${name}\`) | ${index < 0 ? `not in ${reports.length}` : index + 1} | ${reports[index]?.failure?.check ?? ''} |`,
    );
  }
  return all;
}
