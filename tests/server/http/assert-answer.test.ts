import { expect, test } from 'vitest';
import { z } from 'zod';
import { assertAnswer } from '../../../src/server/http/assert-answer.ts';

const schema = z.object({
  id: z.uuid(),
  tags: z.array(z.string()),
  mentions: z.array(z.string()).default([]),
});
const id = '00000000-0000-4000-8000-000000000001';

test('an answer as the contract has it passes', () => {
  expect(() => {
    assertAnswer(schema, `{"id":"${id}","tags":["é \\" \\n"],"mentions":[]}`);
  }).not.toThrow();
});

test.each([
  ['a wrong value', `{"id":"1","tags":[],"mentions":[]}`, /Invalid UUID/],
  ['no value where there is a default', `{"id":"${id}","tags":[]}`, /not as the contract/],
  [
    'a field that the contract does not know',
    `{"id":"${id}","tags":[],"mentions":[],"password":"x"}`,
    /not as the contract/,
  ],
  ['a field that is there twice', `{"id":"${id}","id":"${id}","tags":[],"mentions":[]}`, /twice/],
  ['what is no JSON', `{"id":"${id}",`, /JSON/],
])('%s does not', (_, text, message) => {
  expect(() => {
    assertAnswer(schema, text);
  }).toThrow(message);
});
