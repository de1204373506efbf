import type { Scenario } from './scenario.ts';

/** What fits nowhere else: wishes, praise, complaints, questions of all kinds. */
export const other: readonly Scenario[] = [
  {
    category: 'other', tags: ['feature-request'], priorities: ['low'],
    subjects: ['Please add a dark theme for the reports', 'Wish: watchlist folders', 'Could you support {bank} directly?', 'Idea for the order form'],
    beats: [
      ['customer', 'Small wish: folders in the watchlist. I have more than {n} dozen symbols and scroll all day.', 'Could the order form remember the last quantity per instrument? I always trade {qty} of {instrument}.', 'I would love to connect {bank} without typing references. Is that planned?'],
      ['agent', 'That is a good one, and you are not the first. I added your vote to {bug}. I cannot promise a date.', 'Thank you for the idea. I passed it to the team with your example, they like concrete ones.'],
      ['customer', 'Great, thanks. Happy to test it.', 'Fair enough. I will keep an eye on the release notes.'],
    ],
  },
  {
    category: 'other', tags: ['complaint'], priorities: ['medium', 'high'],
    subjects: ['Complaint about the phone line', 'Unhappy with how this was handled', 'Third time I write about this', 'I expected better'],
    beats: [
      ['customer', 'I waited {n}0 minutes on the phone and was cut off twice. This is the second time this month.', 'Nobody answered my email of {date}. I have been a customer since {since} and it used to be better.', 'Your colleague told me {later} and then nothing happened. I am not amused.'],
      ['note?', 'Call log confirms it, dropped at the transfer. @{mate} can we call back? Long-standing customer.'],
      ['agent', 'You are right to be annoyed, and I am sorry. I have read everything and will see this one through myself. What is the most urgent part?', 'I am sorry, that should not have happened. May I call you today? I have your file in front of me.'],
      ['customer', 'Today after four, please. The number in my profile is right.', 'Just sort out the thing itself, the rest is forgotten.'],
      ['agent', 'Thank you for the talk just now. As agreed, I write to you on {soon} at the latest, with or without news.', 'It is done, and I checked it twice. You can write to me on this ticket if anything is left.'],
      ['customer', 'Appreciate it. Much better.', 'Thank you for taking it seriously.'],
    ],
  },
  {
    category: 'other', tags: ['question'], priorities: ['low'],
    subjects: ['Opening hours over the holidays', 'Do you have an office in {city}?', 'Can I open an account for my daughter?', 'Question before I sign up'],
    beats: [
      ['customer', 'Are you reachable between the holidays? I plan a larger transfer around {later}.', 'Do you have an office in {city} where I can hand in papers?', 'Can I open an account for my daughter? She is {n}.'],
      ['agent', 'We are there on all days on which the markets are open, from 7:00 to 20:00 UTC. Transfers are booked on bank working days only.', 'We do not have an office for visitors, but everything can be uploaded or posted. I can send you the address.', 'Yes, as a junior account that you manage until she is of age. Both parents have to sign; the form is at https://example.com/junior'],
      ['customer', 'Thank you, that answers it.', 'Perfect, I will post it.'],
    ],
  },
  {
    category: 'other', tags: ['praise'], priorities: ['low'],
    subjects: ['Just wanted to say thanks', 'Compliment to {mate}', 'Good service'],
    beats: [
      ['customer', 'No problem for once: {mate} helped me last week and was patient and clear. Please pass that on.', 'The new statement page is excellent. Whoever made it deserves a coffee.'],
      ['agent', 'That makes our day, thank you. I read it out in the morning round.', 'Thank you for taking the time, {mate} will be delighted.'],
    ],
  },
  {
    category: 'other', tags: ['phishing', 'security'], priorities: ['high', 'medium'],
    subjects: ['Is this email from you?', 'Suspicious call in your name', 'Phishing mail with your logo', 'Text message asks for my code'],
    beats: [
      ['customer', 'I got a mail that says my account will be closed unless I confirm at https://login.{domain}/verify. Is that you?', 'Somebody called, said he was from your security team and wanted my code. I hung up.', 'A text message asks me to "release" a payment of {amount}. I did not click.'],
      ['agent', 'That was not us, and you did well not to follow it. We never ask for codes or passwords. Did you enter anything?', 'Thank you for asking first. It is a forgery. Could you forward it to us with its headers, and tell me whether you typed anything in?'],
      ['customer', 'No, nothing entered. Forwarded.', 'I typed my email, but not the password.', 'Nothing. Deleted it, sorry.'],
      ['note', 'Same kit as last week, host at {domain}. @{mate} please report it and warn on the status page.', '@{mate} takedown request for {domain}? Two more customers this morning.'],
      ['agent', 'Then your account is safe. As a precaution I ended all sessions; please sign in again. We have asked for the page to be taken down.', 'Good. I set an alert on your account for a week. Nothing else is needed from you.'],
      ['customer', 'Thank you for the quick answer.', 'Reassuring, thanks.'],
    ],
  },
];
