import type { Scenario } from './scenario.ts';

/** Plans, invoices, fees and tax papers. */
export const billing: readonly Scenario[] = [
  {
    category: 'billing', tags: ['double-charge', 'refund'], priorities: ['medium', 'high'],
    subjects: ['Charged twice for the {month} plan', 'Two payments for one month', 'Double charge of {fee}', 'Please refund the second charge'],
    beats: [
      ['customer', 'You charged {fee} twice for {month}, both on the same day. Please return one.', 'My statement shows two payments of {fee} to you, {invoice} and another one without a number.', 'I was billed two times this month. I only have one account.'],
      ['agent', 'I can see {invoice} and a second attempt that was made when the first one timed out. Could you check whether the second one is still marked as pending?', 'Thank you for telling us. Is one of the two still "reserved" at {bank}? Those disappear by themselves.'],
      ['customer', 'Both are booked, not pending.', 'One of them is pending, yes.', 'Both went through. I can send the statement of {bank}.'],
      ['note', 'Processor has two captures for {invoice}. @{mate} refund approved from my side, needs your second pair of eyes.', 'Duplicate capture after a timeout, refund {fee}. @{mate} please approve.'],
      ['colleague?', 'Approved, refund is out.', 'Done. Three to five days to the card.'],
      ['agent', 'The second {fee} is on its way back to your card and should be there by {later}. I am sorry for the trouble.', 'We returned {fee} today. Depending on {bank} it shows within three to five working days.'],
      ['customer', 'Thank you, the second charge is gone.', 'Received, thanks.', 'Got the money back today.'],
    ],
  },
  {
    category: 'billing', tags: ['invoice', 'vat'], priorities: ['low', 'medium'],
    subjects: ['Invoice without our VAT number', 'Need invoice {invoice} on company name', 'Change billing address', 'Invoice for {month} missing'],
    beats: [
      ['customer', 'Invoice {invoice} is made out to me personally. Could you issue it to {company}, with our VAT number?', 'I cannot find the invoice for {month}. My accountant needs it by {later}.', 'Our address changed and {invoice} still shows the old one in {city}.'],
      ['agent', 'Of course. Please send me the full company name, address and VAT number as they should appear.', 'I can reissue it. Should only {invoice} change, or all of this year?'],
      ['customer', '{company}, 14 Harbour Street, {city}. VAT number is in the attachment. All of this year, please.', 'Only that one. {company}, address as in my profile.'],
      ['agent', 'Done: the corrected documents are under Billing, and the next ones will have the new details. The old numbers are cancelled and listed on them.', '{invoice} is reissued and in your inbox. I also changed the profile so that it stays that way.'],
      ['customer', 'My accountant is happy, thank you.', 'Found it, that is exactly what we needed.'],
    ],
  },
  {
    category: 'billing', tags: ['tax', 'statement'], priorities: ['medium', 'low'],
    subjects: ['Tax statement for {year} has the wrong address', 'When is the tax report for {year} ready?', 'Dividend tax looks too high', 'Tax form for {year}'],
    beats: [
      ['customer', 'Could you reissue the tax statement for {year}? It still has my old address in {city}.', 'When will the tax report for {year} be there? My filing is due soon.', 'The report for {year} shows {pct} % tax on a dividend of {share}. It should be 15.'],
      ['agent', 'Happy to. Is the new address already in your profile? The report takes it from there.', 'Which position is it about, and do you have a certificate of residence with us?'],
      ['customer', 'Yes, I changed it in {month}.', '{share}, paid on {earlier}. I sent the certificate last year.', 'It is about {share}. I did not know there is a certificate.'],
      ['note?', 'Certificate expired in {month}. @{mate} can tax ops reclaim the difference if we get a new one?'],
      ['agent', 'The corrected report for {year} is under Documents, marked "replaces". The first one is no longer valid.', 'The certificate on file had expired, so the full rate was withheld. With a new one we can reclaim {small} for you; I sent you the form.'],
      ['customer', 'Got it, thank you.', 'Form is on its way.'],
    ],
  },
  {
    category: 'billing', tags: ['plan', 'cancel'], priorities: ['low', 'medium'],
    subjects: ['Cancel my subscription', 'Downgrade to the free plan', 'Charged after cancelling', 'How do I end the Pro plan?'],
    beats: [
      ['customer', 'I want to end the Pro plan. The button in the settings does nothing.', 'I cancelled on {earlier} and was charged {fee} again.', 'Please move me to the free plan from next month. I hardly use the extras.'],
      ['agent', 'I can do that for you. Your data stays, only the live depth and the second watchlist go. Shall it end now or with the paid month?', 'Let me look. Did you get an email that confirmed the cancellation?'],
      ['customer', 'End of the month is fine.', 'No email, now that you ask. I only pressed the button.', 'Now, please, and the {fee} back if that is possible.'],
      ['agent', 'Done, the plan ends with the month and nothing more is charged.', 'The plan has ended and {fee} goes back to your card. The button needs a second confirmation that is easy to miss; I have passed that on.'],
      ['customer', 'Thank you for making it easy.', 'Great.'],
    ],
  },
  {
    category: 'billing', tags: ['fees'], priorities: ['low'],
    subjects: ['What is this fee of {small}?', 'Inactivity fee', 'Custody fee on {share}', 'Fee changed without notice'],
    beats: [
      ['customer', 'There is a fee of {small} on my account from {date}. What is it for?', 'I was charged an inactivity fee although I traded in {month}.', 'Since when do you take a custody fee on {share}?'],
      ['agent', 'That is the market data fee of {month}, because a paid feed was on. You can see and switch it off under Data.', 'You are right, the trade in {month} counts as activity. I am returning the fee.'],
      ['customer', 'I never switched that on!', 'Thank you, fair enough.'],
      ['agent?', 'It was switched on with the trial in {month}. I turned it off and returned {small} as a courtesy.', 'The trial turns it on by itself, which surprises people. It is off now, and {small} is back on your account.'],
    ],
  },
];
