import { expect, test } from 'vitest';
import type { MacroItem } from '../../../../src/contract/bridge.ts';
import { completionAt } from '../../../../src/core/completion.ts';
import { choicesFor, meantAt } from '../../../../src/renderer/areas/compose/choices.ts';

const macros = ['Account closed', 'Account', 'Grüße'].map((name, i): MacroItem => ({
  id: `macro ${i}`,
  name,
  text: 'The account.',
  actions: {},
}));
const members = [
  {
    id: 'm1',
    name: 'Jonas Kim',
    email: 'jonas@staffdesk.test',
    role: 'staff' as const,
    is_active: true,
  },
];

/**
 * What Enter would take behind this text, before the agent has moved in the list; null: it ends the
 * line.
 */
function meant(text: string): string | null {
  const completion = completionAt(text, text.length, true);
  const choices = choicesFor(completion, macros, members);
  const choice = choices[meantAt(text, completion, choices)];
  return choice === undefined
    ? null
    : choice.kind === 'macro'
      ? choice.macro.name
      : choice.member.name;
}

test.each([
  ['Please open /acc', null],
  ['Please open /account page', null],
  ['Either/or /', null],
  ['See /etc/hosts', null],
  ['/account closed', 'Account closed'],
  ['/ACCOUNT', 'Account'],
  ['Please open /account', null],
  ['Hello,\n/account', 'Account'],
  ['Hello,\n  /account', 'Account'],
  ['/grüße', 'Grüße'],
  ['/GRÜSSE', 'Grüße'],
  ['Ask @jon', 'Jonas Kim'],
])('Enter behind %j takes %j', (text, name) => {
  expect(meant(text)).toBe(name);
});
