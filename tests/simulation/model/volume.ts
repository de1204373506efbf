import { customerBounds, type Bound } from '../../../src/server/areas/messages/volume.ts';
import { refusals } from './refusal.ts';
import type { Actor } from './rows.ts';
import type { State } from './state.ts';

const second = 1_000_000;
const octets = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/**
 * Whether a customer may write this now (microseconds), as src/server/areas/messages/volume.ts judges it.
 */
export function assertVolume(
  state: State,
  actor: Actor,
  { ticketId, text, now }: { ticketId: string; text: string; now: number },
): void {
  const own = [...state.messages.values()].filter((message) => message.userId === actor.id);
  for (const bound of customerBounds.bytes)
    assertBelow(
      own.map((m) => ({ at: m.createdAt, counts: octets(m.text) })),
      bound,
      octets(text),
      now,
    );
  for (const bound of customerBounds.messages)
    assertBelow(
      own.filter((m) => m.ticketId === ticketId).map((m) => ({ at: m.createdAt, counts: 1 })),
      bound,
      1,
      now,
    );
}

export function assertTicketsOpened(state: State, actor: Actor, now: number): void {
  const own = [...state.tickets.values()].filter((ticket) => ticket.userId === actor.id);
  for (const bound of customerBounds.tickets)
    assertBelow(
      own.map((ticket) => ({ at: ticket.createdAt, counts: 1 })),
      bound,
      1,
      now,
    );
}

function assertBelow(
  rows: readonly { at: number; counts: number }[],
  { most, seconds }: Bound,
  more: number,
  now: number,
): void {
  const counted = rows.filter(({ at }) => at > now - seconds * second);
  const used = counted.reduce((sum, { counts }) => sum + counts, more);
  if (used > most)
    throw refusals.tooMuch(
      seconds - (now - Math.min(now, ...counted.map(({ at }) => at))) / second,
    );
}
