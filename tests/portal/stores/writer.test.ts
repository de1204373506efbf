import { expect, test } from 'vitest';
import type { WritingApi } from '../../../src/portal/api/client.ts';
import { createWriter } from '../../../src/portal/stores/writer.ts';

const sent: string[] = [];
const api = { takesKeys: () => true, write: (_: string, text: string) => { sent.push(text); return Promise.resolve(); } } as unknown as WritingApi;

test.each([
  ['blanks', '   \n  '], ['characters without a width', '\u200B\u200B\u200B\u200B\u200B\u200B'], ['an empty pattern of Braille', '\u2800'.repeat(12)], ['one letter between them', '\u200Ba\u200B'],
])('a message of %s is too short, and is told so before it is sent', async (_, text) => {
  const writer = createWriter(api, 'ticket', () => ({ initial: null, save: () => true }));
  writer.type(text);
  expect(await writer.send()).toBe(false);
  expect([writer.store.getState().note, sent]).toEqual(['too-short', []]);
});
