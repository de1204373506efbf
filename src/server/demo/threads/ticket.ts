import type { TicketPriority, TicketStatus } from '../../../contract/wire/entities.ts';
import { between, chance, pick, uuid, type Random } from '../random.ts';
import type { DemoMessage, DemoTicket } from '../types.ts';
import { around, day, hour, minute } from './clock.ts';
import { endlessThread, type WholeThread } from './endless.ts';
import { hostileThread } from './hostile.ts';
import { packs } from './packs.ts';
import type { Person } from './people.ts';
import type { TicketPlan } from './plan.ts';
import {
  chained,
  cutFor,
  tell,
  timed,
  withEnd,
  withNudges,
  type Cast,
  type Step,
  type Told,
} from './play.ts';
import type { LanguagePack, Scenario } from './scenario.ts';
import { createSlots, type Slots } from './slots.ts';
import { spoken } from './speech.ts';
import { pickPersona } from './voices.ts';

/** The parts that a ticket is made of, besides its plan. */
export interface Desk {
  seed: number;
  anchor: number;
  staff: readonly Person[];
  customers: readonly Person[];
}

/** A customer who joined before `time`; some write often, most once or twice. */
function requesterAt(random: Random, customers: readonly Person[], time: number): Person {
  let low = 0;
  let high = customers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((customers[middle]?.user.created_at.getTime() ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  const joined = Math.max(1, low);
  // The customers of hand-written threads come first and have their own tickets, so they are
  // skipped.
  const point = chance(random, 0.3)
    ? (Math.floor(random() * joined) % 97) * 7
    : Math.floor(random() * joined);
  return (
    customers[Math.min(joined - 1, Math.max(Math.min(10, joined - 1), point % joined))] ??
    pick(random, customers)
  );
}

function choose(random: Random, pack: LanguagePack, plan: TicketPlan): Scenario {
  const open = plan.status !== 'closed' && plan.status !== 'resolved';
  const fitting = pack.scenarios.filter(
    (s) =>
      (!plan.urgent || s.priorities.includes('urgent')) &&
      (!open || plan.status === 'open' || s.beats.length >= 4),
  );
  return pick(random, fitting.length > 0 ? fitting : pack.scenarios);
}

function priorityOf(random: Random, plan: TicketPlan, scenario: Scenario): TicketPriority {
  if (plan.urgent) return 'urgent';
  const others = scenario.priorities.filter((p) => p !== 'urgent');
  return others.length > 0 ? pick(random, others) : 'high';
}

/**
 * The course of a finished thread: complete, given up, solved without help, or several problems in
 * a row.
 */
function finished(random: Random, pack: LanguagePack, plan: TicketPlan, told: Told): Step[] {
  const siblings = pack.scenarios;
  if (plan.kind === 'chained')
    return withEnd(random, pack, chained(random, pack, told, siblings, plan.which));
  const [opening] = told.steps;
  const fate = random();
  if (fate < 0.05 && opening) {
    const steps: Step[] = [
      opening,
      { speaker: 'customer', kind: 'last', template: pick(random, pack.neverMinds) },
    ];
    return chance(random, 0.4)
      ? [...steps, { speaker: 'agent', kind: 'last', template: pick(random, pack.farewells) }]
      : steps;
  }
  const firstAnswer = told.steps.findIndex((step) => step.speaker === 'agent');
  if (fate < 0.11 && firstAnswer > 0 && told.steps.length > 3) {
    const steps: Step[] = told.steps.slice(0, firstAnswer + 1);
    if (chance(random, 0.7))
      steps.push({ speaker: 'agent', kind: 'late', template: pick(random, pack.reminders) });
    return [...steps, { speaker: 'agent', kind: 'late', template: pick(random, pack.timeouts) }];
  }
  return withEnd(random, pack, withNudges(random, pack, told.steps, 0.3));
}

/** Moves the last message to `at`, and messages that are too late before it. */
function endingAt(times: readonly number[], at: number): number[] {
  const out = times.map((time, index) =>
    Math.min(time, at - (times.length - 1 - index) * 4 * minute),
  );
  if (out.length > 1) out[out.length - 1] = at;
  return out;
}

/** Makes the ticket of a plan. */
export function ticketOf(random: Random, desk: Desk, plan: TicketPlan): DemoTicket {
  const customer = requesterAt(random, desk.customers, plan.start);
  const own = packs[customer.language];
  const english = plan.kind === 'hostile' || plan.kind === 'endless' || !own || chance(random, 0.1);
  const pack = english ? packs.en : own;
  const cast = castOf(random, desk, plan, english ? { ...customer, language: 'en' } : customer);
  const slots = slotsOf(random, plan, cast);

  const scenario = choose(random, pack, plan);
  const told = storyOf(random, plan, scenario);
  const steps = stepsOf(random, { pack, plan, told }, desk.anchor);
  const times = timesOf(random, plan, steps, desk.anchor);
  const messages = spoken({ random, pack, cast, slots }, steps, times);

  const created = times[0] ?? plan.start;
  return {
    id: uuid(random),
    requester_id: customer.user.id,
    subject: slots.fill(told.subject, created).slice(0, 200),
    category: told.category,
    priority: priorityOf(random, plan, scenario),
    status: plan.status,
    assignee_id: plan.assignee === null ? null : cast.agent.user.id,
    tags: tagsOf(random, told.tags),
    created_at: new Date(created),
    ...ended(random, plan, messages, created, desk.anchor),
    snoozed_until: plan.snoozedUntil === null ? null : new Date(plan.snoozedUntil),
    messages,
  };
}

function castOf(random: Random, { staff }: Desk, plan: TicketPlan, customer: Person): Cast {
  const hand = plan.assignee ?? between(random, 0, staff.length - 1);
  const mateHand = (hand + between(random, 1, staff.length - 1)) % staff.length;
  const agent = staff[hand] ?? pick(random, staff);
  const mate = staff[mateHand] ?? agent;
  return { customer, agent, mate, hand, persona: pickPersona(random) };
}

function slotsOf(random: Random, plan: TicketPlan, { customer, agent, mate }: Cast): Slots {
  const { given, family, full } = customer.name;
  return createSlots(random, customer.language, plan.start, {
    agent: agent.name.given,
    mate: mate.name.given,
    given,
    family,
    full,
  });
}

function storyOf(random: Random, plan: TicketPlan, scenario: Scenario): WholeThread {
  if (plan.kind === 'endless') return endlessThread(random, plan.which);
  if (plan.kind === 'hostile') return hostileThread(random, plan.which);
  return { ...tell(random, scenario), category: scenario.category, tags: scenario.tags };
}

/** The steps of a thread as far as the ticket's status allows. */
function stepsOf(
  random: Random,
  { pack, plan, told }: { pack: LanguagePack; plan: TicketPlan; told: Told },
  anchor: number,
): readonly Step[] {
  if (plan.kind === 'endless') return told.steps;
  return isOpen(plan.status)
    ? cutFor(random, pack, plan.status, told.steps, anchor - plan.start > 1.5 * day)
    : finished(random, pack, plan, told);
}

type OpenStatus = 'open' | 'waiting' | 'in_progress';
const isOpen = (status: TicketStatus): status is OpenStatus =>
  status === 'open' || status === 'waiting' || status === 'in_progress';

function timesOf(
  random: Random,
  plan: TicketPlan,
  steps: readonly Step[],
  anchor: number,
): readonly number[] {
  const age = Math.min(anchor - plan.start, 5 * hour);
  const share = isOpen(plan.status) ? 0.02 + 0.25 * random() : 0.1 + 0.3 * random();
  const limit = anchor - Math.max(40_000, Math.round(age * share));
  if (plan.kind === 'endless')
    return isOpen(plan.status)
      ? spread(random, steps.length, plan.start, limit)
      : timed(random, steps, plan.start, limit, plan.urgent);
  const times = timed(random, steps, plan.start, limit, plan.urgent);
  return plan.lastAt === null ? times : endingAt(times, plan.lastAt);
}

/** Even steps over a long time, for the endless thread. */
function spread(random: Random, count: number, start: number, limit: number): number[] {
  const step = (limit - start) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, index) =>
    Math.round(start + step * index - (index > 0 && index < count - 1 ? random() * step * 0.8 : 0)),
  );
}

/**
 * The times of its resolution and its last change. A note is no change, because the customer would
 * see it.
 */
export function ended(
  random: Random,
  plan: { status: string },
  messages: readonly DemoMessage[],
  created: number,
  anchor: number,
): { updated_at: Date; resolved_at: Date | null } {
  const lastPublic =
    messages.findLast((message) => !message.is_internal)?.created_at.getTime() ?? created;
  if (plan.status !== 'resolved' && plan.status !== 'closed')
    return { updated_at: new Date(lastPublic), resolved_at: null };
  const last = messages.at(-1)?.created_at.getTime() ?? created;
  const wait = chance(random, 0.75) ? around(random, 9 * minute) : around(random, 30 * hour);
  const resolved = new Date(Math.min(anchor, last + wait));
  return { updated_at: resolved, resolved_at: resolved };
}

const extraTags = [
  'vip',
  'phone',
  'follow-up',
  'mobile-app',
  'escalated',
  'new-customer',
  'refund',
  'docs',
  'second-line',
  'feedback',
];

function tagsOf(random: Random, tags: readonly string[]): string[] {
  const chosen = chance(random, 0.12)
    ? []
    : tags.filter((_, index) => index === 0 || chance(random, 0.7));
  return chance(random, 0.14) ? [...new Set([...chosen, pick(random, extraTags)])] : [...chosen];
}
