import {
  between,
  chance,
  pick,
  seeded,
  subSeed,
  uuidOf,
  type Random,
} from '../src/server/demo/random.ts';
import type { DemoMessage, DemoTicket, DemoTickets } from '../src/server/demo/types.ts';

interface Texts {
  customer: string[];
  staff: string[];
  note: string[];
}

/**
 * Returns these tickets with exactly `messages` messages in all: the demo's threads have about seven,
 * and a share of them gets more before its last message, so that status, preview and times stay
 * true. The texts come from other threads of the demo. To be walked once and in order.
 */
export function withMoreTalk(
  tickets: DemoTickets,
  { seed, messages }: { seed: number; messages: number },
): DemoTickets {
  const texts = textsOf(tickets);
  let done = 0;
  let written = 0;
  const longer = (ticket: DemoTicket): DemoTicket => {
    const random = seeded(subSeed(seed, 77, done));
    done += 1;
    const due = Math.round((messages * done) / tickets.length) - written - ticket.messages.length;
    const count = done === tickets.length ? due : due > 0 && chance(random, 0.4) ? due : 0;
    if (count < 0) throw new RangeError(`The demo has more than ${messages} messages.`);
    written += ticket.messages.length + count;
    return count === 0
      ? ticket
      : {
          ...ticket,
          messages: [
            ...ticket.messages.slice(0, -1),
            ...talk(random, ticket, texts, count),
            ...ticket.messages.slice(-1),
          ],
        };
  };
  return {
    length: tickets.length,
    slice: (start, end) => tickets.slice(start, end).map(longer),
    *[Symbol.iterator]() {
      for (const ticket of tickets) yield longer(ticket);
    },
  };
}

/**
 * Of every 20th ticket, so that a page of the feed seldom holds a text and its copy, which would
 * compress too well.
 */
function textsOf(tickets: DemoTickets): Texts {
  const texts: Texts = { customer: [], staff: [], note: [] };
  for (let index = 0; index < tickets.length; index += 20) {
    for (const ticket of tickets.slice(index, index + 1))
      for (const m of ticket.messages)
        texts[m.is_internal ? 'note' : m.is_staff ? 'staff' : 'customer'].push(m.text);
  }
  return texts;
}

/**
 * Staff and requester in turn, now and then a note, at even times between the last two messages.
 */
function talk(random: Random, ticket: DemoTicket, texts: Texts, count: number): DemoMessage[] {
  const last = ticket.messages.at(-1)?.created_at.getTime() ?? ticket.created_at.getTime();
  const from = ticket.messages.at(-2)?.created_at.getTime() ?? last;
  const staff = ticket.messages.find((m) => m.is_staff)?.author_id ?? ticket.assignee_id;
  return Array.from({ length: count }, (_, index) => {
    const byStaff = staff !== null && index % 2 === 0;
    const note = byStaff && between(random, 1, 4) === 1;
    const at = new Date(from + ((last - from) * (index + 1)) / (count + 1));
    return {
      id: uuidOf(`${ticket.id} more ${index}`, at),
      author_id: byStaff ? staff : ticket.requester_id,
      is_staff: byStaff,
      is_internal: note,
      text: pick(random, texts[note ? 'note' : byStaff ? 'staff' : 'customer']),
      created_at: at,
    };
  });
}
