import { uuid, type Random } from '../random.ts';
import type { DemoMessage, DemoTicket } from '../types.ts';
import { day, hour, minute } from './clock.ts';
import { featuredThreads, type When } from './featured-threads.ts';
import { ended, type Desk } from './ticket.ts';

const isWeekend = (time: number) => [0, 6].includes(new Date(time).getUTCDay());

function businessDay(anchor: number, count: number): number {
  const step = count < 0 ? -day : day;
  let midnight = Math.floor(anchor / day) * day;
  for (let left = Math.abs(count); left > 0;) {
    midnight += step;
    if (!isWeekend(midnight)) left -= 1;
  }
  return midnight;
}

function timeOf(anchor: number, when: When): number {
  if (typeof when === 'number') return anchor - when * minute;
  const [back, clock] = when;
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (
    businessDay(anchor, -back) +
    hours * hour +
    minutes * minute +
    ((back * 7 + minutes) % 60) * 1_000
  );
}

const dated = (anchor: number, text: string) =>
  text
    .replaceAll('{lastyear}', String(new Date(anchor).getUTCFullYear() - 1))
    .replaceAll(/\{back:(\d+)\}/g, (_, back: string) =>
      new Date(businessDay(anchor, -Number(back))).toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'long',
        timeZone: 'UTC',
      }),
    );

/** The start of each hand-written thread and whether it is closed. */
export function featuredStarts(anchor: number): { start: number; closed: boolean }[] {
  return featuredThreads.map(({ lines: [first], status }) => ({
    start: timeOf(anchor, first?.[1] ?? 0),
    closed: status === 'closed' || status === 'resolved',
  }));
}

/** The hand-written thread number `which`, with times that end at the anchor. */
export function featuredTicket(
  random: Random,
  { anchor, staff, customers }: Desk,
  which: number,
): DemoTicket {
  const thread = featuredThreads[which];
  if (!thread) throw new RangeError(`There is no hand-written thread ${which}.`);
  const idOf = (given: string) => staff.find((person) => person.name.given === given)?.user.id;
  const requester =
    customers.find((person) => person.user.email.startsWith(`${thread.from}@`))?.user.id ?? '';
  const messages = thread.lines.map(([who, when, text]): DemoMessage => {
    const [name = '', note] = who.split(' ');
    return {
      id: uuid(random),
      author_id: who === 'customer' ? requester : (idOf(name) ?? ''),
      is_staff: who !== 'customer',
      is_internal: note === 'note',
      text: dated(anchor, text),
      created_at: new Date(timeOf(anchor, when)),
    };
  });
  const created = messages[0]?.created_at ?? new Date(anchor);
  return {
    id: uuid(random),
    requester_id: requester,
    subject: dated(anchor, thread.subject),
    category: thread.category,
    priority: thread.priority,
    status: thread.status,
    assignee_id: thread.assignee === null ? null : (idOf(thread.assignee) ?? null),
    tags: [...thread.tags],
    created_at: created,
    ...ended(random, thread, messages, created.getTime(), anchor),
    snoozed_until:
      thread.snoozed === undefined
        ? null
        : new Date(businessDay(anchor, thread.snoozed) + 9 * hour),
    messages,
  };
}
