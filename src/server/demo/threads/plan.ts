import type { TicketStatus } from '../../../contract/wire/entities.ts';
import { between, chance, pick, seeded, subSeed, type Random } from '../random.ts';
import { day, hour, minute, openingTime } from './clock.ts';

/**
 * The facts of a ticket that are decided before its text, so that the counts of the complete desk
 * are right.
 */
export interface TicketPlan {
  kind: 'plain' | 'featured' | 'hostile' | 'chained' | 'endless';
  /** Its number within its kind; for `endless` the number of messages. */
  which: number;
  start: number;
  status: TicketStatus;
  /** Number of the agent among the staff, or null. */
  assignee: number | null;
  urgent: boolean;
  snoozedUntil: number | null;
  /** The last message, for threads that move in the hours before the anchor. */
  lastAt: number | null;
}

export interface PlanOptions {
  seed: number;
  tickets: number;
  anchor: number;
  /** Status and start of the hand-written threads. */
  featured: readonly { start: number; closed: boolean }[];
  hostile: number;
}

const span = 548 * day;
const staffCount = 6;

function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = between(random, 0, i);
    const a = out[i];
    const b = out[j];
    if (a !== undefined && b !== undefined) {
      out[i] = b;
      out[j] = a;
    }
  }
  return out;
}

/** Adds `value` to `list` `count` times. */
const push = <T>(list: T[], count: number, value: T) => {
  for (let i = 0; i < count; i += 1) list.push(value);
};

/**
 * The number of tickets that are not closed: 210 of 2,000, and proportionally fewer on a bigger
 * desk.
 */
const unclosedOf = (tickets: number) =>
  Math.round(tickets <= 2_000 ? tickets * 0.106 : 212 * (tickets / 2_000) ** 0.75);

/** Plans all tickets, oldest first. */
export function planTickets({
  seed,
  tickets,
  anchor,
  featured,
  hostile,
}: PlanOptions): TicketPlan[] {
  const random = seeded(subSeed(seed, 3, 0));
  const special = Math.min(featured.length, tickets);
  const plain = tickets - special;
  const openFeatured = featured.slice(0, special).filter((f) => !f.closed).length;

  const plans = Array.from({ length: plain }, (_, index) =>
    planPlain(random, anchor, span * (1 - (index + 0.5) / plain) ** 1.4),
  );
  plans.sort((a, b) => a.start - b.start);

  const unclosed = chooseUnclosed(random, plans, Math.max(0, unclosedOf(tickets) - openFeatured));
  settle(random, unclosed, anchor, tickets);
  placeEndless(random, plans, unclosed, endlessLengths(random, tickets));
  placeHostile(random, plans, unclosed, Math.min(hostile, Math.floor(tickets / 160)));
  placeChained(random, plans);
  for (let which = 0; which < special; which += 1)
    plans.push(planFeatured(which, featured[which]?.start ?? anchor));
  return plans.toSorted((a, b) => a.start - b.start);
}

/** A ticket of that age; whether it is closed is decided later, among all. */
function planPlain(random: Random, anchor: number, age: number): TicketPlan {
  const start =
    age < 1.2 * day
      ? anchor - Math.max(2 * minute, age)
      : Math.min(openingTime(random, anchor - age), anchor - 5 * minute);
  return {
    kind: 'plain',
    which: 0,
    start,
    status: chance(random, start > anchor - 12 * day ? 0.75 : 0.08) ? 'resolved' : 'closed',
    assignee: pick(random, [0, 0, 1, 1, 2, 2, 3, 3, 4, 5]),
    urgent: chance(random, 0.035),
    snoozedUntil: null,
    lastAt: null,
  };
}

const planFeatured = (which: number, start: number): TicketPlan => ({
  kind: 'featured',
  which,
  start,
  status: 'open',
  assignee: 0,
  urgent: false,
  snoozedUntil: null,
  lastAt: null,
});

/** Chooses the tickets that are not closed: most of the newest, and a few older ones. */
function chooseUnclosed(random: Random, plans: readonly TicketPlan[], count: number): TicketPlan[] {
  const youngest = plans.toReversed();
  const chosen: TicketPlan[] = [];
  const rest: TicketPlan[] = [];
  for (const [rank, plan] of youngest.entries()) {
    const share =
      rank < count * 0.12
        ? 0.96
        : rank < count * 0.6
          ? 0.8
          : rank < count * 1.2
            ? 0.5
            : rank < count * 3
              ? 0.1
              : 0;
    if (chosen.length < count && chance(random, share)) chosen.push(plan);
    else rest.push(plan);
  }
  for (const plan of rest) if (chosen.length < count) chosen.push(plan);
  return chosen;
}

/** Sets status, assignee, urgency and snooze of the unclosed tickets, in the shares of a working desk. */
function settle(
  random: Random,
  unclosed: readonly TicketPlan[],
  anchor: number,
  tickets: number,
): void {
  const taken = assign(random, unclosed);
  for (const plan of unclosed) plan.urgent = false;
  for (const plan of shuffled(random, unclosed).slice(0, Math.round(unclosed.length * 0.036)))
    plan.urgent = true;
  const quiet = taken.filter((plan) => plan.status === 'in_progress' && !plan.urgent);
  const most = Math.min(80, Math.round(unclosed.length * 0.04));
  for (const plan of shuffled(random, quiet).slice(0, most))
    plan.snoozedUntil = morningAfter(random, anchor);
  enliven(random, taken, anchor, tickets);
}

/** Sets status and assignee. Returns the assigned tickets. */
function assign(random: Random, unclosed: readonly TicketPlan[]): readonly TicketPlan[] {
  const count = unclosed.length;
  const unassigned = Math.min(400, Math.round(count * 0.15));
  const mine = Math.min(60, Math.round(count * 0.045));
  const assignees: (number | null)[] = [];
  push(assignees, mine, 0);
  while (assignees.length < count - unassigned)
    assignees.push(1 + (assignees.length % (staffCount - 1)));
  const statuses: TicketStatus[] = [];
  push(statuses, Math.round(count * 0.1), 'open');
  push(statuses, Math.round(count * 0.29), 'waiting');
  while (statuses.length < assignees.length) statuses.push('in_progress');

  // Unassigned tickets are new: they are among the first of the list.
  const youngest = shuffled(random, unclosed.slice(0, Math.ceil(unassigned * 1.6)));
  const free = new Set(youngest.slice(0, unassigned));
  const taken = unclosed.filter((plan) => !free.has(plan));
  for (const plan of free) Object.assign(plan, { status: 'open', assignee: null });
  const people = shuffled(random, assignees);
  const states = shuffled(random, statuses);
  for (const [index, plan] of taken.entries())
    Object.assign(plan, { status: states[index] ?? 'in_progress', assignee: people[index] ?? 1 });
  return taken;
}

/** An hour of the working day within a week, at least 20 minutes from now. */
function morningAfter(random: Random, anchor: number): number {
  const morning =
    Math.floor((anchor + between(random, 0, 6) * day) / day) * day +
    pick(random, [7, 8, 9, 13, 15]) * hour;
  return morning > anchor + 20 * minute ? morning : morning + day;
}

/** Gives some threads a last message within the last hours. */
function enliven(
  random: Random,
  taken: readonly TicketPlan[],
  anchor: number,
  tickets: number,
): void {
  for (const plan of taken) {
    const lively = plan.status === 'waiting' ? 0.4 : plan.status === 'in_progress' ? 0.18 : 0;
    const age = anchor - plan.start;
    if (
      plan.snoozedUntil === null &&
      age > 3 * hour &&
      chance(random, Math.min(1, lively * (tickets > 5_000 ? 0.4 : 1)))
    )
      plan.lastAt = anchor - Math.round((1 + 420 * random() ** 2) * minute);
  }
}

/** The numbers of messages of the endless threads. */
const endlessLengths = (random: Random, tickets: number): number[] => [
  ...Array.from({ length: Math.floor(tickets / 700) }, () => between(random, 150, 400)),
  ...(tickets >= 2_000 ? [1_000] : []),
];

/** Threads of hundreds of messages belong to customers who have been here for months. */
function placeEndless(
  random: Random,
  plans: readonly TicketPlan[],
  unclosed: readonly TicketPlan[],
  lengths: readonly number[],
): void {
  const open = new Set(unclosed);
  const old = plans
    .slice(Math.floor(plans.length * 0.1), Math.floor(plans.length * 0.6))
    .filter((plan) => !open.has(plan));
  for (const [index, plan] of shuffled(random, old).slice(0, lengths.length).entries()) {
    const length = lengths[index] ?? 150;
    // The longest continues to this day and is on the demo agent's list.
    if (length === 1_000)
      Object.assign(plan, { status: 'in_progress', assignee: 0, urgent: false });
    Object.assign(plan, { kind: 'endless', which: length });
  }
}

function placeHostile(
  random: Random,
  plans: readonly TicketPlan[],
  unclosed: readonly TicketPlan[],
  count: number,
): void {
  const waiting = new Set(unclosed);
  const open = unclosed.filter((plan) => plan.kind === 'plain' && !plan.urgent);
  const closed = plans
    .slice(Math.floor(plans.length * 0.5))
    .filter((plan) => plan.kind === 'plain' && !waiting.has(plan));
  const chosen = [
    ...shuffled(random, open).slice(0, Math.ceil(count / 3)),
    ...shuffled(random, closed).slice(0, count - Math.ceil(count / 3)),
  ];
  for (const [which, plan] of chosen.entries()) Object.assign(plan, { kind: 'hostile', which });
}

/** Makes some of the finished threads long ones, of one problem after another. */
function placeChained(random: Random, plans: readonly TicketPlan[]): void {
  for (const plan of plans)
    if (
      plan.kind === 'plain' &&
      (plan.status === 'closed' || plan.status === 'resolved') &&
      chance(random, 0.03)
    ) {
      plan.kind = 'chained';
      plan.which = Math.round(20 + 40 * random() ** 2);
    }
}
