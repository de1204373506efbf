import type { DemoFaq } from './types.ts';

const entries: [category: string, question: string, answer: string][] = [
  [
    'account',
    'How do I reset my two-factor code?',
    'Open Security on the sign-in page and choose "Lost my device". We ask for the code ' +
      'sent to your e-mail and for a photo of your identity document. Changes to two-factor ' +
      'settings hold withdrawals for 24 hours.',
  ],
  [
    'account',
    'Which documents do you accept as proof of address?',
    'A bank statement, utility bill or official letter that is not older than three months ' +
      'and shows your full name and address. Screenshots and mobile phone bills are not ' +
      'accepted.',
  ],
  [
    'account',
    'How do I change the name on my account?',
    'Write to us with the document that shows both names, for example a marriage ' +
      'certificate or deed poll, and a valid identity document. Trading stays open during ' +
      'the check, withdrawals wait for it.',
  ],
  [
    'account',
    'How do I close my account?',
    'Close all positions, withdraw the balance and choose Settings, Account, Close ' +
      'account. Statements stay available to you for seven years.',
  ],
  [
    'funding',
    'How long does a withdrawal take?',
    'We release withdrawals requested before 14:00 UTC on the same business day. Banks ' +
      'then need one to three business days, international wires up to five. The reference ' +
      'beginning with W lets your bank trace it.',
  ],
  [
    'funding',
    'Why was my deposit returned?',
    'Most often because the name on the bank account differs from the name on your trading ' +
      'account, or because the reference was missing. Returned deposits go back to the ' +
      'sending account within five business days.',
  ],
  [
    'funding',
    'Is there a minimum deposit?',
    'No minimum for bank transfers; 20 in your account currency for cards. Cards have a limit of 10,000 a day.',
  ],
  [
    'trading',
    'Why was my stop order filled at a worse price?',
    'A stop order becomes a market order at its trigger price and is filled at the next ' +
      'price available. In fast markets and after a gap this may differ. A stop-limit order ' +
      'bounds the price but may not be filled.',
  ],
  [
    'trading',
    'What are the trading hours?',
    'They follow the exchange of each instrument and stand in its details under Market ' +
      'hours. Holidays are listed in the calendar a month ahead.',
  ],
  [
    'trading',
    'What happens at a margin call?',
    'At 100 % margin level we write to you and block new positions. At 50 % positions are ' +
      'closed, the largest loss first, until the level is above 50 %.',
  ],
  [
    'technical',
    'The chart does not load or stays empty. What helps?',
    'Reload with the cache cleared (Ctrl+Shift+R), switch off extensions that block ' +
      'scripts and check that websockets on port 443 are allowed. Private windows do not ' +
      'keep drawings.',
  ],
  [
    'technical',
    'What are the rate limits of the API?',
    'Sixty requests a second for market data and ten for orders, per key. Answers carry ' +
      'the remaining number in X-RateLimit-Remaining; a 429 tells when to come back in ' +
      'Retry-After.',
  ],
  [
    'billing',
    'When is the monthly plan charged?',
    'On the day of the month you subscribed. If a card fails we try again after three and ' +
      'seven days, then the plan falls back to Basic. Nothing is charged for months on Basic.',
  ],
  [
    'billing',
    'Where do I find my invoices and tax documents?',
    'Under Documents. Invoices appear on the day of the charge, yearly tax statements by the end of February.',
  ],
  [
    'other',
    'How do I send a complaint?',
    'Write to us with the words "formal complaint" in the subject. You get a confirmation ' +
      'within one business day and an answer in writing within fifteen.',
  ],
];

export const demoFaq: readonly DemoFaq[] = entries.map(([category, question, answer], index) => ({
  category,
  question,
  answer,
  order: index + 1,
}));
