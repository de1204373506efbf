import { describe, expect, test } from 'vitest';
import { isOwnRefusal, saysNoTicket, saysNoTicketLevel1 } from '../../src/core/own-refusal.ts';
import { problems } from '../../src/server/http/problem.ts';

const refusal = (status: number, detail: string, body: unknown = { detail }) => ({
  status,
  detail,
  body,
});
const ticket = '0199d7a0-0000-7000-8000-000000000001';

describe('what the API says is known as its own', () => {
  test.each(
    [
      problems.badKey(),
      problems.badCursor(),
      problems.staffOnly(),
      problems.customersOnly(),
      problems.ticketNotFound(),
      problems.ticketMerged(ticket),
      problems.macroNotFound(),
      problems.notFoundOrClosed(),
      problems.ticketClosed(),
      problems.ticketNotClosed(),
      problems.keyInProgress(),
      problems.cursorGone(),
      problems.invalidField(['body', 'tags'], 'too many'),
      problems.keyReused(),
    ].map((problem) => [problem.status, problem.message, problem.body] as const),
  )('%i %s', (status, detail, body) => {
    expect(isOwnRefusal({ status, detail, body })).toBe(true);
  });
});

test.each([
  [404, 'Not Found'],
  [404, 'Not found'],
  [404, ''],
  [404, 'no Route matched with those values'],
  [405, 'Method Not Allowed'],
  [403, 'Forbidden'],
  [403, 'Access denied'],
  [412, 'A proxy wanted a condition'],
  [422, 'Not acceptable to a filter'],
  [410, 'Gone'],
  [400, 'Bad Request'],
  [409, 'Conflict'],
  [413, 'Payload Too Large'],
  [451, 'Unavailable For Legal Reasons'],
  [403, 'Ticket not found'],
])('%i %s is not: it decides nothing', (status, detail) => {
  expect(isOwnRefusal(refusal(status, detail))).toBe(false);
  expect(saysNoTicket(refusal(status, detail))).toBe(false);
});

test('on level 1 a ticket that is gone is named, an unknown path is not', () => {
  expect(saysNoTicketLevel1(refusal(404, 'Ticket not found'))).toBe(true);
  expect(saysNoTicketLevel1(refusal(404, 'Ticket not found or already closed'))).toBe(true);
  expect(saysNoTicketLevel1(refusal(404, 'Not Found'))).toBe(false);
});
