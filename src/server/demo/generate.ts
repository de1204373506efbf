import { demoFaq } from './faq.ts';
import { demoMacros } from './macros.ts';
import { seeded, subSeed, uuidOf } from './random.ts';
import { featuredStarts, featuredTicket } from './threads/featured.ts';
import { createCustomers, createStaff } from './threads/people.ts';
import { planTickets, type TicketPlan } from './threads/plan.ts';
import { ticketOf, type Desk } from './threads/ticket.ts';
import type { DemoData, DemoOptions, DemoTicket } from './types.ts';

export { followUp } from './threads/follow-up.ts';

/**
 * Staff, customers, tickets, help articles and macros of a demo. The same options always give the
 * same data; tickets are made on demand.
 */
export function generateDemo({ seed, tickets, customers, anchor }: DemoOptions): DemoData {
  const end = anchor.getTime();
  const desk: Desk = {
    seed,
    anchor: end,
    staff: createStaff(seed, end),
    customers: createCustomers(seed, customers, end),
  };
  const plans = planTickets({
    seed,
    tickets,
    anchor: end,
    featured: featuredStarts(end),
    hostile: 12,
  });
  return {
    staff: desk.staff.map((person) => person.user),
    customers: desk.customers.map((person) => person.user),
    tickets: ticketsOf(desk, plans),
    faq: [...demoFaq],
    macros: [...demoMacros],
  };
}

function ticketsOf(desk: Desk, plans: readonly TicketPlan[]): DemoData['tickets'] {
  function* between(start: number, stop: number): Generator<DemoTicket> {
    for (let index = Math.max(0, start); index < Math.min(stop, plans.length); index += 1)
      yield ticketAt(index, desk, plans);
  }
  return {
    length: plans.length,
    slice: (start, stop) => [...between(start, stop)],
    [Symbol.iterator]: () => between(0, plans.length),
  };
}

/**
 * Each ticket has its own stream of random numbers, so that it can be made without those before it.
 */
function ticketAt(index: number, desk: Desk, plans: readonly TicketPlan[]): DemoTicket {
  const plan = plans[index];
  if (!plan)
    throw new RangeError(`The demo has ${plans.length} tickets, there is no number ${index}.`);
  const random = seeded(subSeed(desk.seed, 4, index));
  const ticket =
    plan.kind === 'featured'
      ? featuredTicket(random, desk, plan.which)
      : ticketOf(random, desk, plan);
  return named(ticket, `${desk.seed} ${index}`);
}

/** Sets ids that are unique among all tickets, which a ticket's own stream cannot ensure. */
function named(ticket: DemoTicket, name: string): DemoTicket {
  return {
    ...ticket,
    id: uuidOf(name, ticket.created_at),
    messages: ticket.messages.map((message, n) => ({
      ...message,
      id: uuidOf(`${name} ${n}`, message.created_at),
    })),
  };
}
