import { describe, expect, test } from 'vitest';
import type { TicketChange } from '../../src/contract/wire/api.ts';
import type { Operation, OperationState, StoredIntent } from '../../src/core/operation.ts';
import { heldBack, sendOrder, stoppedBehind } from '../../src/core/send-order.ts';

const reply: StoredIntent = { kind: 'reply', text: 'Here you are.' };
const note: StoredIntent = { kind: 'note', text: '@Jonas please look', mentions: [] };
const close: StoredIntent = { kind: 'close' };
const reopen: StoredIntent = { kind: 'reopen' };
const change = (fields: TicketChange): StoredIntent => ({
  kind: 'change',
  change: fields,
  base: {},
});
const unreadable: StoredIntent = { kind: 'unreadable', raw: '{}' };

type Line = [intent: StoredIntent, state: OperationState, unit?: string];
/** The operations of one ticket, named by their place. */
function arrange(...lines: Line[]): {
  goes: string[];
  waits: Record<string, string>;
  stopped: string[];
  held: string[];
} {
  const open: Operation[] = lines.map(([intent, state], at) => ({
    id: String(at),
    seq: at,
    accountId: 'me',
    ticketId: 'ticket',
    intent,
    state,
    attempts: 0,
    createdAt: 0,
    parked: state === 'parked' ? { reason: 'stale', detail: null } : null,
    seenThrough: null,
  }));
  const order = sendOrder(open, (id) => lines[Number(id)]?.[2] ?? null);
  return {
    goes: order.next.map(({ id }) => id),
    waits: Object.fromEntries([...order.waitsFor].map(([id, { id: before }]) => [id, before])),
    stopped: [...stoppedBehind(open, order)],
    held: [...heldBack(open, order)].toSorted(),
  };
}

test('all that moves goes in the order in which it was written, one at a time', () => {
  expect(
    arrange([reply, 'queued'], [note, 'queued'], [change({ priority: 'high' }), 'queued']),
  ).toMatchObject({ goes: ['0'], waits: { 1: '0', 2: '0' }, stopped: [] });
  expect(arrange([reply, 'inflight'], [note, 'queued'])).toMatchObject({
    goes: ['0'],
    waits: { 1: '0' },
  });
});

test('each ticket is its own', () => {
  const open = ['a', 'b'].map((ticketId, at): Operation => ({
    id: ticketId,
    seq: at,
    accountId: 'me',
    ticketId,
    intent: reply,
    state: 'queued',
    attempts: 0,
    createdAt: 0,
    parked: null,
    seenThrough: null,
  }));
  expect(sendOrder(open, () => null).next.map(({ id }) => id)).toEqual(['a', 'b']);
});

describe('behind a reply that needs the agent', () => {
  test.each<[string, StoredIntent, boolean]>([
    ['a note', note, true],
    ['a change of priority', change({ priority: 'high' }), true],
    ['a change of status', change({ status: 'waiting' }), true],
    ['tags', change({ tags: { add: ['vip'], remove: [] } }), true],
    ['another reply', reply, false],
    ['a close', close, false],
    ['a reopen', reopen, false],
    ['an entry of a newer version', unreadable, false],
  ])('%s', (_, intent, goes) => {
    expect(arrange([reply, 'parked'], [intent, 'queued'])).toMatchObject(
      goes
        ? { goes: ['1'], waits: {}, stopped: [] }
        : { goes: [], waits: { 1: '0' }, stopped: ['1'] },
    );
  });

  test('two notes go one after the other, past what waits as well', () => {
    expect(
      arrange([reply, 'parked'], [reply, 'queued'], [note, 'queued'], [note, 'queued']),
    ).toMatchObject({ goes: ['2'], waits: { 1: '0', 3: '2' }, stopped: ['1'] });
  });

  test('a change of status goes past a second reply that waits for it as well', () => {
    expect(
      arrange([reply, 'parked'], [reply, 'queued'], [change({ status: 'waiting' }), 'queued']),
    ).toMatchObject({ goes: ['2'], waits: { 1: '0' }, stopped: ['1'] });
  });

  test('what was sent with it never goes without it', () => {
    expect(
      arrange(
        [reply, 'parked', 'u'],
        [change({ priority: 'high' }), 'queued', 'u'],
        [close, 'queued', 'u'],
        [change({ category: 'other' }), 'queued'],
      ),
    ).toMatchObject({ goes: ['3'], waits: { 1: '0', 2: '0' }, stopped: ['1', '2'] });
  });

  test('a change of a field waits for an earlier one of that field that waits', () => {
    expect(
      arrange(
        [reply, 'parked', 'u'],
        [change({ priority: 'high' }), 'queued', 'u'],
        [change({ priority: 'low' }), 'queued'],
      ),
    ).toMatchObject({ goes: [], waits: { 1: '0', 2: '1' }, stopped: ['1', '2'] });
  });
});

describe('behind a reply that is held', () => {
  test.each<[string, StoredIntent, boolean]>([
    ['a note', note, true],
    ['a change of priority', change({ priority: 'high' }), true],
    ['a change of status, which the reply moves too', change({ status: 'waiting' }), false],
    ['a snooze, which the reply may end', change({ snoozed_until: '2030-01-01T00:00:00Z' }), false],
    ['another reply', reply, false],
    ['a close', close, false],
  ])('%s', (_, intent, goes) => {
    expect(arrange([reply, 'held'], [intent, 'queued'])).toMatchObject(
      goes ? { goes: ['1'], waits: {}, stopped: [] } : { goes: [], waits: { 1: '0' }, stopped: [] },
    );
  });
});

test('what is held, and what waits for it, is known', () => {
  expect(
    arrange(
      [reply, 'held', 'u'],
      [change({ priority: 'high' }), 'queued', 'u'],
      [reply, 'queued'],
      [note, 'queued'],
    ),
  ).toMatchObject({ goes: ['3'], held: ['0', '1', '2'] });
});

describe('behind a change that needs the agent', () => {
  test.each<[string, StoredIntent, StoredIntent, boolean]>([
    ['one of another field', change({ priority: 'high' }), change({ category: 'other' }), true],
    ['one of the same field', change({ priority: 'high' }), change({ priority: 'low' }), false],
    [
      'tags behind tags, which are sets',
      change({ tags: { add: ['a'], remove: [] } }),
      change({ tags: { add: ['b'], remove: [] } }),
      true,
    ],
    ['a status behind a close', close, change({ status: 'open' }), false],
    ['a snooze behind a close, which ends it', close, change({ snoozed_until: null }), false],
    ['a priority behind a close', close, change({ priority: 'low' }), true],
    ['a reply behind a reopen', reopen, reply, false],
    ['a note behind a reopen', reopen, note, true],
    ['a change behind an entry of a newer version', unreadable, change({ priority: 'low' }), false],
  ])('%s', (_, first, second, goes) => {
    expect(arrange([first, 'parked'], [second, 'queued']).goes).toEqual(goes ? ['1'] : []);
  });
});
