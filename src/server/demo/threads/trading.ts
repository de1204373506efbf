import type { Scenario } from './scenario.ts';

/** Orders, fills, margin and corporate actions. */
export const trading: readonly Scenario[] = [
  {
    category: 'trading',
    tags: ['order', 'execution'],
    priorities: ['medium', 'high'],
    subjects: [
      'Stop loss filled far below my price',
      'Slippage on {order}',
      'Why was {instrument} sold at {price2}?',
      'Bad fill on my stop order',
    ],
    beats: [
      [
        'customer',
        'My stop on {instrument} was at {price} and it was filled at {price2}. Order {order}. How is that possible?',
        'Order {order}: stop {price}, fill {price2}. The chart never shows that price at {time}. I want this reviewed.',
        'I lost a good part of the month on {order}. Stop in {instrument} at {price}, ' +
          'executed at {price2} at the open.',
      ],
      [
        'agent',
        'I am requesting the execution report for {order}. Was it a plain stop or a stop-limit on your ticket?',
        'Let me pull the tape around {time}. Did you change the stop on {order} during the day?',
      ],
      [
        'customer',
        'Plain stop, never touched after I placed it.',
        'Normal stop. I set it on {date} and left it there.',
      ],
      [
        'note',
        '{order}: gap at the open, first print after trigger {price2}. Looks right to me. ' +
          '@{mate} second pair of eyes on the tape?',
        '@{mate} please check {order} against venue prints, {instrument} around {time}.',
      ],
      [
        'colleague?',
        'Prints agree, no better price in the first 400 ms.',
        'Confirmed, next available. Nothing to correct.',
      ],
      [
        'agent',
        'The report for {order} shows that {instrument} opened below your stop: the ' +
          'trigger was reached with the first print and the next available price was ' +
          '{price2}. A stop-limit would have bounded the price, at the risk of no fill. The ' +
          'report is attached.',
        '{instrument} gapped over your stop at {price}. I compared the fill with the venue ' +
          'prints and it is the first price that traded. I know that this is not the answer ' +
          'you hoped for; the full report is in your documents.',
      ],
      [
        'customer',
        'I do not like it but I understand it.',
        'OK. I will use stop-limits over the weekend from now on.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['order', 'rejected'],
    priorities: ['medium', 'high'],
    subjects: [
      'Order rejected: {code}',
      'Cannot buy {instrument}',
      'All my orders in {instrument} are rejected',
      'What does {code} mean?',
      '{instrument}: {code}',
      'Rejected again and again',
    ],
    beats: [
      [
        'customer',
        'Every order for {instrument} comes back with "{code}". I have enough cash.',
        'I tried to buy {instrument} today and got "rejected, {code}". No explanation anywhere.',
        '{instrument} orders rejected since {date}. Limit or market, makes no difference.',
      ],
      [
        'agent',
        'a|For {instrument} the exchange asks for a short knowledge test. Do you see a ' +
          'yellow bar above the order form?',
        'b|{code} comes from the venue, not from your balance. Could you give me one order ' +
          'number, so that I see their text?',
      ],
      [
        'customer',
        'a|No yellow bar here. I did such a test years ago, I think.',
        'a|There is a bar, but it is empty. I use {browser}.',
        'b|The latest is {order}. Same thing in the app and on the web.',
        'b|Take {order}, entered at {time}.',
      ],
      [
        'note?',
        'a|Test from {since} is there, but the flag for {instrument} got lost on the ' +
          '{date} migration. @{mate} how many others?',
        'b|{order}: venue says "client not permitted", we say permitted. @{mate} can you resend the registration?',
      ],
      [
        'agent',
        'a|You passed it in {since}, and an update of ours on {date} lost that. I have set ' +
          'it again, please try once more.',
        'b|The venue had an old registration for you. We sent it again and an order like ' +
          '{order} passes now. I am sorry for the lost day.',
      ],
      [
        'customer',
        'Just bought some, works.',
        'Filled at once this time.',
        'Order is in. The price was better on {date}, but well.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['margin'],
    priorities: ['high', 'urgent', 'medium', 'high'],
    subjects: [
      'a|Position in {instrument} closed without asking',
      'a|Liquidated at {price2}',
      'b|Margin call I do not understand',
      'b|Margin level wrong?',
      'a|Why was my {instrument} position closed?',
      'b|Margin call at {time}',
    ],
    beats: [
      [
        'customer',
        'a|You closed my {instrument} position at {price2}. I had {amount} in the account an hour before!',
        'a|My {instrument} was liquidated on {date}. No e-mail, no push, nothing.',
        'b|I got a margin call at {time} although my level was over {pct} %. Please explain how it is computed.',
        'b|Margin call for {instrument}, and the number in the mail is not the number in the app. Which one counts?',
      ],
      [
        'agent',
        'a|I am looking at the margin history of that day. Did you have open orders in ' +
          '{instrument} besides the position, and is the notification address in your ' +
          'profile still the right one?',
        'b|Let me go through it with you. Do you have open orders in {instrument}? They ' +
          'reserve margin as well, which the app shows only under Details.',
      ],
      [
        'customer',
        'a|There were two limit orders I had forgotten about. Still, no warning. The address is right.',
        'a|The address is right, I looked in spam too. Yes, one limit order.',
        'b|Yes, {n} contracts as a limit. They count even when not filled?',
        'b|Two of them, far away from the market.',
      ],
      [
        'note',
        'a|Level 48 % at {time}, close-out correct. Warning mail at 08:02 shows ' +
          '"deferred". @{mate} can we do something on goodwill?',
        'b|Rate for {instrument} went up on {date}, notice was sent to a batch and this ' +
          'one bounced. @{mate} who owns the bounce list?',
      ],
      [
        'colleague?',
        'a|Commission back is fine with me, not the price.',
        'b|I take it. There are nine more.',
      ],
      [
        'agent',
        'a|The margin rate of {instrument} rose on {date} and together with your open ' +
          'orders brought the level under 50 %. The close-out was according to the rules, ' +
          'but our warning did not reach you, so we credit the commission of the closing ' +
          'trades, {small}.',
        'b|Open orders reserve margin too: the mail counts them, the first page of the app ' +
          'does not. That is confusing and I have reported it. If you delete the orders in ' +
          '{instrument}, the level goes back over {pct} %.',
      ],
      [
        'customer',
        'a|Fine, but please do announce such changes in the app.',
        'a|I do not agree, but I see how it came about.',
        'b|Alright. I have learned about open orders the hard way.',
        'b|Orders deleted, the level is fine again.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['dividend', 'corporate-action'],
    priorities: ['low', 'medium'],
    subjects: [
      'a|Dividend of {share} not paid',
      'a|Missing dividend',
      'a|When will the {share} dividend arrive?',
      'b|Dividend lower than announced',
      'b|Wrong tax on {share} dividend',
      'b|{share} dividend, {small} too little',
    ],
    beats: [
      [
        'customer',
        'a|{share} paid its dividend on {date}. I hold {qty} shares and got nothing so far.',
        'a|The dividend for {qty} {share} has not been booked, other brokers paid on {date}.',
        'b|My {share} dividend of {date} is {small} short by my count. I hold {qty} shares.',
        'b|Far too much tax was taken from my {share} dividend. It was less last year.',
      ],
      [
        'agent',
        'a|Did you hold the shares before the ex-date, and was any part of the {qty} ' +
          'shares lent out or in transfer at that time?',
        'b|Let me look. Is your tax form still valid? You find the date in Documents, under Tax.',
      ],
      [
        'customer',
        'a|Bought them in {month}, no transfers.',
        'a|All held since {month}. Lending is off in my settings.',
        'b|It says valid until the end of next year.',
        'b|Signed it again in {month}, you confirmed it.',
      ],
      [
        'note?',
        'a|Custodian paid short for {share}, claim {trace} filed. @{mate} it affects about 40 accounts.',
        'b|@{mate} full rate instead of treaty rate, the new form was not passed on to the custodian.',
      ],
      [
        'agent',
        'a|Our custodian received the payment of {share} late. It is booked now with the ' +
          'value date {date}, less the withholding tax that the statement shows.',
        "a|The {share} payment was short from the issuer's side, and we had to claim it " +
          '({trace}). It is in your account since this morning.',
        'b|You are right, the tax was taken at the full rate instead of the treaty rate. ' +
          'The difference of {small} was booked today.',
      ],
      [
        'customer',
        'a|Booked now, I can see it.',
        'b|Great, matches my spreadsheet to the cent.',
        'I can see it in the statement. Was that only me?',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['order', 'ui'],
    priorities: ['medium'],
    subjects: [
      'Order shown twice',
      'Bought {share} twice by mistake?',
      'Duplicate order after a time-out',
      '{order} and its twin',
    ],
    beats: [
      [
        'customer',
        'I pressed Buy once, the app hung, and now there are two orders for {qty} {share}. One is {order}.',
        'After a time-out at {time} my order was there twice. I only wanted {qty} {share}.',
      ],
      [
        'agent',
        'I see {order} and a second one four seconds later. Did you press again, or reopen ' +
          'the ticket while it was loading?',
        'Both arrived from your session at {time}. Which device did you use, and was there an error message?',
      ],
      [
        'customer',
        '{device}. It said "please wait" and I waited. I did not press again.',
        'I may have gone back and forth, but surely not confirmed a second time. {device}.',
      ],
      [
        'note',
        'Two client ids, so the app resent after a reconnect instead of asking. Same as ' +
          'the one @{mate} had in {month}. Reverse it?',
        'App {version} on {device}: retry without the idempotency key. @{mate} bug exists, please add {order}.',
      ],
      [
        'agent',
        'Our app sent it a second time after the reconnect. We have cancelled the second ' +
          'order and booked the trade out at your entry price, no cost to you. The fix is in ' +
          'the next version.',
        'This was our app ({version}), not you. The second trade is reversed and the commission returned.',
      ],
      ['customer', 'Very good, thanks for not arguing.', 'Position is right again.'],
    ],
  },
  {
    category: 'trading',
    tags: ['order', 'question'],
    priorities: ['low'],
    subjects: [
      'a|How do I place a bracket order?',
      'b|Trailing stop in the app',
      'c|Is a good-till-cancelled order possible?',
      'Question about order types',
      'a|Stop and target in one order',
      'b|Where are trailing stops?',
      'c|Do orders stay overnight?',
    ],
    beats: [
      [
        'customer',
        'a|Is there a way to attach a target and a stop to one order in {instrument}? I only find single orders.',
        'b|I cannot find trailing stops in the app, only on the web. Am I blind?',
        'c|Do my orders in {instrument} stay overnight, or do I have to enter them every morning?',
      ],
      [
        'agent',
        'a|It is under Advanced in the order form: switch on "Exit orders", then stop and ' +
          'target cancel each other. Which version of the app do you use?',
        'b|In the form, tap the order type and scroll down, it hides behind "More". Is that where you looked?',
        'c|They end with the day unless you choose another duration. In the full order ' +
          'form it is next to the price. Do you see it?',
      ],
      [
        'customer',
        'a|Version {version}. There is no Advanced on my {device}.',
        'b|There I see Limit, Market and Stop. That is all ({device}, {version}).',
        'c|Next to the price there is only a question mark. {device}, {version}.',
      ],
      [
        'agent',
        'Then it is the simple mode. Settings, Trading, Order form: choose Full. It stays ' +
          'like that on all of your devices.',
        '{version} shows it only in the full order form; please switch it on in Settings under Trading.',
      ],
      [
        'customer?',
        'Found it. Maybe do not hide such things.',
        'Perfect, exactly what I needed.',
        'There it is. I was in the simple mode all those years.',
      ],
    ],
  },
  {
    category: 'trading',
    tags: ['transfer', 'portfolio'],
    priorities: ['medium', 'low'],
    subjects: [
      'Transfer of my portfolio from another broker',
      'Securities transfer incomplete',
      'Where are my {qty} {share}?',
      'Depot transfer takes forever',
      '{share} did not come over',
      'Transfer from my old broker since {earlier}',
    ],
    beats: [
      [
        'customer',
        'I started a transfer of my portfolio on {earlier}. Everything came over except {qty} {share}.',
        'My old broker says they delivered all positions on {date}. On your side {share} is missing.',
        'Since {earlier} I am waiting for my transfer. {qty} {share} are still not there. ' +
          'How long does this normally take?',
      ],
      [
        'agent',
        'a|Some positions settle at another depository and come later. Could you send me ' +
          'the delivery note of the old broker?',
        'b|Did your former broker give you a delivery reference? With it I can ask our custodian directly.',
      ],
      [
        'customer',
        'a|Delivery note attached, the reference on it is {trace}.',
        'a|They sent me a photo of a screen. I hope you can read it, it says {trace}.',
        'b|The reference is {trace}. They gave me that on the phone.',
      ],
      [
        'note',
        'Delivery {trace} is unmatched at the custodian, they sent the wrong account. ' +
          '@{mate} could you instruct again?',
        '{trace}: {qty} {share} waiting on the other side, our instruction had no account ' +
          'number. @{mate} can you repeat it?',
      ],
      [
        'colleague?',
        'Instructed {trace} with the right account, settles on {later}.',
        'Done. The cost basis of {share} comes by a separate file, expect a week.',
      ],
      [
        'agent',
        'The delivery {trace} had the wrong account number and stayed unmatched. We ' +
          'instructed it again and {share} should appear by {later}. Purchase prices follow ' +
          'a few days after.',
        'Found: {trace} waits at the custodian. We matched it by hand, please look again after {later}.',
      ],
      [
        'customer?',
        '{share} is there, purchase price too.',
        'All positions complete. Took a while but fine.',
        'The {qty} {share} are there. The purchase price says 0.00, but you said that follows.',
      ],
    ],
  },
];
