import { expect, test } from 'vitest';
import type { Ticket } from '../../../../../../src/contract/wire/entities.ts';
import type { Operation } from '../../../../../../src/core/operation.ts';
import type { Auth } from '../../../../../../src/main/desk/areas/session/auth.ts';
import type { Outcome } from '../../../../../../src/main/desk/areas/outbox/outcome.ts';
import {
  createOlderAnswers,
  dispatch,
} from '../../../../../../src/main/desk/feed/servers/staffdesk/send.ts';
import { plainTicket } from '../../../../../helpers/plain-ticket.ts';

const ticketId = '0199d7a0-0000-7000-8000-00000000000a';
const high: Ticket = { ...plainTicket(ticketId, 0), priority: 'high', version: 8 };
const toHigh: Operation = {
  id: '0199d7a0-0000-7000-8000-000000000001',
  seq: 1,
  accountId: 'me',
  ticketId,
  intent: { kind: 'change', change: { priority: 'high' }, base: { priority: 'low' } },
  state: 'inflight',
  attempts: 1,
  createdAt: 0,
  seenThrough: null,
  parked: null,
};

/** What became of each try at a server that repeats version 8, which is known of a later change. */
async function tries(count: number, nowThere: Ticket): Promise<Outcome[]> {
  const auth = {
    request: (route: string) =>
      Promise.resolve(route === 'getTicket' ? { ticket: nowThere } : high),
  } as unknown as Auth;
  const witness = {
    me: 'me',
    namedBy: 'key',
    mergedInto: () => null,
    isTaken: () => false,
  } as const;
  const olderAnswers = createOlderAnswers();
  const outcomes: Outcome[] = [];
  for (let n = 0; n < count; n += 1)
    outcomes.push(await dispatch({ auth, witness, notBefore: 8, olderAnswers }, toHigh));
  return outcomes;
}

const tooOld: Outcome = { kind: 'bad-answer', why: 'older-state' };

test('an answer that is too old confirms nothing four times, and then the ticket decides', async () => {
  const now = { ...high, version: 9 };
  expect(await tries(5, now)).toEqual([
    ...Array.from({ length: 4 }, () => tooOld),
    { kind: 'acked', serverId: ticketId, answer: { ticket: now } },
  ]);
});

test('where the ticket does not show the change, the agent is asked, and after each further try', async () => {
  const unknown: Outcome = {
    kind: 'parked',
    reason: 'unknown-outcome',
    detail: null,
    answer: {},
  };
  const outcomes = await tries(6, { ...high, priority: 'low', version: 9 });
  expect(outcomes.slice(3)).toEqual([tooOld, unknown, unknown]);
});

test('another ticket decides nothing', async () => {
  const another = { ...high, id: ticketId.replace('a', 'b') };
  expect((await tries(5, another)).at(-1)).toEqual({ kind: 'bad-answer', why: 'other-ticket' });
});
