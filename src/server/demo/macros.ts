import type { DemoMacro } from './types.ts';

const hello = 'Hello {{requester.first_name|there}},\n\n';
const regards = '\n\nKind regards,\n{{agent.first_name}}';
const letter = (text: string): string => `${hello}${text}${regards}`;

/** Canned replies of a trading platform's desk. */
export const demoMacros: readonly DemoMacro[] = [
  {
    name: 'First answer: we are looking into it',
    text: letter(
      'Thank you for writing to us about "{{ticket.subject|your request}}". I have taken ' +
        'it over and am looking into it now. You will hear from me today, also if I need ' +
        'longer.',
    ),
    actions: { status: 'in_progress', assignee: 'me' },
  },
  {
    name: 'Withdrawal: released, on its way',
    text: letter(
      'Your withdrawal has been released. Banks need one to three business days, ' +
        'international wires up to five. If it is not there after that, send us the ' +
        'reference beginning with W: your bank can trace it with that.',
    ),
    actions: { status: 'resolved', category: 'funding', tags: { add: ['withdrawal'], remove: [] } },
  },
  {
    name: 'Withdrawal: trace with the bank',
    text: letter(
      'I am sorry that your withdrawal has not arrived. I have asked our bank to trace it, ' +
        'which takes up to two business days. Please check with your bank meanwhile whether ' +
        'a payment with your name is waiting for details.',
    ),
    actions: {
      status: 'in_progress',
      priority: 'high',
      category: 'funding',
      assignee: 'me',
      tags: { add: ['withdrawal', 'bank-trace'], remove: [] },
    },
  },
  {
    name: 'Deposit: returned, name does not match',
    text: letter(
      'Your deposit was returned because the name on the bank account is not the name on ' +
        'your trading account. It goes back to the sending account within five business ' +
        'days. Please send it again from an account in your own name.',
    ),
    actions: { status: 'resolved', category: 'funding', tags: { add: ['deposit'], remove: [] } },
  },
  {
    name: 'Verification: documents needed',
    text: letter(
      'To go on we need a photo of a valid identity document and a proof of address that ' +
        'is not older than three months: a bank statement, utility bill or official letter ' +
        'with your full name and address. You can upload both under Settings, Verification.',
    ),
    actions: {
      status: 'in_progress',
      category: 'account',
      tags: { add: ['verification'], remove: [] },
    },
  },
  {
    name: 'Verification: complete',
    text: letter(
      'Your documents have been checked and your account is verified. All limits are lifted and withdrawals are open.',
    ),
    actions: {
      status: 'resolved',
      category: 'account',
      tags: { add: [], remove: ['verification'] },
    },
  },
  {
    name: 'Two-factor: lost device',
    text: letter(
      'Open Security on the sign-in page and choose "Lost my device". We ask for the code ' +
        'sent to {{requester.email|your e-mail}} and for a photo of your identity document. ' +
        'Withdrawals are held for 24 hours after the change, for your safety.',
    ),
    actions: {
      status: 'in_progress',
      category: 'account',
      tags: { add: ['two-factor'], remove: [] },
    },
  },
  {
    name: 'Stop order: why the fill differs',
    text: letter(
      'A stop order becomes a market order at its trigger price and is filled at the next ' +
        'price available. In a fast market or after a gap that price can differ. I have ' +
        'checked the fill against the exchange: it was the first price traded after the ' +
        'trigger. A stop-limit order bounds the price, but may not be filled.',
    ),
    actions: { status: 'resolved', category: 'trading', tags: { add: ['execution'], remove: [] } },
  },
  {
    name: 'Margin call: what happens now',
    text: letter(
      'At 100 % margin level new positions are blocked; at 50 % positions are closed, the ' +
        'largest loss first, until the level is above 50 % again. You can add funds or close ' +
        'a position yourself at any time before that.',
    ),
    actions: { priority: 'high', category: 'trading', tags: { add: ['margin'], remove: [] } },
  },
  {
    name: 'Platform: clear the cache, then tell us',
    text: letter(
      'Please reload with the cache cleared (Ctrl+Shift+R), switch off extensions that ' +
        'block scripts and check that websockets on port 443 are allowed. If the chart stays ' +
        'empty, tell me the time, the instrument and your browser, and I will look at our ' +
        'side.',
    ),
    actions: { status: 'in_progress', category: 'technical', assignee: 'me' },
  },
  {
    name: 'Escalate: complaint',
    text: letter(
      'I am sorry for the trouble with "{{ticket.subject|your request}}". I have passed it ' +
        'on as a formal complaint. You get a confirmation within one business day and an ' +
        'answer in writing within fifteen.',
    ),
    actions: {
      status: 'in_progress',
      priority: 'urgent',
      assignee: null,
      tags: { add: ['complaint', 'escalated'], remove: [] },
    },
  },
  {
    name: 'No answer: closing for now',
    text: letter(
      'We have not heard from you for a while, so I am closing "{{ticket.subject|your ' +
        'request}}". If you still need us, open a new request at any time and mention this ' +
        'one.',
    ),
    actions: { status: 'closed' },
  },
];
