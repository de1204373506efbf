import type { TicketCategory } from '../../../contract/wire/entities.ts';
import { between, chance, pick, type Random } from '../random.ts';
import type { Step, Told } from './play.ts';

/** A thread with its own category and tags, which needs no scenario. */
export interface WholeThread extends Told {
  category: TicketCategory;
  tags: readonly string[];
}

const subjects = [
  'Nightly reconciliation of the statement feed',
  'Running log: order API integration',
  'Daily settlement file, one thread for all questions',
  'Pilot of the reporting API',
];
const openings = [
  'As agreed on the phone, here is one thread for the nightly reconciliation between our ' +
    'books and your statement feed. I will post the result of each run, and questions where ' +
    'something differs. Our contact for the technical side is at ' +
    'https://example.com/reconciliation.',
  'We start with the integration of your order API this week. To keep it in one place I ' +
    'post our daily results here. Test account is {account}, company is {company}.',
];

function references(random: Random): string {
  return Array.from(
    { length: between(random, 1, 4) },
    () => `${pick(random, ['W-', 'D-', '#'])}${between(random, 10_400, 9_899_999)}`,
  ).join(', ');
}

function report(random: Random, run: number): string {
  const rows = between(random, 8_000, 92_000).toLocaleString('en-US');
  const off = chance(random, 0.45) ? 0 : between(random, 1, 14);
  const end = `0${between(random, 2, 5)}:${String(between(random, 0, 59)).padStart(2, '0')} UTC`;
  const difference = `${between(random, 1, 900)}.${String(between(random, 0, 99)).padStart(2, '0')}`;
  if (off === 0) {
    return pick(random, [
      `Run ${run}: ${rows} rows, no differences, finished at ${end}.`,
      `Run ${run} is clean. ${rows} rows in ${between(random, 41, 590)} s.`,
      `All green for run ${run} (${rows} rows, p95 ${between(random, 60, 900)} ms).`,
      `Nothing to report for run ${run}, ${rows} rows matched.`,
    ]);
  }
  return pick(random, [
    `Run ${run}: ${rows} rows, ${off} differ: ${references(random)}. The sum is off by ${difference}.`,
    `Run ${run} finished at ${end} with ${off} differences. The first ones are ` +
      `${references(random)}. Could you have a look?`,
    `Run ${run}: your file has ${rows} rows, ours has ${off} more. Missing on your side: ${references(random)}.`,
    `Run ${run} stopped after ${rows} rows with HTTP 502 at ${end}, a second try went ` +
      `through. ${references(random)} came twice.`,
    `In run ${run} the fee column of ${references(random)} is empty. Is that on purpose? Difference ${difference}.`,
  ]);
}

function answer(random: Random, run: number): string {
  return pick(random, [
    `Thanks, run ${run} looks the same on our side.`,
    `${references(random)} is a correction of the day before, it comes with the next file.`,
    `Found it: ${references(random)} was booked after the cut-off. It will match tomorrow.`,
    `I replayed the file for run ${run}; please fetch it again from https://files.example.com/statements/${run}.`,
    `The 502 was a deployment at ${between(random, 2, 5)}:${between(random, 10, 59)} UTC. ` +
      'We moved it out of your window.',
    `Confirmed for ${references(random)}, a rounding of half a cent. It is fixed for runs after ${run + 1}.`,
    `No action needed for run ${run}, the late trades are expected at the end of the month.`,
  ]);
}

function note(random: Random, run: number): string {
  return pick(random, [
    `Run ${run}: checked the ledger, ${references(random)} is ours. @{mate} can you add it ` +
      'to the list for the data team?',
    `They page with limit=${between(random, 2, 20)}00, which is why run ${run} was slow. Not a bug.`,
    `@{mate} same pattern as run ${run - between(random, 2, 9)}, file is cut at midnight in the wrong zone.`,
    `Told the batch team about run ${run}. Waiting for {bug}.`,
  ]);
}

/** A thread of two firms over months: `length` messages of daily runs, questions and answers. */
export function endlessThread(random: Random, length: number): WholeThread {
  const steps: Step[] = [
    { speaker: 'customer', kind: 'opening', template: pick(random, openings) },
    {
      speaker: 'agent',
      kind: 'beat',
      template:
        'Good idea, one thread it is. I follow it every morning, {mate} does when I am away.',
    },
  ];
  for (let run = between(random, 3, 60); steps.length < length - 1; run += 1) {
    steps.push({ speaker: 'customer', kind: 'beat', template: report(random, run) });
    if (chance(random, 0.3) && steps.length < length - 2)
      steps.push({ speaker: 'note', kind: 'beat', template: note(random, run) });
    if (chance(random, 0.6) && steps.length < length - 1)
      steps.push({ speaker: 'agent', kind: 'beat', template: answer(random, run) });
  }
  while (steps.length > length - 1) steps.pop();
  steps.push({
    speaker: 'agent',
    kind: 'beat',
    template:
      'I have all runs up to today in my list, thank you. The two open points are with the data team.',
  });
  return {
    subject: pick(random, subjects),
    steps,
    category: 'technical',
    tags: ['api', 'reconciliation'],
  };
}
