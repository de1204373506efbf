import { describe, expect, test } from 'vitest';
import type { OwnMessage, WritingApi } from '../../../src/portal/api/api.ts';
import { createWriter } from '../../../src/portal/stores/writer.ts';

const sent: string[] = [];
const api = {
  takesKeys: () => true,
  write: (_: string, text: string) => {
    sent.push(text);
    return Promise.resolve();
  },
} as unknown as WritingApi;

test.each([
  ['blanks', '   \n  '],
  ['characters without a width', '\u200B\u200B\u200B\u200B\u200B\u200B'],
  ['an empty pattern of Braille', '\u2800'.repeat(12)],
  ['one letter between them', '\u200Ba\u200B'],
])('a message of %s is too short, and is told so before it is sent', async (_, text) => {
  const writer = createWriter(api, 'ticket', () => ({ initial: null, save: () => true }));
  writer.type(text);
  expect(await writer.send()).toBe(false);
  expect([writer.store.getState().note, sent]).toEqual(['too-short', []]);
});

describe('of a server without keys', () => {
  const row = (id: string, message: string, isStaff = false): OwnMessage => ({
    id,
    ticket_id: 'ticket',
    user_id: null,
    staff_id: null,
    message,
    is_internal: false,
    is_staff: isStaff,
    created_at: '2026-01-01T00:00:00Z',
  });

  /** The server writes what it is sent as often as `times` says. */
  function writerOn(rows: OwnMessage[], times: number) {
    const write = (_: string, message: string): Promise<void> => {
      for (let n = 0; n < times; n += 1) rows.push(row(`m${rows.length}`, message));
      return Promise.resolve();
    };
    const withoutKeys = {
      takesKeys: () => false,
      messages: () => Promise.resolve({ rows: [...rows], more: false }),
      write,
    } as unknown as WritingApi;
    return createWriter(withoutKeys, 'ticket', () => ({ initial: null, save: () => true }));
  }

  test('a message that is there twice, because a connection broke, is told once, and only until the next is typed', async () => {
    const rows = [row('m0', 'Is there any news?'), row('m1', 'Not yet.', true)];
    const writer = writerOn(rows, 2);
    writer.type('Is there any news?');
    expect(await writer.send()).toBe(true);
    writer.seen(rows);
    expect(writer.store.getState()).toMatchObject({ text: '', note: 'arrived-twice' });
    writer.type('T');
    writer.seen(rows);
    expect(writer.store.getState().note).toBeNull();
  });

  test('a message like an earlier one, or like one of the team, is there once', async () => {
    const rows = [row('m0', 'Thank you'), row('m1', 'Thank you', true)];
    const writer = writerOn(rows, 1);
    for (let n = 0; n < 2; n += 1) {
      writer.type('Thank you');
      await writer.send();
      rows.push(row(`team${n}`, 'Thank you', true));
      writer.seen(rows);
      expect(writer.store.getState().note).toBeNull();
    }
  });
});
