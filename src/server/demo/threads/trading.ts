import type { Scenario } from './scenario.ts';

/** Orders, fills, margin and corporate actions. */
export const trading: readonly Scenario[] = [
  {
    category: 'trading', tags: ['order', 'execution'], priorities: ['medium', 'high'],
    subjects: ['Stop loss filled far below my price', 'Slippage on {order}', 'Why was {instrument} sold at {price2}?', 'Bad fill on my stop order'],
    beats: [
      ['customer', 'My stop on {instrument} was at {price} and it was filled at {price2}. Order {order}. How is that possible?', 'Order {order}: stop {price}, fill {price2}. The chart never shows that price at {time}. I want this reviewed.', 'I lost a good part of the month on {order}. Stop in {instrument} at {price}, executed at {price2} at the open.'],
      ['agent', 'I am requesting the execution report for {order}. Was it a plain stop or a stop-limit on your ticket?', 'Let me pull the tape around {time}. Did you change the stop on {order} during the day?'],
      ['customer', 'Plain stop, never touched after I placed it.', 'Normal stop. I set it on {date} and left it there.'],
      ['note', '{order}: gap at the open, first print after trigger {price2}. Looks right to me. @{mate} second pair of eyes on the tape?', '@{mate} please check {order} against venue prints, {instrument} around {time}.'],
      ['colleague?', 'Prints agree, no better price in the first 400 ms.', 'Confirmed, next available. Nothing to correct.'],
      ['agent', 'The report for {order} shows that {instrument} opened below your stop: the trigger was reached with the first print and the next available price was {price2}. A stop-limit would have bounded the price, at the risk of no fill. The report is attached.', '{instrument} gapped over your stop at {price}. I compared the fill with the venue prints and it is the first price that traded. I know that this is not the answer you hoped for; the full report is in your documents.'],
      ['customer', 'I do not like it but I understand it.', 'OK. I will use stop-limits over the weekend from now on.'],
    ],
  },
  {
    category: 'trading', tags: ['order', 'rejected'], priorities: ['medium', 'high'],
    subjects: ['Order rejected: {code}', 'Cannot buy {instrument}', 'All my orders in {instrument} are rejected', 'What does {code} mean?'],
    beats: [
      ['customer', 'Every order for {instrument} comes back with "{code}". I have enough cash.', 'I tried to buy {n} {instrument} today and got "rejected, {code}". No explanation anywhere.', '{instrument} orders rejected since {date}. Limit or market, makes no difference.'],
      ['agent', 'For {instrument} the exchange asks for a short knowledge test. Do you see a yellow bar above the order form?', '{code} comes from the venue, not from your balance. Could you give me one order number, so that I see their text?'],
      ['customer', 'Order {order}, at {time}. No yellow bar.', 'The latest is {order}. I never had a test for it before.', 'Take {order}. Same thing in the app and on the web.'],
      ['note?', '{order}: permission flag for {instrument} got lost on the {date} migration. @{mate} how many others?', 'Venue says "client not permitted", we say permitted. @{mate} can you resend the registration?'],
      ['agent', 'Your permission for {instrument} had been dropped in an update of ours on {date}. I have set it again, please try once more.', 'Thank you. The venue had an old registration for you; we sent it again and {order} would pass now. I am sorry for the lost day.'],
      ['customer', 'Just bought {n}, works.', 'Filled at once this time.'],
    ],
  },
  {
    category: 'trading', tags: ['margin'], priorities: ['high', 'urgent', 'medium', 'high'],
    subjects: ['Margin call I do not understand', 'Position in {instrument} closed without asking', 'Margin level wrong?', 'Liquidated at {price2}'],
    beats: [
      ['customer', 'You closed my {instrument} position at {price2}. I had {amount} in the account an hour before!', 'I got a margin call at {time} although my level was over {pct} %. Please explain how it is computed.', 'My {instrument} was liquidated on {date}. No e-mail, no push, nothing.'],
      ['agent', 'I am looking at the margin history of that day. Did you have open orders in {instrument} besides the position? They count as well.', 'Let me see what happened around {time}. Was the notification address in your profile still the right one?'],
      ['customer', 'There were two limit orders I had forgotten about. Still, no warning.', 'The address is right. I looked in spam too.', 'Yes, {n} contracts as a limit. They count even when not filled?'],
      ['note', 'Margin rate for {instrument} went from 5 to {pct} % overnight, mail went out to a batch, this one bounced. @{mate} can we do something on goodwill?', 'Level 48 % at {time}, close-out correct. Warning mail at 08:02 shows "deferred". @{mate} thoughts?'],
      ['agent', 'The margin rate of {instrument} rose on {date} and together with your open orders brought the level under 50 %. The close-out was according to the rules, but our warning did not reach you, so we credit the commission of the closing trades, {small}.', 'Open orders reserve margin too, which is why {amount} was not enough after the change. I can offer {small} back for the missing warning, and I have switched on text messages for margin calls.'],
      ['customer', 'Fine, but please do announce such changes in the app.', 'Alright. I have learned about open orders the hard way.'],
    ],
  },
  {
    category: 'trading', tags: ['dividend', 'corporate-action'], priorities: ['low', 'medium'],
    subjects: ['Dividend of {instrument} not paid', 'Missing dividend', 'When will the {instrument} dividend arrive?', 'Dividend lower than announced'],
    beats: [
      ['customer', '{instrument} paid its dividend on {date}. I hold {n} shares and got nothing so far.', 'The dividend for {n} {instrument} has not been booked, other brokers paid on {date}.', 'Got {small} for my {instrument} dividend; by my count it should be more.'],
      ['agent', 'Did you hold the shares before the ex-date? I ask because there was a transfer in your account around then.', 'Let me check with our custodian. Was any part of the {n} shares lent out or in transfer at that time?'],
      ['customer', 'Bought them in {month}, no transfers.', 'All held since {month}. Lending is off in my settings.'],
      ['note?', 'Custodian paid short for {instrument}, claim {trace} filed. @{mate} it affects about 40 accounts.', '@{mate} is the withholding at treaty rate here? Looks like full rate.'],
      ['agent', 'Our custodian received the payment late. It is booked with the value date {date}, less the withholding tax that the statement shows.', 'You are right, the tax was taken at the full rate instead of the treaty rate. The difference of {small} was booked today.'],
      ['customer', 'Booked now, I can see it.', 'Great, matches my spreadsheet to the cent.'],
    ],
  },
  {
    category: 'trading', tags: ['order', 'ui'], priorities: ['medium'],
    subjects: ['Order shown twice', 'Bought {instrument} double by mistake?', 'Duplicate order after a time-out', '{order} and its twin'],
    beats: [
      ['customer', 'I pressed Buy once, the app hung, and now there are two orders for {n} {instrument}. One is {order}.', 'After a time-out at {time} my order was there twice. I only wanted {n} {instrument}.'],
      ['agent', 'I see {order} and a second one four seconds later. Did you press again, or reopen the ticket while it was loading?', 'Both arrived from your session at {time}. Which device did you use, and was there an error message?'],
      ['customer', '{device}. It said "please wait" and I waited. I did not press again.', 'I may have gone back and forth, but surely not confirmed a second time. {device}.'],
      ['note', 'Two client ids, so the app resent after a reconnect instead of asking. Same as the one @{mate} had in {month}. Reverse it?', 'App {version} on {device}: retry without the idempotency key. @{mate} bug exists, please add {order}.'],
      ['agent', 'Our app sent it a second time after the reconnect. We have cancelled the second order and booked the trade out at your entry price, no cost to you. The fix is in the next version.', 'This was our app ({version}), not you. The second trade is reversed and the commission returned.'],
      ['customer', 'Very good, thanks for not arguing.', 'Position is right again.'],
    ],
  },
  {
    category: 'trading', tags: ['order', 'question'], priorities: ['low'],
    subjects: ['How do I place a bracket order?', 'Trailing stop in the app', 'Is a good-till-cancelled order possible?', 'Question about order types'],
    beats: [
      ['customer', 'Is there a way to attach a target and a stop to one order in {instrument}? I only find single orders.', 'I cannot find trailing stops in the app, only on the web. Am I blind?', 'Do my orders in {instrument} stay overnight, or do I have to enter them every morning?'],
      ['agent', 'It is under Advanced in the order form: switch on "Exit orders", then stop and target cancel each other. Which version of the app do you use?', 'In the form, tap the order type and scroll down, it hides behind "More". The duration is next to it. Is that where you looked?'],
      ['customer', 'Version {version}. There is no Advanced on my {device}.', 'There I see Limit, Market and Stop. That is all ({device}, {version}).'],
      ['agent', 'Then it is the simple mode. Settings, Trading, Order form: choose Full. It stays like that on all of your devices.', '{version} shows it only in the full order form; please switch it on in Settings under Trading.'],
      ['customer?', 'Found it. Maybe do not hide such things.', 'Perfect, exactly what I needed.'],
    ],
  },
  {
    category: 'trading', tags: ['transfer', 'portfolio'], priorities: ['medium', 'low'],
    subjects: ['Transfer of my portfolio from another broker', 'Securities transfer incomplete', 'Where are my {n} {instrument}?', 'Depot transfer takes forever'],
    beats: [
      ['customer', 'I started a transfer of my portfolio on {date}. Everything came over except {n} {instrument}.', 'My old broker says they delivered all positions on {date}. On your side {instrument} is missing.', 'It has been {n} days since the transfer form. How long does this normally take?'],
      ['agent', 'Some positions settle at another depository and come later. Could you send me the delivery note of the old broker?', 'Did your former broker give you a delivery reference? With it I can ask our custodian directly.'],
      ['customer', 'The reference is {trace}. They gave me that on the phone.', 'Note attached, reference {trace}.'],
      ['note', 'Delivery {trace} is unmatched at the custodian, they sent the wrong account. @{mate} could you instruct again?'],
      ['colleague?', 'Instructed with the right account, settles on {later}.', 'Done. The cost basis comes by a separate file, expect a week.'],
      ['agent', 'The delivery {trace} had the wrong account number and stayed unmatched. We instructed it again and {instrument} should appear by {later}. Purchase prices follow a few days after.', 'Found: {trace} waits at the custodian. We matched it by hand, please look again after {later}.'],
      ['customer?', '{instrument} is there, purchase price too.', 'All positions complete. Took a while but fine.'],
    ],
  },
];
