import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../src/core/operation.ts';
import { judgeFailure } from '../../../../../src/main/desk/areas/outbox/parking.ts';
import type { ApiFailure } from '../../../../../src/main/desk/feed/api-error.ts';

const ticketId = '0199d7a0-0000-7000-8000-00000000000a';
const other = '0199d7a0-0000-7000-8000-00000000000b';
const reply: Pick<Operation, 'ticketId' | 'intent'> = {
  ticketId,
  intent: { kind: 'reply', text: 'Hello' },
};

const refusal = (status: number, detail: string, body?: object): ApiFailure => ({
  kind: 'status',
  status,
  detail,
  retryAfterMs: null,
  body,
});

const badAnswer = 'bad-answer';

describe('a refusal parks an operation for one reason', () => {
  test.each<[status: number, detail: string, staffdesk: string, level1: string]>([
    [403, 'Staff only', 'not-allowed', 'not-allowed'],
    [404, 'Ticket not found', 'ticket-gone', 'ticket-gone'],
    [409, 'Ticket is closed', 'ticket-closed', 'ticket-closed'],
    [413, 'The body is too large', 'refused', 'refused'],
    // The words of a framework or a gateway refuse nothing, where the server has words of its own.
    [404, 'Not Found', badAnswer, badAnswer],
    [405, 'Method Not Allowed', badAnswer, badAnswer],
    [410, 'Gone', badAnswer, badAnswer],
    [403, 'Forbidden', badAnswer, 'not-allowed'],
    [409, 'Conflict', badAnswer, 'ticket-closed'],
    [400, 'Bad Request', badAnswer, 'refused'],
  ])('%i "%s"', (status, detail, staffdesk, level1) => {
    const found = (['staffdesk', 'level1'] as const).map((kind) => {
      const outcome = judgeFailure(kind, reply, refusal(status, detail));
      return outcome.kind === 'parked' ? outcome.reason : outcome.kind;
    });
    expect(found).toEqual([staffdesk, level1]);
  });

  test('a ticket that was merged names where its conversation went on', () => {
    const failure = refusal(404, 'Ticket not found', {
      detail: 'Ticket not found',
      merged_into: other,
    });
    expect(judgeFailure('staffdesk', reply, failure)).toMatchObject({
      reason: 'ticket-merged',
      detail: other,
    });
    expect(judgeFailure('level1', reply, failure)).toMatchObject({ reason: 'ticket-gone' });
  });
});

test.each<[string, ApiFailure, object]>([
  ['a lost connection', { kind: 'unreachable' }, { kind: 'offline' }],
  ['a session that has ended', { kind: 'signed-out' }, { kind: 'signed-out' }],
  ['a page of the network', { kind: 'bad-answer', why: 'not JSON' }, { kind: badAnswer }],
  ['a server that is too busy', refusal(503, ''), { kind: 'later', everyone: true }],
  ['too many requests', refusal(429, ''), { kind: 'later', everyone: true }],
  ['a handler that failed', refusal(500, ''), { kind: 'later', everyone: false }],
])('%s passes, at a server of any kind', (_, failure, outcome) => {
  for (const kind of ['staffdesk', 'level1'] as const)
    expect(judgeFailure(kind, reply, failure)).toMatchObject(outcome);
});

test('an earlier try that is still being worked on is waited for', () => {
  const failure: ApiFailure = {
    kind: 'status',
    status: 409,
    detail: 'A request with this Idempotency-Key is in progress',
    retryAfterMs: 1_000,
    body: undefined,
  };
  expect(judgeFailure('staffdesk', reply, failure)).toEqual({
    kind: 'later',
    retryAfterMs: 1_000,
    everyone: false,
  });
});
