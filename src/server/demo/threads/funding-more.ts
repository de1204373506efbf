import type { Scenario } from './scenario.ts';

/** More about deposits, withdrawals and currencies. */
export const fundingMore: readonly Scenario[] = [
  {
    category: 'funding',
    tags: ['deposit', 'returned'],
    priorities: ['medium', 'high'],
    subjects: [
      'Deposit was sent back',
      'Why did you return my {amount}?',
      'Transfer refused, money came back',
      '{dref} returned',
      'Deposit from my company account rejected',
      "My wife's transfer was rejected",
    ],
    beats: [
      [
        'customer',
        'a|I sent {amount} from my company account and it came back today without a word.',
        'b|My wife transferred {amount} for me from her {bank} account and you returned it.',
        'a|{dref} over {amount} was returned to {company}. Why?',
      ],
      [
        'agent',
        'Deposits have to come from an account in your own name, that is a rule against ' +
          'money laundering. Do you have an account in your name at {bank} or elsewhere?',
        'We may only take money from accounts that carry the name of the account holder. ' +
          '{dref} came from another name. Could you send it from your own account?',
      ],
      [
        'customer',
        'Yes, at {bank}. It just takes one more day, and the price I wanted is gone.',
        'I can, but then please tell people before they send it.',
        'a|I am the only owner of {company}. Does that not count?',
        'b|We have a joint account too. Would that be fine?',
      ],
      [
        'note?',
        'Return of {dref} was right. @{mate} the deposit page does not mention joint or company accounts at all.',
      ],
      [
        'agent',
        'a|A company counts as another person, I am afraid, even with one owner. For ' +
          '{company} you could open a business account with us; a transfer from your own ' +
          'account is the quicker way.',
        'b|A joint account is fine as long as your name is one of the two on it.',
      ],
      [
        'customer',
        'OK, sent it from my own account now.',
        'Understood. The new transfer is on its way.',
      ],
      [
        'agent',
        'It has arrived, {amount}, and is in your balance.',
        'I see the new transfer, it was booked a minute ago.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['fx', 'conversion'],
    priorities: ['low', 'medium'],
    subjects: [
      'Exchange rate worse than shown',
      'Automatic conversion of my deposit',
      'Why were my euros converted?',
      'FX rate on {dref}',
      'Bad rate on {date}',
      'Please switch off auto conversion',
    ],
    beats: [
      [
        'customer',
        'I deposited {amount} and it was converted without asking me, at a rate that is ' +
          'worse than anything I can find.',
        'The rate on {dref} is off by half a percent compared with the market at {time}.',
        'How do I keep a balance in two currencies? Every deposit is converted at once.',
      ],
      [
        'agent',
        'New accounts have automatic conversion switched on. The rate is the market rate ' +
          'plus 0.35 %. Would you like to have sub-accounts in both currencies instead?',
        'You can switch that off in Settings, Currencies. The rate of {dref} was the one ' +
          'at {time} plus our margin of 0.35 %. Did you want to keep the original currency?',
      ],
      [
        'customer',
        'Yes, I trade in both. Please set it up like that.',
        'I did. Can the conversion be undone?',
        'I found the switch. It should be off by default, in my opinion.',
      ],
      ['note?', 'First deposit, default was on. @{mate} goodwill: reverse {dref} at mid?'],
      [
        'agent',
        'Sub-accounts are on, and {dref} is booked back at the same rate, without the ' +
          'margin. From now on money stays in the currency in which it arrives.',
        'I reversed the conversion of {dref} once, as a courtesy. The switch is off now.',
      ],
      [
        'customer',
        'Very fair. Thank you.',
        'I can see both balances now.',
        'Great, that saves me a lot over the year.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['payee', 'iban'],
    priorities: ['low', 'medium'],
    subjects: [
      'Cannot add my new bank account',
      'IBAN is refused',
      'New payee stuck at "checking"',
      'Change my payout account',
      'Account at {bank} not accepted',
      'How long does the check of a new account take?',
    ],
    beats: [
      [
        'customer',
        'I am trying to add my account at {bank} ending {last4} and the page says ' +
          '"invalid". It is copied from the bank\'s own site.',
        'My new payout account is "checking" since {date}.',
        'The form does not take the account of {bank}, because it wants a sort code that my bank does not have.',
      ],
      [
        'agent',
        'Which country is the account in? The form asks for other fields when you change the country at the top.',
        'Is the name at {bank} written exactly like in your profile? The check compares both.',
      ],
      [
        'customer',
        'a|The country was set to the wrong one. Now it takes it, but it says "checking".',
        'b|There it is with my second name, in the profile without.',
        'It is the same country as before. {bank} is an online bank.',
      ],
      [
        'note?',
        '{bank} answers name checks only in their office hours. @{mate} can you approve ending {last4} by hand?',
        'Name match 82 %, second name missing. Fine for me. @{mate} four eyes?',
      ],
      [
        'agent',
        'I approved the account ending {last4} by hand. For 24 hours withdrawals to it are ' +
          'held, then it works like the old one.',
        'The account ending {last4} is confirmed. Please delete the old one if you do not ' +
          'need it any more, it makes mistakes less likely.',
      ],
      [
        'customer',
        'It is there. Thank you.',
        'Shows as confirmed. Old one deleted.',
        'Works, first withdrawal is on its way.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['instant', 'deposit'],
    priorities: ['high', 'medium', 'urgent'],
    subjects: [
      'Instant transfer not instant',
      'Need the deposit before the close',
      '{amount} sent an hour ago, margin call running',
      'Deposit {dref} please book now',
      'Instant payment hangs',
    ],
    beats: [
      [
        'customer',
        'I sent {amount} as an instant transfer at {time} and it is not there. I have a margin call running!',
        'Instant payment of {amount} left {bank} at {time}. Your site promises ten seconds. It has been an hour.',
        'Please book {dref} as soon as you can. The position in {instrument} will be closed otherwise.',
      ],
      [
        'agent',
        'I am on it. Does {bank} show it as "executed" or as "accepted"?',
        'I see it at our bank, but not yet in our ledger. I have called the desk so that ' +
          '{instrument} is not touched. Could you send a picture of the confirmation?',
      ],
      [
        'customer',
        'Executed, with a time stamp of {time}.',
        'Screenshot attached. Please hurry.',
        'It says executed. I also have an end-to-end id, if you want it.',
      ],
      [
        'note',
        'Bank file delayed since 13:00, all instants hang. @{mate} hold the close-outs for {account}?',
        '@{mate} please grant a temporary credit of {amount} on {account}, payment is confirmed by the bank.',
      ],
      [
        'colleague',
        'Credit is in, close-out paused until the evening.',
        'Done, hold is set on {account}. Incident is on the status page.',
      ],
      [
        'agent',
        'You have a temporary credit of {amount}, so the margin is covered. It is replaced ' +
          'by the real deposit as soon as the file of the bank comes in.',
        'The position is safe: we have put {amount} on your account in advance. The delay ' +
          'is at our bank and on https://status.example.com.',
      ],
      [
        'customer',
        'Thank you!! I can breathe again.',
        'Seen. That was close.',
        'OK, the call is gone. Well handled.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['crypto', 'deposit'],
    priorities: ['medium', 'high'],
    subjects: [
      'BTC deposit not showing',
      'Sent ETH over the wrong network',
      'Crypto deposit with 40 confirmations missing',
      'Wallet deposit pending',
      'Wrong network, please help',
    ],
    beats: [
      [
        'customer',
        'a|I sent BTC worth {amount} to my deposit address at {time}. It has more than {n} ' +
          'confirmations and is not in my balance.',
        'b|I sent ETH over a network that you do not support. I noticed it a second too late. Is it gone?',
        'a|My deposit from another exchange is confirmed on the chain, but "pending" here since {date}.',
      ],
      [
        'agent',
        'a|Could you send me the transaction id? Deposits over a certain sum also need the ' +
          'name of the sending exchange.',
        'b|That can often be recovered, but by hand and for a fee of {fee}. Please send me ' +
          'the transaction id and the network that you used.',
      ],
      [
        'customer',
        'a|It starts with {requestId}. It came from another exchange, in my own name.',
        'b|Transaction {requestId}. I took the cheap network, without thinking.',
        'Here it is: https://example.org/tx/{requestId}',
      ],
      [
        'note?',
        'a|Travel rule data missing for {requestId}. @{mate} can you ask the other side?',
        'b|Address exists on both chains, keys are ours. @{mate} add {requestId} to the ' +
          'recovery list, next run on {soon}.',
      ],
      [
        'agent',
        "a|It is released. We had waited for the sender's details, which had not come with the transfer.",
        'b|The recovery run on {soon} will include your deposit. If it works, you get it ' +
          'in your balance less the fee, otherwise you pay nothing.',
      ],
      [
        'customer',
        'a|I see it. Thank you.',
        'b|It is back! Thank you so much, the fee is well spent.',
        'That is a relief.',
      ],
    ],
  },
  {
    category: 'funding',
    tags: ['question', 'withdrawal'],
    priorities: ['low'],
    subjects: [
      'How long does a withdrawal take?',
      'Withdrawal before the holiday',
      'Cut-off time for withdrawals',
      'Is there a fee for withdrawals?',
      'When do you send the money?',
    ],
    beats: [
      [
        'customer',
        'Until what time do I have to ask for a withdrawal, so that it leaves on the same day?',
        'How long does a withdrawal to {bank} take? I need {amount} by {later}.',
        'Are withdrawals free of charge, and how many can I make a month?',
      ],
      [
        'agent',
        'Requests before 14:00 UTC leave on the same business day, {bank} then needs one ' +
          'day as a rule. They are free and there is no limit to their number.',
        'One to two business days as a rule. If you ask before 14:00 UTC it leaves today. No charge from us.',
      ],
      ['customer?', 'That is quick. Thank you.', 'Just in time then.'],
    ],
  },
];
