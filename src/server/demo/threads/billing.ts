import type { Scenario } from './scenario.ts';

/** Plans, invoices, fees and tax papers. */
export const billing: readonly Scenario[] = [
  {
    category: 'billing',
    tags: ['double-charge', 'refund'],
    priorities: ['medium', 'high'],
    subjects: [
      'Charged twice for {month}',
      'Two payments for one month',
      'Double charge of {fee}',
      'Please refund the second charge',
      '{fee} taken twice',
      'Billed two times, {invoice}',
    ],
    beats: [
      [
        'customer',
        'You charged {fee} twice for {month}, both on the same day. Please return one.',
        'My statement shows two payments of {fee} to you, {invoice} and another one without a number.',
        'I was billed {fee} two times this month. I only have one account.',
      ],
      [
        'agent',
        'I can see {invoice} and a second attempt that was made when the first one timed ' +
          'out. Could you check whether the second one is still marked as pending?',
        'Thank you for telling us. Is one of the two still "reserved" at {bank}? Those disappear by themselves.',
      ],
      [
        'customer',
        'Both are booked, not pending.',
        'Both went through. I can send the statement of {bank}.',
        'No, both are booked since {date}.',
      ],
      [
        'note',
        'Processor has two captures for {invoice}. @{mate} refund approved from my side, ' +
          'needs your second pair of eyes.',
        'Duplicate capture after a timeout, refund {fee}. @{mate} please approve.',
      ],
      [
        'colleague?',
        'Approved, refund of {fee} is out.',
        'Done, {invoice} stays, the other is reversed. Three to five days to the card.',
      ],
      [
        'agent',
        'The second {fee} is on its way back to your card and should be there by {later}. I am sorry for the trouble.',
        'We returned {fee} today. Depending on {bank} it shows within three to five working days.',
      ],
      [
        'customer',
        'Thank you, the second charge is gone.',
        'Received, thanks.',
        'Got the money back today.',
      ],
    ],
  },
  {
    category: 'billing',
    tags: ['invoice', 'vat'],
    priorities: ['low', 'medium'],
    subjects: [
      'Invoice without our VAT number',
      'Need invoice {invoice} on company name',
      'Wrong company on the invoice',
      '{invoice}: please correct',
      'Change billing details',
      'VAT missing on {invoice}',
    ],
    beats: [
      [
        'customer',
        'Invoice {invoice} is made out to me personally. Could you issue it to {company}, with our VAT number?',
        'Our company moved and {invoice} still shows the old address in {city}.',
        'Our accountant refuses {invoice}, because the VAT number is missing.',
      ],
      [
        'agent',
        'Of course. Please send me the full company name, address and VAT number as they should appear.',
        'I can reissue it. Please send the details as they should be, and tell me whether ' +
          'only {invoice} should change or all of this year.',
      ],
      [
        'customer',
        '{company}, 14 Harbour Street, {city}. VAT number is in the attachment. All of this year, please.',
        'Only that one. {company}, address as in my profile, VAT number attached.',
      ],
      [
        'agent',
        'Done: the corrected documents are under Billing, and the next ones will have the ' +
          'new details. The old numbers are cancelled and listed on them.',
        '{invoice} is reissued and in your inbox. I also changed the profile so that it stays that way.',
      ],
      [
        'customer',
        'My accountant is happy, thank you.',
        'Found it, that is exactly what we needed.',
        'Received and booked.',
      ],
    ],
  },
  {
    category: 'billing',
    tags: ['tax', 'statement'],
    priorities: ['medium', 'low'],
    subjects: [
      'a|Tax statement for {year} has the wrong address',
      'b|When is the tax report for {year} ready?',
      'a|Please reissue the tax report {year}',
      'b|Tax report {year} still missing',
      'b|Need the tax form before {later}',
      'a|Old address on the yearly statement',
    ],
    beats: [
      [
        'customer',
        'a|Could you reissue the tax statement for {year}? It still has my old address in {city}.',
        'b|When will the tax report for {year} be there? My filing is due on {later}.',
        'b|Other brokers sent their tax reports weeks ago. Where is mine for {year}?',
        'a|My name is right but the address on the report for {year} is two flats ago.',
      ],
      [
        'agent',
        'a|Happy to. Is the new address already in your profile? The report takes it from there.',
        'b|Most are out, yours waits for a correction of {share}, whose issuer changed the ' +
          'kind of a dividend. Do you need a preliminary one for your adviser?',
      ],
      [
        'customer',
        'a|Yes, I changed it in {month}.',
        'a|I thought so, but it was not saved. Now it is.',
        'b|A preliminary one would help a lot.',
        'b|Yes please, with a word that it is not final.',
      ],
      [
        'agent',
        'a|The corrected report for {year} is under Documents, marked "replaces". The first one is no longer valid.',
        'b|The preliminary report is under Documents. The final one comes by {later}, and ' +
          'I will write to you when it is there.',
      ],
      [
        'customer',
        'Got it, thank you.',
        'a|Address is right. Thanks.',
        'b|My adviser can work with that. Thank you.',
      ],
    ],
  },
  {
    category: 'billing',
    tags: ['tax', 'withholding'],
    priorities: ['medium', 'low'],
    subjects: [
      'Withholding tax on {share} too high',
      'Certificate of residence',
      'Dividend tax looks wrong',
      'Reclaim of foreign tax',
      'Tax on {share}: 30 instead of 15 %',
    ],
    beats: [
      [
        'customer',
        'The report for {year} shows 30 % tax on a dividend of {share}. It should be 15.',
        'How do I reclaim the foreign tax on {share}? It adds up over the years.',
        'You withhold the full rate on {share} although I sent you a certificate of residence.',
      ],
      [
        'agent',
        'Which payment is it about, and do you remember when you sent the certificate of ' +
          'residence? They are valid for a limited time.',
        'Let me look at the certificate that we have. Is your address for tax still the one in the profile?',
      ],
      [
        'customer',
        '{share}, paid on {earlier}. I sent the certificate last year.',
        'It is about {share}. I did not know that there is a certificate.',
        'The address is the same. The payment was on {earlier}.',
      ],
      [
        'note?',
        'Certificate expired in {month}. @{mate} can tax ops reclaim the difference if we get a new one?',
        'Never had one on file for {account}. @{mate} which form for this country?',
      ],
      [
        'agent',
        'There is no valid certificate on file, so the full rate was withheld. With a new ' +
          'one we can reclaim {small} for you; I put the form into your documents.',
        'Without a valid certificate the full rate applies. Please have the attached form ' +
          'stamped by your tax office; then we apply the treaty rate and reclaim the last ' +
          'two years.',
      ],
      [
        'customer',
        'Form is on its way.',
        'The tax office needs two weeks for a stamp. I will send it then.',
        'Sent, with the stamp. Thank you.',
      ],
    ],
  },
  {
    category: 'billing',
    tags: ['plan', 'cancel'],
    priorities: ['low', 'medium'],
    subjects: [
      'Cancel my subscription',
      'a|Downgrade to the free plan',
      'b|Charged after cancelling',
      'a|How do I end the Pro plan?',
      'b|Cancelled in {month}, still paying',
      'End the plan please',
    ],
    beats: [
      [
        'customer',
        'a|I want to end the Pro plan. The button in the settings does nothing.',
        'a|Please move me to the free plan. I hardly use the extras.',
        'b|I cancelled on {earlier} and was charged {fee} again.',
        'b|I cancelled the plan weeks ago and {invoice} over {fee} came today.',
      ],
      [
        'agent',
        'a|I can do that for you. Your data stays, only the live depth and the second ' +
          'watchlist go. Shall it end now or with the paid month?',
        'b|Let me look. Did you get an e-mail that confirmed the cancellation?',
      ],
      [
        'customer',
        'a|End of the month is fine.',
        'a|With the month, I have paid for it after all.',
        'b|No e-mail, now that you ask. I only pressed the button.',
        'b|No confirmation, but I am sure that I cancelled.',
      ],
      [
        'note?',
        'b|First click is in the log, the second one is not. @{mate} that dialog again, {bug}. Refund {fee}?',
      ],
      [
        'agent',
        'a|Done, the plan ends with the month and nothing more is charged.',
        'b|The plan has ended and {fee} goes back to your card. The button asks for a ' +
          'second confirmation that is easy to miss; I have passed that on.',
      ],
      [
        'customer',
        'Thank you for making it easy.',
        'b|That is fair. Thank you.',
        'a|Great, confirmation received.',
      ],
    ],
  },
  {
    category: 'billing',
    tags: ['fees', 'market-data'],
    priorities: ['low'],
    subjects: [
      'What is this fee of {small}?',
      'Market data fee',
      'Unknown fee on {date}',
      'Fee I did not agree to',
      'Charge of {small} for data',
    ],
    beats: [
      [
        'customer',
        'There is a fee of {small} on my account from {date}. What is it for?',
        'Since {month} I pay {small} for "data". I never ordered any.',
        'Please explain the fee of {small}. It is not in your price list.',
      ],
      [
        'agent',
        'That is the market data fee of {month}, because a paid feed was on. You can see ' +
          'and switch it off under Data. Did you use the trial of the live depth?',
        'It is for a paid price feed, which was on from {month}. May I ask whether you need it?',
      ],
      [
        'customer',
        'I never switched that on!',
        'I do not need it. I only trade {share} once a month.',
        'There was a trial, I clicked on it out of curiosity.',
      ],
      [
        'agent',
        'It was switched on with the trial in {month}. I turned it off and returned {small} as a courtesy.',
        'The trial turns it on by itself, which surprises people. It is off now, and {small} is back on your account.',
      ],
      ['customer?', 'Thank you, fair enough.', 'Good. Please make that clearer.'],
    ],
  },
  {
    category: 'billing',
    tags: ['fees', 'inactivity'],
    priorities: ['low'],
    subjects: [
      'Inactivity fee',
      'Inactivity fee although I traded',
      'Fee for doing nothing?',
      '{small} for inactivity',
      'Please refund the inactivity fee',
    ],
    beats: [
      [
        'customer',
        'I was charged an inactivity fee although I traded in {month}.',
        'A fee because I do nothing? I am a long-term investor.',
        'You took {small} for inactivity. I was in hospital for three months.',
      ],
      [
        'agent',
        'The fee counts trades and deposits of the last twelve months. Let me check yours.',
        'I understand the annoyance. A deposit or one trade a year is enough to avoid it. Let me see what I can do.',
      ],
      [
        'note?',
        'Trade in {month} was cancelled by the venue, so it did not count. @{mate} I would return it.',
        'Customer since {since}, first time. Returning it once, @{mate} ok?',
      ],
      [
        'agent',
        'I have returned {small} and put a note on your account, so that it does not come up again before next year.',
        'You are right, your activity in {month} counts. {small} is back in your balance.',
      ],
      [
        'customer',
        'Thank you, that is decent of you.',
        'Thanks. I will make a small deposit now and then.',
        'Appreciated.',
      ],
    ],
  },
  {
    category: 'billing',
    tags: ['card', 'payment-failed'],
    priorities: ['medium', 'low'],
    subjects: [
      'Payment for the plan failed',
      'New card, plan suspended',
      'Card expired',
      'Plan fell back to Basic',
      'Cannot update my card',
      'Payment failed three times',
    ],
    beats: [
      [
        'customer',
        'My plan fell back to Basic because a payment failed. My card is fine!',
        'I have a new card ending {last4} and the page does not let me enter it.',
        'You tried to charge my old card {n} times. The new one is in my profile since {month}.',
      ],
      [
        'agent',
        'The bank answered "do not honour". Some banks block subscriptions until you ' +
          'confirm one. Did you get a message of {bank}?',
        'Cards for trading and cards for the plan are kept apart, for reasons nobody ' +
          'loves. The plan has its own under Billing, Payment. Is the new one there?',
      ],
      [
        'customer',
        '{bank} had blocked it, I released it in their app.',
        'It was only in the other place. I added it under Billing now.',
        'I see. It is added, ending {last4}.',
      ],
      [
        'agent',
        'I started the payment again, it went through, and the plan is active with all your settings.',
        'Charged successfully, {invoice}. Your plan continues without a gap.',
      ],
      ['customer?', 'All settings are back. Thank you.', 'Good, thanks.'],
    ],
  },
  {
    category: 'billing',
    tags: ['pricing', 'question'],
    priorities: ['low'],
    subjects: [
      'Question about your commissions',
      'Discount for yearly payment?',
      'Price for students',
      'How are fees on {share} computed?',
      'Volume discount',
    ],
    beats: [
      [
        'customer',
        'How is the commission on {share} computed? The confirmation for {qty} shares shows {fee}.',
        'Is there a discount if I pay for the whole year?',
        'From which volume on do I get the lower commission?',
      ],
      [
        'agent',
        'It is a base price plus a part of the value, with a maximum. The calculator on ' +
          'https://example.com/prices shows it before you trade.',
        'Yes, two months are free with the yearly plan, and what you have paid for this month is counted in.',
        'From fifty orders a month, counted over the last three. The present count is under Billing, Commissions.',
      ],
      [
        'customer?',
        'Thank you, the calculator agrees.',
        'Good offer. I will think about it.',
        'I see, {percent} so far. Thanks.',
      ],
    ],
  },
];
