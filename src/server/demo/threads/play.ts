import { between, chance, pick, type Random } from '../random.ts';
import { around, awake, day, hour, inBusinessHours, minute, squeezed } from './clock.ts';
import type { Person } from './people.ts';
import type { LanguagePack, Scenario, Speaker } from './scenario.ts';
import type { Persona } from './voices.ts';

/** A message of a thread before its time and text are known. */
export interface Step {
  speaker: Speaker;
  kind: 'opening' | 'beat' | 'nudge' | 'hold' | 'late' | 'last';
  template: string;
  /** A new problem begins here, with its own amounts and references. */
  renew?: true;
}

/** The people in a thread. */
export interface Cast {
  customer: Person;
  agent: Person;
  mate: Person;
  /** The agent's number among the staff, which decides how they sign. */
  hand: number;
  persona: Persona;
}

const paths = (phrasing: string) => /^([a-e]+)\|/.exec(phrasing)?.[1] ?? '';
const words = (phrasing: string) => phrasing.replace(/^[a-e]+\|/, '');
const onPath = (phrasings: readonly string[], path: string) =>
  phrasings.filter((p) => paths(p) === '' || paths(p).includes(path)).map(words);

export interface Told {
  subject: string;
  steps: Step[];
}

/** One variant of a scenario: a path through it, and one phrasing for each beat. */
export function tell(random: Random, scenario: Scenario): Told {
  const all = [
    ...new Set(
      scenario.beats.flatMap(([, ...phrasings]) => phrasings.flatMap((p) => [...paths(p)])),
    ),
  ];
  const path = all.length > 0 ? pick(random, all) : '';
  const steps: Step[] = [];
  for (const [voice, ...phrasings] of scenario.beats) {
    if (voice.endsWith('?') && chance(random, 0.42)) continue;
    const fitting = onPath(phrasings, path);
    if (fitting.length === 0) continue;
    const speaker = voice.replace('?', '') as Speaker;
    steps.push({
      speaker,
      kind: steps.length === 0 ? 'opening' : 'beat',
      template: pick(random, fitting),
    });
  }
  const subjects = onPath(scenario.subjects, path);
  return {
    subject: pick(random, subjects.length > 0 ? subjects : scenario.subjects.map(words)),
    steps,
  };
}

const isPublicStaff = (step: Step | undefined) => step?.speaker === 'agent';

/** Adds 'Any news?' and its reply where the customer waits for staff. */
export function withNudges(
  random: Random,
  pack: LanguagePack,
  steps: readonly Step[],
  share: number,
): Step[] {
  const out: Step[] = [];
  let answered = false;
  for (const step of steps) {
    if (isPublicStaff(step) && answered && out.at(-1)?.speaker !== 'agent') {
      for (let n = 0; n < 2 && chance(random, share); n += 1) {
        out.push(
          { speaker: 'customer', kind: 'nudge', template: pick(random, pack.nudges) },
          { speaker: 'agent', kind: 'hold', template: pick(random, pack.holds) },
        );
      }
    }
    answered ||= isPublicStaff(step);
    out.push(step);
  }
  return out;
}

/** Adds thanks, and sometimes the agent's goodbye. */
export function withEnd(random: Random, pack: LanguagePack, steps: readonly Step[]): Step[] {
  const out = [...steps];
  if (out.at(-1)?.speaker !== 'customer' && chance(random, 0.62))
    out.push({ speaker: 'customer', kind: 'last', template: pick(random, pack.thanks) });
  if (out.at(-1)?.speaker === 'customer' && chance(random, 0.42))
    out.push({ speaker: 'agent', kind: 'last', template: pick(random, pack.farewells) });
  return out;
}

/** A thread of several consecutive problems, until it has about `target` messages. */
export function chained(
  random: Random,
  pack: LanguagePack,
  first: Told,
  scenarios: readonly Scenario[],
  target: number,
): Step[] {
  const steps = withNudges(random, pack, first.steps, 0.5);
  while (steps.length < target) {
    const next = tell(random, pick(random, scenarios)).steps;
    const [opening, ...rest] = withNudges(random, pack, next, 0.5);
    if (!opening) break;
    steps.push(
      {
        speaker: 'customer',
        kind: 'late',
        renew: true,
        template: `${pick(random, pack.bridges)} ${opening.template}`,
      },
      ...rest,
    );
  }
  return steps;
}

/** Cuts a thread at a place that matches its status. */
export function cutFor(
  random: Random,
  pack: LanguagePack,
  status: 'open' | 'waiting' | 'in_progress',
  steps: readonly Step[],
  old: boolean,
): Step[] {
  const firstAnswer = steps.findIndex(isPublicStaff);
  if (status === 'open' || firstAnswer < 0) return cutOpen(random, pack, steps, old);
  const wanted =
    status === 'waiting'
      ? (step: Step) => step.speaker === 'customer'
      : (step: Step) => step.speaker !== 'customer';
  const ends = steps.flatMap((step, index) =>
    index >= firstAnswer && wanted(step) ? [index] : [],
  );
  if (ends.length === 0)
    return [
      ...steps.slice(0, firstAnswer + 1),
      { speaker: 'customer', kind: 'nudge', template: pick(random, pack.nudges) },
    ];
  const end = pick(random, ends);
  const kept = steps.slice(0, end + 1);
  if (status === 'in_progress') return [...kept, ...holdAfter(random, pack, kept)];
  const note = steps[end + 1];
  return note?.speaker === 'note' && chance(random, 0.5) ? [...kept, note] : kept;
}

/** The opening, which nobody has replied to yet; perhaps with a question of the customer, a note. */
function cutOpen(random: Random, pack: LanguagePack, steps: readonly Step[], old: boolean): Step[] {
  const out = steps.slice(0, 1);
  const neutral = pack.nudges.filter((text) => !text.includes('{agent}'));
  if (old && chance(random, 0.4))
    out.push({ speaker: 'customer', kind: 'nudge', template: pick(random, neutral) });
  const note = steps.slice(1, 4).find((step) => step.speaker === 'note');
  if (note && chance(random, 0.2)) out.push(note);
  return out;
}

/** After an internal note, the customer's message would still be the last public one. */
function holdAfter(random: Random, pack: LanguagePack, steps: readonly Step[]): Step[] {
  const lastPublic = steps.findLast(
    (step) => step.speaker === 'agent' || step.speaker === 'customer',
  );
  return lastPublic?.speaker === 'customer'
    ? [{ speaker: 'agent', kind: 'hold', template: pick(random, pack.holds) }]
    : [];
}

function gapBefore(random: Random, step: Step, before: Step, urgent: boolean): number {
  switch (step.kind) {
    case 'nudge':
      return around(random, 1.9 * day);
    case 'hold':
      return around(random, 2 * hour);
    case 'late':
      return around(random, step.speaker === 'agent' ? 4 * day : 2 * day);
    case 'last':
      return around(random, step.speaker === 'agent' ? 80 * minute : 3 * hour);
    case 'opening':
    case 'beat':
  }
  const haste = urgent ? 0.25 : 1;
  if (step.speaker === 'note') return around(random, 14 * minute * haste);
  if (step.speaker === 'colleague') return around(random, 50 * minute * haste);
  if (step.speaker === 'agent')
    return around(random, (before.kind === 'opening' ? 95 : 45) * minute * haste);
  const mood = random();
  return mood < 0.5
    ? around(random, 14 * minute)
    : mood < 0.84
      ? around(random, 3 * hour)
      : around(random, 22 * hour);
}

/** The time of each step: from `start` on, not after `limit`. */
export function timed(
  random: Random,
  steps: readonly Step[],
  start: number,
  limit: number,
  urgent: boolean,
): number[] {
  const times: number[] = [];
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (!before) {
      times.push(start);
      continue;
    }
    const raw =
      (times.at(-1) ?? start) +
      Math.max(20_000, gapBefore(random, step, before, urgent)) +
      between(random, 0, 59_999);
    times.push(step.speaker === 'customer' ? awake(random, raw) : inBusinessHours(random, raw));
  }
  return squeezed(times, limit);
}
