import { describe, expect, test } from 'vitest';
import { parseRetryAfter, retryDelay } from '../../src/core/backoff.ts';
import {
  OperationIntent as IntentSchema,
  type Operation,
  type OperationIntent,
} from '../../src/core/operation.ts';
import { layOver, previewOf } from '../../src/core/overlay.ts';
import { changeTags } from '../../src/core/tags.ts';
import { parseWireMicros, parseWireTime } from '../../src/core/time.ts';
import { uuidV7 } from '../../src/core/uuid.ts';

const operation = (intent: OperationIntent, state: Operation['state'] = 'queued'): Operation => ({
  id: 'op',
  seq: 1,
  accountId: 'me',
  ticketId: 't',
  intent,
  state,
  attempts: 0,
  createdAt: 2_000,
  parked: null,
  seenThrough: null,
});
const truth = {
  status: 'waiting',
  priority: 'low',
  category: 'other',
  assignee_id: null,
  tags: ['a'],
  snoozed_until: null,
  subject: 's',
  activity_at: 1_000,
  preview: 'old',
  preview_by: 'customer' as const,
  resolved_at: null,
};

describe('pending operations over the truth', () => {
  test('are laid over in their order and leave the truth as it was', () => {
    const { ticket, overlay } = layOver(truth, [
      operation({
        kind: 'change',
        change: { priority: 'high', tags: { add: ['b'], remove: ['a'] } },
        base: {},
      }),
      operation({ kind: 'reply', text: 'hello\n there' }),
      operation({ kind: 'close' }),
    ]);
    expect(ticket).toMatchObject({
      status: 'closed',
      priority: 'high',
      tags: ['b'],
      preview: 'hello there',
      preview_by: 'me',
      activity_at: 2_000,
    });
    expect(overlay).toEqual({
      pending: 3,
      notSent: false,
      fields: ['priority', 'tags', 'status'],
    });
    expect(truth).toMatchObject({ status: 'waiting', tags: ['a'] });
  });

  test('that wait for the agent do not change what is shown', () => {
    const { ticket, overlay } = layOver(truth, [operation({ kind: 'close' }, 'parked')]);
    expect(ticket.status).toBe('waiting');
    expect(overlay).toEqual({ pending: 0, notSent: true, fields: [] });
  });

  test('an internal note shows nowhere in the list', () => {
    expect(
      layOver(truth, [operation({ kind: 'note', text: 'secret', mentions: [] })]).ticket,
    ).toEqual(truth);
  });
});

test('tags are a set: removing and adding one keeps it, adding twice adds once', () => {
  expect(changeTags(['a', 'b'], { add: ['b', 'c', 'c'], remove: ['a'] })).toEqual(['b', 'c']);
  expect(changeTags(['a'], { add: ['a'], remove: ['a'] })).toEqual(['a']);
});

test('a preview is one line, short, and never half a character', () => {
  expect(previewOf('  a\n\n b\t c ')).toBe('a b c');
  expect(previewOf('👩‍👩‍👧'.repeat(200)).isWellFormed()).toBe(true);
  expect([...previewOf('x'.repeat(100_000))]).toHaveLength(140);
  for (const character of ['👩‍👩‍👧', '🇩🇪', 'e\u0301', 'กำ', '🦜']) {
    const previews = Array.from({ length: 20 }, (_, before) =>
      previewOf('x'.repeat(120 + before) + character.repeat(200)),
    );
    for (const preview of previews)
      expect(preview.replace(/^x+/, '').replaceAll(character, '')).toBe('');
    expect(Math.max(...previews.map((preview) => [...preview].length))).toBe(140);
  }
  expect(previewOf(`${' '.repeat(998)}a🦜`)).toBe('a');
  expect(previewOf('one\u000Btwo\u0007')).toBe('one two');
});

test('a wire time without a zone is UTC, and microseconds keep their order', () => {
  expect(parseWireTime('2025-11-10T09:12:33.123456')).toBe(Date.UTC(2025, 10, 10, 9, 12, 33, 123));
  expect(parseWireTime('2025-11-10T09:12:33Z')).toBe(parseWireTime('2025-11-10T10:12:33+01:00'));
  expect(
    parseWireMicros('2025-11-10T09:12:33.123457Z') - parseWireMicros('2025-11-10T09:12:33.123456Z'),
  ).toBe(1);
  expect(() => parseWireTime('yesterday')).toThrow(RangeError);
});

describe('waiting before the next try', () => {
  test('is full jitter under 1 s * 2^n, at most 5 min', () => {
    expect(retryDelay(0, () => 0.999)).toBeLessThanOrEqual(1_000);
    expect(retryDelay(3, () => 0.5)).toBe(4_000);
    expect(retryDelay(50, () => 0.9999)).toBeLessThanOrEqual(300_000);
    expect(retryDelay(5, () => 0)).toBe(0);
  });
  test('has Retry-After as its floor, in seconds or as a date judged by the answer itself, at most 1 h', () => {
    expect(retryDelay(0, () => 0, parseRetryAfter('7', undefined))).toBe(7_000);
    expect(parseRetryAfter('Mon, 10 Nov 2025 09:00:30 GMT', 'Mon, 10 Nov 2025 09:00:00 GMT')).toBe(
      30_000,
    );
    expect(parseRetryAfter('Mon, 10 Nov 2025 08:00:00 GMT', 'Mon, 10 Nov 2025 09:00:00 GMT')).toBe(
      0,
    );
    expect(parseRetryAfter('999999', undefined)).toBe(3_600_000);
    for (const garbage of ['soon', '-5', '', '1e9', 'NaN'])
      expect(parseRetryAfter(garbage, undefined), garbage).toBeNull();
  });
});

test('operation ids are version 7 UUIDs that sort by time', () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const ids = [1, 2, 1_795_000_000_000, 1_795_000_000_001].map((now) => uuidV7(now, random));
  expect(ids).toEqual(ids.toSorted());
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('an operation without a text is none', () => {
  expect(IntentSchema.safeParse({ kind: 'reply', text: '' }).success).toBe(false);
});
