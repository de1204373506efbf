import { describe, expect, test } from 'vitest';
import { completionAt, fits } from '../../src/core/completion.ts';
import {
  actionsOf,
  fillMacro,
  macroValues,
  missingIn,
  parseMacro,
  unfilledIn,
} from '../../src/core/macro.ts';
import { findHandles, mentionHandles, mentionsIn } from '../../src/core/mention.ts';
import {
  effectiveActions,
  joinActions,
  singleActions,
  withoutAction,
} from '../../src/core/send-actions.ts';

const me = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const values = macroValues(
  { name: 'Dana Okafor', email: 'dana@customer.test' },
  { id: me, subject: 'Statement is empty', status: 'Open', priority: 'High', category: 'Account' },
  { name: 'Maya Ruiz', email: 'maya@staffdesk.test' },
);

describe('variables', () => {
  test.each([
    ['Hello {{requester.first_name}},', 'Hello Dana,'],
    ['{{ requester.name }} / {{Requester.Last_Name}}', 'Dana Okafor / Okafor'],
    ['About "{{ticket.subject|your ticket}}"', 'About "Statement is empty"'],
    ['Order {{order.number|that you named}}', 'Order that you named'],
    ['Order {{order.number|}}!', 'Order !'],
    ['Order {{order.number}}', 'Order {{order.number}}'],
    ['{{plain}} {{}} {{ a b }} {{{x}}} }}{{', '{{plain}} {{}} {{ a b }} {{{x}}} }}{{'],
    ['{{agent.first_name}} {{agent.email}}', 'Maya maya@staffdesk.test'],
    ['{{constructor.name}} {{__proto__.x}}', '{{constructor.name}} {{__proto__.x}}'],
  ])('%s', (text, filled) => {
    expect(fillMacro(text, values)).toBe(filled);
  });

  test('a missing one is one without a value and without a fallback, named where it stands', () => {
    expect(
      missingIn(
        '{{order.number}} {{order.number|x}} {{requester.name}} {{ account.iban }}',
        values,
      ),
    ).toEqual([
      { name: 'order.number', raw: '{{order.number}}', at: 0 },
      { name: 'account.iban', raw: '{{ account.iban }}', at: 55 },
    ]);
  });

  test('only one that a macro has put into the text stops it; braces typed by hand are text', () => {
    const macros = [
      { text: 'Your order {{order.number}} has left, {{requester.first_name}}.' },
      { text: 'No variables.' },
    ];
    expect(unfilledIn('Write {{customer.email}} into the template.', values, macros)).toEqual([]);
    expect(
      unfilledIn('{{customer.email}}: your order {{order.number}} has left.', values, macros),
    ).toEqual([{ name: 'order.number', raw: '{{order.number}}', at: 31 }]);
    expect(
      unfilledIn('Your order {{order.number|that you named}} has left.', values, macros),
    ).toEqual([]);
    expect(unfilledIn('Your order {{order.number}} has left.', values, [])).toEqual([]);
  });

  test('an empty value counts as none', () => {
    expect(missingIn('{{requester.email}}', { 'requester.email': ' ' })).toHaveLength(1);
  });

  test('a value that looks like a variable is never filled itself', () => {
    const hostile = { ...values, 'requester.name': '{{agent.email}}' };
    const once = fillMacro('{{requester.name}}', hostile);
    expect(fillMacro(once, hostile)).toBe(once);
    expect(missingIn(once, hostile)).toEqual([]);
    expect(once).not.toContain('maya@');
  });

  test('the parts of a text are the whole text', () => {
    const text = 'a {{x.y|z}} b {{q.r}}{{s.t}}';
    expect(
      parseMacro(text)
        .map((part) => (part.kind === 'text' ? part.text : part.raw))
        .join(''),
    ).toBe(text);
  });
});

describe('actions', () => {
  test('me is whoever uses the macro, and empty tags are none', () => {
    expect(
      actionsOf({ status: 'resolved', assignee: 'me', tags: { add: [], remove: [] } }, me),
    ).toEqual({ status: 'resolved', assignee_id: me });
    expect(actionsOf({ assignee: null, tags: { add: ['a'], remove: ['b'] } }, me)).toEqual({
      assignee_id: null,
      tags: { add: ['a'], remove: ['b'] },
    });
  });

  test('each can be taken off on its own', () => {
    const actions = {
      status: 'resolved' as const,
      assignee_id: null,
      tags: { add: ['a', 'b'], remove: ['c'] },
    };
    expect(singleActions(actions)).toHaveLength(5);
    for (const one of singleActions(actions))
      expect(singleActions(withoutAction(actions, one))).toEqual(
        singleActions(actions).filter((left) => JSON.stringify(left) !== JSON.stringify(one)),
      );
    expect(
      singleActions(actions).reduce(
        (left, one) => withoutAction(left, one),
        actions as Parameters<typeof withoutAction>[0],
      ),
    ).toEqual({});
  });

  test('of two macros the later one holds where they disagree', () => {
    expect(
      joinActions(
        { status: 'open', priority: 'low', tags: { add: ['a'], remove: ['b'] } },
        { status: 'closed', tags: { add: ['b'], remove: [] } },
      ),
    ).toEqual({ status: 'closed', priority: 'low', tags: { add: ['a', 'b'], remove: [] } });
  });

  test('what the ticket has already is not set again', () => {
    const ticket = {
      status: 'open',
      priority: 'high',
      category: 'other',
      assignee_id: null,
      tags: ['a'],
    };
    expect(
      effectiveActions(
        {
          status: 'open',
          priority: 'low',
          assignee_id: null,
          tags: { add: ['a', 'b'], remove: ['z'] },
        },
        ticket,
      ),
    ).toEqual({ priority: 'low', tags: { add: ['b'], remove: [] } });
    expect(effectiveActions({ status: 'open' }, ticket)).toEqual({});
  });
});

describe('what is being chosen at the caret', () => {
  test.each([
    ['/', true, { kind: 'macro', from: 0, query: '' }],
    ['Dear Dana\n/with rel', true, { kind: 'macro', from: 10, query: 'with rel' }],
    ['and/or', true, null],
    ['https://x', true, null],
    ['1 / 2', true, null],
    ['/a\n', true, null],
    ['/a@', true, null],
    ['@al', true, { kind: 'mention', from: 0, query: 'al' }],
    ['@al', false, null],
    ['mail@al', true, null],
    [`${'x'.repeat(200)} @Jo`, true, { kind: 'mention', from: 201, query: 'Jo' }],
    [`/${'x'.repeat(60)}`, true, null],
  ])('%s (mentions %s)', (text, mentions, found) => {
    expect(completionAt(text, text.length, mentions)).toEqual(found);
  });

  test('only what stands before the caret counts', () => {
    expect(completionAt('/withdrawal', 3, false)).toEqual({ kind: 'macro', from: 0, query: 'wi' });
  });

  test('every word of the query begins a word', () => {
    expect(fits('rel with', 'Withdrawal: released, on its way')).toBe(true);
    expect(fits('leased', 'Withdrawal: released')).toBe(false);
    expect(fits('muller', 'Jürgen Müller', 'jm@x.test')).toBe(true);
    expect(fits('jm@x', 'Jürgen Müller', 'jm@x.test')).toBe(true);
    expect(fits('', 'anything')).toBe(true);
  });
});

describe('mentions', () => {
  const member = (id: string, name: string, is_active = true) => ({
    id,
    name,
    email: `${id.slice(-1)}@staffdesk.test`,
    is_active,
  });
  const members = [
    member(me, 'Alex'),
    member(other, 'Alex Kim'),
    member('3', 'Jonas', false),
    member('4', 'Sam Lee'),
    member('5', 'Sam Lee'),
  ];

  test('are read from the text: whole names, the longer one first, whoever is gone not at all', () => {
    expect(mentionsIn('@Alex Kim and @alex, not @Jonas nor me@Alex or @Alexa', members)).toEqual([
      other,
      me,
    ]);
    expect(mentionsIn('(@Alex Kim)', members)).toEqual([other]);
    expect(mentionsIn('', members)).toEqual([]);
  });

  test('two who share a name are told apart by their e-mail', () => {
    expect(mentionHandles(members).get('5')).toBe('5@staffdesk.test');
    expect(mentionsIn('@5@staffdesk.test please', members)).toEqual(['5']);
    expect(mentionsIn('@Sam Lee please', members)).toEqual([]);
  });

  test('are found where they stand', () => {
    expect(findHandles('ask @Alex Kim.', ['Alex Kim'])).toEqual([
      { from: 4, to: 13, handle: 'Alex Kim' },
    ]);
    expect(findHandles('@a+b', ['a+b'])).toHaveLength(1);
  });
});
