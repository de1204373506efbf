import type { Scenario } from './scenario.ts';

/** Quotes, splits, short sales, expiring contracts and questions of beginners. */
export const tradingMore: readonly Scenario[] = [
  {
    category: 'trading',
    tags: ['quotes', 'market-data'],
    priorities: ['medium', 'low'],
    subjects: [
      'Prices of {share} are delayed',
      'Quote differs from the exchange',
      '{instrument} price frozen at {price}',
      'Live data shows the wrong price',
      'Your {instrument} chart is behind',
      'Delayed prices although I pay for live data',
    ],
    beats: [
      [
        'customer',
        'Your price of {instrument} stood at {price} for ten minutes around {time} while it moved everywhere else.',
        'I pay for live data and {instrument} is still fifteen minutes behind. Other symbols are fine.',
        'The quote for {instrument} says {price}, the exchange says {price2}. Which one do I trade on?',
      ],
      [
        'agent',
        'Thank you. Is there a small clock next to the price of {instrument}? It marks delayed data.',
        'Let me check the feed. Do you see it in the watchlist, in the chart or in both?',
      ],
      [
        'customer',
        'There is a clock, yes. Since when?',
        'In both, and on the {device} too. With a clock next to it.',
        'Yes, the little clock. I took it for an alarm.',
      ],
      [
        'note',
        'Data agreement was reset by the yearly renewal. Nobody told the customers. @{mate} can we send a banner?',
        'Entitlement for the venue expired on {date}. @{mate} known for {instrument}?',
      ],
      [
        'agent',
        'The exchange asks for a yearly confirmation that you are a private investor. It ' +
          'ran out on {date}. Please confirm it under Data, Agreements, then {instrument} is ' +
          'live within a minute. Orders were always placed on live prices.',
        'Your data agreement needs a new signature since {date}, that is why it fell back ' +
          'to delayed prices. It is under Data, Agreements. Your orders were not affected.',
      ],
      [
        'customer',
        'Confirmed, the clock is gone.',
        'Signed. Live again. A mail would have been nice.',
        'Done, thanks. I did not know that there is such a thing.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['split', 'corporate-action'],
    priorities: ['medium', 'low'],
    subjects: [
      'My {share} shares dropped by 90 % overnight',
      'Split of {share} not booked',
      '{share}: number of shares is wrong',
      'Loss of {pct} % on {share}, is that real?',
      'Where are my new {share} shares?',
    ],
    beats: [
      [
        'customer',
        'My position in {share} shows a loss of {pct} % since this morning. The price has not moved. What happened?',
        '{share} had a split on {date} and I still have the old {qty} shares at the new price.',
        'I nearly had a heart attack when I opened the app: {share} down {pct} %. I suppose it is the split?',
      ],
      [
        'agent',
        'No reason to worry: {share} was split, the price is already adjusted and the new ' +
          'shares are booked by the custodian in the evening. May I ask you not to sell ' +
          'before that?',
        'That is the split of {share}. Prices change in the morning, shares come ' +
          'overnight. Do you have open orders for it?',
      ],
      [
        'customer',
        'No open orders. I will wait.',
        'Okay, thank you. I had a stop on it, was it triggered?',
        'I have one limit order on it.',
      ],
      [
        'note?',
        'Stops in {share} were cancelled by the venue before the open, checked. @{mate} ' +
          'the app should grey out the P&L on split days.',
      ],
      [
        'agent',
        'All open orders in {share} were cancelled before the opening, so nothing was ' +
          'sold. The new shares are in your account now; please enter your orders again.',
        'The split is booked. Your number of shares, average price and result are right ' +
          'again. Orders in {share} have to be placed anew.',
      ],
      [
        'customer',
        'Looks right now, phew.',
        'All there. Please put a warning in the app next time.',
        'Right number, right price. Thank you.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['short', 'borrow'],
    priorities: ['low', 'medium'],
    subjects: [
      'Cannot short {share}',
      'Borrow fee on {share}',
      'Why is {share} not available to short?',
      'My short in {share} was bought in',
      'Daily fee on a short position',
    ],
    beats: [
      [
        'customer',
        'a|The Sell button is grey for {share} when I have no position. Is shorting not allowed?',
        'b|I pay {small} a day for my short in {share}. Where does that come from?',
        'b|The fee on my {share} short went up over the weekend. Nobody asked me.',
      ],
      [
        'agent',
        'a|It is allowed with a margin account. Yours is a cash account; would you like to ' +
          'have it changed? There are a few questions about your experience.',
        'b|It is the borrow fee, which lenders change every day. Under Positions, tap ' +
          '{share}, then Costs. Do you see the rate there?',
      ],
      [
        'customer',
        'a|Yes, please send me the questions.',
        'a|No, then leave it. I only wanted to know.',
        'b|I see {pct} % a year. That is robbery.',
        'b|I see it now. It says {percent} %.',
      ],
      [
        'agent',
        'a|I understand. If you change your mind, it is under Settings, Account type. The ' +
          'switch takes one business day.',
        'b|{share} is hard to borrow at the moment. You can set a maximum rate; above it ' +
          'the position is closed for you. I do not recommend to wait it out without one.',
      ],
      [
        'customer?',
        'Good to know.',
        'b|I have closed it. Thanks for the straight answer.',
        'a|I will think about it.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['futures', 'expiry'],
    priorities: ['high', 'medium', 'urgent'],
    subjects: [
      'My {instrument} contract expires on {soon}',
      'Rolling the {instrument} future',
      'Expiry of {instrument}, what happens?',
      'Future closed one day early',
      'Roll over {instrument} before {soon}',
    ],
    beats: [
      [
        'customer',
        'a|My {instrument} contract expires on {soon}. Does it roll by itself or do I have to do something?',
        'a|I got a mail about the expiry of {instrument}. I do not want any delivery, of course. What do I do?',
        'b|My {instrument} contract was closed at {time} although the last trading day is tomorrow. Why?',
      ],
      [
        'agent',
        'a|It does not roll by itself. We close contracts with delivery one business day ' +
          'before the first notice day. Would you like to roll it? I can tell you where.',
        'b|Contracts with delivery are closed by us one business day before the first ' +
          'notice day, which was yesterday. Did you get our mail of {date}?',
      ],
      [
        'customer',
        'a|Yes please, into the next month.',
        'a|I would rather close it. Market or limit, what is better at that time?',
        'b|There was a mail, but it only gave the last trading day. I still had {n} contracts.',
      ],
      [
        'note?',
        '@{mate} the mail template says last trading day, the rule is first notice day. Third complaint this quarter.',
        'Rule applied correctly for {instrument}. Wording of the mail is poor, {bug}.',
      ],
      [
        'agent',
        'a|In Positions tap {instrument}, then Roll. It sells the old and buys the new ' +
          'contract in one order, with a limit on the difference. Please do it before ' +
          '{soon}, 16:00 UTC.',
        'b|The closing followed the rules, but I agree that the mail names only one of the ' +
          'two dates. As the mail was unclear we waive the commission, {fee}, and change the ' +
          'text.',
      ],
      [
        'customer',
        'a|Rolled. That was easier than I thought.',
        'a|Done, closed it with a limit.',
        'b|I accept that. Please do change the text.',
        'b|The commission is not the point, but thank you.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['fractions', 'savings-plan'],
    priorities: ['low', 'medium'],
    subjects: [
      'Savings plan did not run',
      'Monthly plan on {share} was skipped',
      'My plan bought nothing this month',
      'Savings plan executed at a bad price',
      'Plan of {date} missing',
    ],
    beats: [
      [
        'customer',
        'My savings plan on {share} should have run on {date}. Nothing was bought and nothing was debited.',
        'The plan was skipped this month. There was more than {amount} in the account.',
        'Why did my monthly plan not buy {share} this time? It worked for two years.',
      ],
      [
        'agent',
        'I see the plan. It takes the money one day before, and at that moment the balance ' +
          'was below the rate. Was there a transfer on its way?',
        'The run of {date} says "not funded at cut-off". Cut-off is the evening before. When did your deposit arrive?',
      ],
      [
        'customer',
        'The standing order arrives on the first, in the morning.',
        'It came on the same day. So I am a few hours too late every month?',
        'I moved my standing order by one day. That must be it.',
      ],
      [
        'agent',
        'Then move the plan to the 7th or the standing order two days forward. Shall I run ' +
          'it once by hand for this month?',
        'I have moved your plan by one week. It ran today by hand at {price}, without commission.',
      ],
      [
        'customer',
        'Yes please, and thanks.',
        'Perfect, thank you for doing that.',
        'The 7th is fine. You could mention that in the form.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['question', 'hours'],
    priorities: ['low'],
    subjects: [
      'Trading hours on the holiday',
      'Is {instrument} open on {soon}?',
      'Pre-market trading',
      'When does {instrument} open?',
      'Half day this week?',
    ],
    beats: [
      [
        'customer',
        'Can I trade {instrument} on {soon}? It is a holiday here.',
        'Do you offer pre-market trading for {share}? I cannot find it.',
        'At what time does {instrument} open on {soon}, with the clocks going back?',
      ],
      [
        'agent',
        'You find the hours under the name of the instrument, Market hours; holidays are ' +
          'in the calendar four weeks ahead. On {soon} it is a normal day for that market.',
        'It follows the exchange, not our office. The page of the instrument shows it in ' +
          'your own time zone, also on days when the clocks change.',
      ],
      ['customer?', 'Got it, that is enough for me.', 'I see it, thank you.'],
    ],
  },
];
