import type { Scenario } from './scenario.ts';

/** Deposits, withdrawals and transfers. */
export const funding: readonly Scenario[] = [
  {
    category: 'funding',
    tags: ['withdrawal', 'bank-trace'],
    priorities: ['high', 'medium', 'high', 'medium'],
    subjects: [
      'Withdrawal not received',
      'Where is withdrawal {wref}?',
      'Withdrawal of {amount} still missing',
      'Money left my account but never arrived',
      '{bank} has not received my withdrawal',
    ],
    beats: [
      [
        'customer',
        'I withdrew {amount} to my {bank} account on {date}. Your site says it was sent, but nothing has arrived.',
        'My withdrawal {wref} from {date} is marked as completed. {bank} says there is no ' +
          'incoming payment for me. It is {amount}, so I would like to know where it is.',
        'On {date} I asked for {amount} to be paid out to {bank}. The status is "Sent" ' +
          'since then and my bank account is unchanged.',
      ],
      [
        'agent',
        'I can see {wref} leaving us. Could you confirm the last four digits of the ' +
          'account at {bank}, so that I can compare them with what we sent?',
        'Before I open a trace: which name is on the {bank} account, and does it end in {last4}?',
        'Sorry for the wait. Could you check with {bank} whether they hold a payment with ' +
          'the reference {wref}? Please also tell me the last four digits of the account.',
      ],
      [
        'customer',
        'It ends in {last4} and it is in my own name.',
        'Yes, {last4}. I phoned {bank} again just now and they see nothing under {wref}.',
        'Account ends {last4}, same one I have used for two years. They have no record of it.',
      ],
      [
        'note',
        'Checked ledger: {wref} left on {date}, waiting on bank trace. @{mate} can you look?',
        'Ledger is fine, {wref} went out in the afternoon batch on {date}. @{mate} could ' +
          'you ask treasury for the trace?',
        '{wref} shows as settled with our bank. Account number matches ({last4}). @{mate}, trace please.',
      ],
      [
        'colleague',
        'Trace {trace} is open. The correspondent has it, held for a name check. They say two days.',
        'Treasury opened {trace}. It is sitting at the correspondent bank because the middle name is missing.',
        'Done, {trace}. Bank confirms receipt, {bank} did not book it yet.',
      ],
      [
        'agent',
        'We opened a trace with our bank ({trace}). The payment is held at the ' +
          'correspondent for a name check and should be released by {later}. You do not need ' +
          'to do anything.',
        'I have news: your {amount} is with the correspondent bank, which asked for your ' +
          'full name. We sent it, and they expect to release the payment by {later}. The ' +
          'trace number is {trace}, in case {bank} asks.',
      ],
      [
        'customer',
        'It arrived this morning, the full {amount}.',
        '{bank} booked it today. Took a while, but it is all there.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['deposit'],
    priorities: ['medium', 'high', 'medium'],
    subjects: [
      'Deposit not credited',
      'Bank transfer from {date} not in my balance',
      '{amount} deposit missing',
      'Transfer sent, balance unchanged',
    ],
    beats: [
      [
        'customer',
        'I transferred {amount} from {bank} on {date} and it is still not in my balance. ' +
          'The reference I used was my name.',
        'My deposit of {amount} left {bank} on {date}. Nothing on your side yet. What is going on?',
        'Sent you {amount} by bank transfer on {date}. Normally it takes a day.',
      ],
      [
        'agent',
        'Transfers without the reference from the deposit page have to be matched by hand. ' +
          'Could you send me the payment confirmation from {bank} as a PDF?',
        'I do not see it matched yet. A confirmation from {bank} that shows the sender, ' +
          'date and amount would help us find it.',
      ],
      [
        'customer',
        'Attached. I did forget the reference, sorry.',
        'Here is the confirmation. It shows {amount}, sent on {date}.',
        'PDF attached, hope this is the right one. {bank} calls it a payment advice.',
      ],
      [
        'note',
        'Found {amount} in unmatched receipts, sender matches. @{mate} please allocate, I ' +
          'have no rights for that queue.',
        'It is in suspense since {date}, no reference. @{mate} ok to book?',
      ],
      [
        'colleague?',
        'Booked to the customer, value date {date}.',
        'Allocated. Name and account match the mandate.',
      ],
      [
        'agent',
        'Found it. {amount} is booked to your account with the value date {date}. For the ' +
          'next one, please copy the reference from the deposit page and it will be ' +
          'automatic.',
        'Your {amount} is in your balance now. It had been waiting for a reference; nothing was lost.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['card', 'deposit'],
    priorities: ['medium', 'low'],
    subjects: [
      'Card deposit declined',
      'My card is refused when I deposit',
      'Cannot add money by card',
      'Deposit by card fails with code {code}',
    ],
    beats: [
      [
        'customer',
        'Trying to deposit {amount} with my card ending {last4} and it is declined every ' +
          'time. {bank} says they do not see any request.',
        'Card deposit fails with "{code}". Same card worked last month, limit is fine.',
        'Three attempts today, all declined, code {code}. The card works everywhere else.',
      ],
      [
        'agent',
        'Code {code} means that the confirmation step of your bank was not finished. Do ' +
          'you see a window or an app message from {bank} after you press Pay?',
        'Do you get the confirmation request from {bank}? With {code} it usually times out ' +
          'before anyone can approve it.',
      ],
      [
        'customer',
        'No, the page goes white for a moment and then says declined. I use {browser}.',
        'There is no message in my bank app at all. {browser} on a {device}.',
        'I see an empty frame for a second. Browser is {browser}.',
      ],
      [
        'note?',
        'The 3DS frame is blocked, this is the third one with {browser} this week. @{mate} FYI for the payments sync.',
      ],
      [
        'agent',
        'That empty frame is where the request of {bank} should appear; a content blocker ' +
          'stops it. Please allow pop-ups and frames on our payment page, or try once in the ' +
          'mobile app.',
        'Something in {browser} blocks the frame of your bank. Could you try with ' +
          'extensions off, or on your phone? Your limit of the day is untouched.',
      ],
      [
        'customer',
        'The app worked at the first attempt.',
        'It was my ad blocker. {amount} went through now.',
        'Worked without extensions. You may want to say so on that page.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['withdrawal', 'compliance'],
    priorities: ['medium', 'high'],
    subjects: [
      'Withdrawal stuck in review',
      'Why is my withdrawal pending for {n} days?',
      '{wref} under review',
      'Pending withdrawal, please release',
    ],
    beats: [
      [
        'customer',
        'Withdrawal {wref} over {amount} has been "In review" for {n} days. Nobody told me why.',
        'Can somebody please look at {wref}? It is pending for {n} days and I need the money by {later}.',
        'Your help page says one business day. {wref} has been in review for {n}.',
      ],
      [
        'note',
        'Flag is "new payee + large amount". @{mate} can compliance take {wref} off the ' +
          'pile? Account since years, no other flags.',
        'Rule 14 hit on {wref}: payee changed less than a week ago. @{mate} can you ask the desk?',
      ],
      [
        'agent',
        'This is a routine check because the payee is new. Could you send a statement of ' +
          'the {bank} account, not older than three months, with your name on it?',
        'The review started because you added the {bank} account recently. A statement ' +
          'that shows your name and the account number finishes it.',
      ],
      [
        'customer',
        'Uploaded just now. Would have been nice to hear that {n} days ago.',
        'Sent it through the documents page. It is my own account.',
        'OK, statement attached, first page only. Tell me if you need more.',
      ],
      [
        'colleague?',
        'Compliance cleared it, goes out with the next batch.',
        'Statement accepted. {wref} released at {now}.',
      ],
      [
        'agent',
        'Thank you, that was all we needed. {wref} is released and goes out today. Further ' +
          'withdrawals to this account will not be held.',
        '{wref} is on its way, please allow until {later} for {bank} to book it. I am ' +
          'sorry that nobody asked you earlier.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['fees', 'fx'],
    priorities: ['low', 'medium'],
    subjects: [
      'Received less than I withdrew',
      'Fee on my withdrawal?',
      '{small} missing from {wref}',
      'Wrong amount arrived at {bank}',
    ],
    beats: [
      [
        'customer',
        'I withdrew {amount} and {bank} credited {small} less. Your price list says withdrawals are free.',
        'There is a difference of {small} between what I withdrew ({amount}) and what arrived. Who took it?',
      ],
      [
        'agent',
        'We sent the full {amount}. Could you tell me whether {bank} lists a correspondent ' +
          'or handling charge on the booking?',
        'Our side shows {amount} out with charges shared. Does the {bank} statement say "OUR", "SHA" or a fee line?',
      ],
      [
        'customer',
        'It says "SHA" and a charge of {small}.',
        'There is a line "foreign bank charges {small}". I never had that before.',
      ],
      [
        'agent',
        'That charge is of a bank in between. We route {bank} differently since this ' +
          'month, which we should have announced, so I credited {small} to your account ' +
          'today.',
        'It is from the intermediary bank. As a gesture I have credited the {small}; to ' +
          'avoid it next time choose the local transfer, it has no bank in between.',
      ],
      ['customer', 'I see the credit. That is fair.', 'Good, will use the local transfer.'],
    ],
  },
  {
    category: 'funding',
    tags: ['withdrawal', 'cancel'],
    priorities: ['urgent', 'high', 'high', 'medium'],
    subjects: [
      'Cancel withdrawal please',
      'Wrong account on {wref}, please stop it',
      'Sent a withdrawal to my old bank account',
    ],
    beats: [
      [
        'customer',
        'I just sent {amount} to my old {bank} account, which is closed. Please stop {wref} if you can!',
        'Please cancel {wref}, I picked the wrong bank account. {amount}, requested at {time}.',
        '{wref} is going to {bank} ending {last4}. I closed that account last month. Can it still be stopped?',
      ],
      [
        'note',
        '{wref} is in the {time} batch. @{mate} can you pull it? Calling treasury now.',
        '@{mate} stop {wref} please if the file is not out yet.',
      ],
      [
        'colleague',
        'a|Too late for the batch, recall sent. Closed account, so it will bounce anyway.',
        'a|File for {wref} went out four minutes before you asked. Recall is on its way to {bank}.',
        'b|Pulled it before cut-off.',
        'b|Out of the {time} file, treasury confirmed by phone.',
        'b|Got it, {wref} is off the batch and marked as cancelled.',
      ],
      [
        'agent',
        'b|We have {wref} in hand. Whether stopped here or returned by {bank}, the ' +
          '{amount} comes back to your trading balance. I will confirm as soon as it is ' +
          'booked.',
        'a|I have asked for the recall of {wref}. A closed account cannot receive it, so ' +
          'the money is safe; returns take up to {later}.',
      ],
      [
        'customer',
        'Thank goodness. Is there anything I have to do at {bank}?',
        'OK. I removed the old account from my profile meanwhile.',
        'What a relief. How long does it take until I see it?',
      ],
      [
        'agent',
        'b|Nothing to do at {bank}. The {amount} is back in your balance now, and {wref} shows as cancelled.',
        'a|It is back: {amount} booked at {now}. I also deleted the payee ending {last4} on our side.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['limits', 'deposit'],
    priorities: ['low'],
    subjects: [
      'Raise my deposit limit',
      'Daily limit too low',
      'Can I deposit more than {amount}?',
    ],
    beats: [
      [
        'customer',
        'I would like to deposit {amount} in one go but the page stops me at the daily limit. Can you raise it?',
        'What do I need for a higher deposit limit? I am moving my savings over from {bank}.',
      ],
      [
        'agent',
        'a|I can ask for it. We need to know where the funds come from: a statement from ' +
          '{bank}, a sale contract or a payslip will do.',
        'b|Card limits are fixed, bank transfers have none. Would a transfer from {bank} ' +
          'do, or does it have to be by card?',
      ],
      [
        'customer',
        'b|A transfer is fine. I attached the statement as well, to be on the safe side.',
        'a|It is from the sale of my flat in {city}. Contract attached.',
      ],
      [
        'agent',
        'a|Thank you, the documents are accepted. Transfers of up to {amount} a day pass ' +
          'without a further check from now on.',
        'b|All set. Please use the reference on the deposit page, and send it in one ' +
          'transfer if you can; it is easier to match.',
      ],
    ],
  },
];
