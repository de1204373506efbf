import type { Scenario } from './scenario.ts';

/** Everything else: wishes, praise, complaints, questions of all kinds. */
export const other: readonly Scenario[] = [
  {
    category: 'other',
    tags: ['feature-request'],
    priorities: ['low'],
    subjects: [
      'Please add folders to the watchlist',
      'Wish: remember the last quantity',
      'Could you connect {bank} directly?',
      'Idea for the order form',
      'Feature request',
      'Small suggestion',
      'Widget for the {device}?',
    ],
    beats: [
      [
        'customer',
        'Small wish: folders in the watchlist. I have more than {n} dozen symbols and scroll all day.',
        'Could the order form remember the last quantity per instrument? I always trade {qty} of {instrument}.',
        'I would love to connect {bank} without typing references. Is that planned?',
        'A widget with the result of the day on my {device} would be lovely.',
        'Please add keyboard shortcuts for cancelling orders. The mouse costs me seconds.',
      ],
      [
        'agent',
        'That is a good one, and you are not the first. I added your vote to {bug}. I cannot promise a date.',
        'Thank you for the idea. I passed it to the team with your example, they like concrete ones.',
        'I like it. It is on the list as {bug} now; may we ask you to test it, should it come?',
      ],
      [
        'customer',
        'Great, thanks. Happy to test it.',
        'Fair enough. I will keep an eye on the release notes.',
        'No promise needed. Thank you for listening.',
      ],
    ],
  },
  {
    category: 'other',
    tags: ['complaint'],
    priorities: ['medium', 'high'],
    subjects: [
      'Complaint about the phone line',
      'Unhappy with how this was handled',
      'Third time I write about this',
      'I expected better',
      'Cut off twice on the phone',
      'Nobody answers',
    ],
    beats: [
      [
        'customer',
        'I waited {n}0 minutes on the phone and was cut off twice. This is the second time this month.',
        'Nobody answered my e-mail of {date}. I have been a customer since {since} and it used to be better.',
        'Your colleague promised me a call on {day} and then nothing happened. I am not amused.',
      ],
      [
        'note?',
        'Call log confirms it, dropped at the transfer. @{mate} can we call back? Long-standing customer.',
        'Mail of {date} sits in the old mailbox. @{mate} who reads that one?',
      ],
      [
        'agent',
        'You are right to be annoyed, and I am sorry. I have read everything and will see ' +
          'this one through myself. What is the most urgent part?',
        'I am sorry, that should not have happened. May I call you today? I have your file in front of me.',
      ],
      [
        'customer',
        'a|Today after four, please. The number in my profile is right.',
        'b|It is about the statement of {month}. Just sort that out, the rest is forgotten.',
      ],
      [
        'agent',
        'a|Thank you for the talk just now. As agreed, I write to you on {soon} at the latest, with or without news.',
        'b|The statement is corrected and in your documents. I checked it twice.',
      ],
      [
        'customer',
        'Appreciate it. Much better.',
        'Thank you for taking it seriously.',
        'a|It was good to talk to somebody who listens.',
      ],
    ],
  },
  {
    category: 'other',
    tags: ['complaint', 'formal'],
    priorities: ['high', 'medium', 'urgent'],
    subjects: [
      'Formal complaint',
      'Formal complaint: {order}',
      'Complaint to your compliance department',
      'I will go to the ombudsman',
      'Formal complaint about {wref}',
    ],
    beats: [
      [
        'customer',
        'This is a formal complaint. On {date} your platform was down for {n} minutes and ' +
          'I could not close {instrument}. My loss is {amount}.',
        'Formal complaint: your agent gave me wrong information about {instrument} on ' +
          '{date}, which cost me {amount}. I want a written answer.',
        'I hereby complain formally about the handling of {wref}. If I have no answer ' +
          'within fifteen days I will go to the ombudsman.',
      ],
      [
        'agent',
        'I confirm that your formal complaint has arrived today. It goes to an independent ' +
          'team, and you will have a written answer within fifteen business days. Is there ' +
          'anything that you would like to add, for example screenshots?',
        'Thank you. Your complaint is registered. You will hear from the complaints team ' +
          'within fifteen business days; I stay your contact until then. Please send ' +
          'whatever supports it.',
      ],
      [
        'customer',
        'Screenshots attached, with the times.',
        'The call was recorded, you can listen to it yourselves.',
        'Nothing to add. It is all in my first message.',
      ],
      [
        'note',
        'Formal, clock runs from today. @{mate} please no more replies on the matter ' +
          'itself except from the complaints team.',
        'Registered. Outage log of {date} attached. @{mate} you are reviewer.',
      ],
      [
        'agent',
        'The answer of the complaints team is in your documents. In short: the times are ' +
          'confirmed, and we offer {small} for the part that was our fault. You have eight ' +
          'weeks to accept, and the address of the ombudsman is at the end.',
        'The letter of the complaints team went out today by post and is in your ' +
          'documents. It names the reasons for each point, and the way to the ombudsman.',
      ],
      [
        'customer',
        'I have read it and accept.',
        'Received. I do not agree with all of it, but I will leave it at that.',
        'I will think about the offer.',
      ],
    ],
  },
  {
    category: 'other',
    tags: ['question'],
    priorities: ['low'],
    subjects: [
      'a|Opening hours over the holidays',
      'b|Do you have an office in {city}?',
      'c|Can I open an account for my daughter?',
      'a|Are you there between the years?',
      'c|Junior account',
      'b|Postal address',
    ],
    beats: [
      [
        'customer',
        'a|Are you reachable between the holidays? I plan a larger transfer around {later}.',
        'b|Do you have an office in {city} where I can hand in papers?',
        'c|Can I open an account for my daughter? She is {n}.',
        'c|We would like to save for our grandson. Is there a junior account?',
      ],
      [
        'agent',
        'a|We are there on all days on which the markets are open, from 7:00 to 20:00 UTC. ' +
          'Transfers are booked on bank working days only.',
        'b|We do not have an office for visitors, but everything can be uploaded or ' +
          'posted. The postal address is on https://example.com/contact',
        'c|Yes, as a junior account that you manage until the child is of age. Both ' +
          'parents have to sign; the form is at https://example.com/junior',
      ],
      [
        'customer',
        'Thank you, that answers it.',
        'b|Perfect, I will post it.',
        'c|Form is filled in, that was easy.',
      ],
    ],
  },
  {
    category: 'other',
    tags: ['praise'],
    priorities: ['low'],
    subjects: [
      'Just wanted to say thanks',
      'Compliment to {mate}',
      'Good service',
      'Something nice for a change',
      'Well done',
      'Praise',
    ],
    beats: [
      [
        'customer',
        'No problem for once: {mate} helped me last week and was patient and clear. Please pass that on.',
        'The new statement page is excellent. Whoever made it deserves a coffee.',
        'I was about to leave after the trouble in {month}, but {mate} turned it round. Thank you.',
      ],
      [
        'agent?',
        'That makes our day, thank you. I read it out in the morning round.',
        'Thank you for taking the time, {mate} will be delighted.',
        'How kind. It is on our wall now, next to the coffee machine.',
      ],
    ],
  },
  {
    category: 'other',
    tags: ['phishing', 'security'],
    priorities: ['high', 'medium'],
    subjects: [
      'a|Is this e-mail from you?',
      'b|Suspicious call in your name',
      'a|Phishing mail with your logo',
      'c|Text message asks for my code',
      'a|Fake login page',
      'b|Caller wanted my code',
    ],
    beats: [
      [
        'customer',
        'a|I got a mail that says my account will be closed unless I confirm at ' +
          'https://login.{domain}/verify. Is that you?',
        'b|Somebody called, said he was from your security team and wanted my code. I hung up.',
        'c|A text message asks me to "release" a payment of {amount}. I did not click.',
      ],
      [
        'agent',
        'a|That was not us, and you did well not to follow it. We never ask for codes or ' +
          'passwords. Could you forward it to us with its headers, and tell me whether you ' +
          'typed anything in?',
        'b|That was not us, and hanging up was right. We never ask for codes. Which number ' +
          'did the call come from, and what did they know about you?',
        'c|It is a forgery, thank you for asking first. Could you send me a screenshot with the sender?',
      ],
      [
        'customer',
        'a|Nothing entered. Forwarded.',
        'a|I typed my e-mail, but not the password. Forwarded it to you.',
        'b|A hidden number. They knew my name and that I am with you, nothing more.',
        'c|Screenshot attached. The sender is just a word, no number.',
      ],
      [
        'note',
        'a|Same kit as last week, host at {domain}. @{mate} please report it and warn on the status page.',
        'b|Third call of that kind today. @{mate} banner in the app?',
        'c|@{mate} sender id is spoofed, please report to the carrier. Two more customers this morning.',
      ],
      [
        'agent',
        'Then your account is safe. As a precaution I ended all sessions; please sign in again. We have reported it.',
        'Thank you, that is all we need. I set an alert on your account for a week. Nothing else is needed from you.',
      ],
      [
        'customer',
        'Thank you for the quick answer.',
        'Reassuring, thanks.',
        'Good. My neighbour got the same one, I told him.',
      ],
    ],
  },
  {
    category: 'other',
    tags: ['referral', 'bonus'],
    priorities: ['low'],
    subjects: [
      'Referral bonus missing',
      'My friend signed up, no bonus',
      'Bonus for {fee} not paid',
      'Invitation link did not count',
      'Where is my referral reward?',
    ],
    beats: [
      [
        'customer',
        'My friend signed up with my link on {date} and I got no bonus.',
        'You promise {fee} for each friend. I brought two and got nothing.',
        'The reward for my referral still says "pending". My colleague trades every day.',
      ],
      [
        'agent',
        'The bonus comes when the friend has deposited and made three trades. May I know ' +
          'the first letters of the name, so that I can look?',
        'Let me check. Did they use your link to the end, or did they install the app in between?',
      ],
      [
        'customer',
        'Starts with K, from {city}. Four trades at least.',
        'They installed the app first, I think.',
        'He did everything as in the terms, I sat next to him.',
      ],
      [
        'note?',
        'Link was lost through the store, but dates and town match. @{mate} I would pay it.',
      ],
      [
        'agent',
        'Found it. The link was lost on the way through the store; I have paid {fee} to both of you.',
        'I see the match now. {fee} is in your balance, and your friend gets the same.',
      ],
      [
        'customer',
        'Super, thank you from both of us.',
        'Thanks, arrived.',
        'That was unexpectedly easy.',
      ],
    ],
  },
  {
    category: 'other',
    tags: ['press', 'partnership'],
    priorities: ['low'],
    subjects: [
      'Interview request',
      'Partnership with {company}',
      'Link exchange',
      'Student thesis about retail trading',
      'Sponsorship for our trading club',
    ],
    beats: [
      [
        'customer',
        'I write my thesis about retail investors and have five short questions. Is there ' +
          'somebody who could answer them?',
        '{company} would like to talk about a partnership. Who is the right person?',
        'Our trading club in {city} has forty members and looks for a sponsor. Would you be interested?',
      ],
      [
        'agent',
        'Thank you for asking us. The right address is press@example.com; I have forwarded ' +
          'your message, so you need not write twice.',
        'I passed it on to the partnerships team. They answer within two weeks, also if it is a no.',
      ],
      ['customer?', 'Very kind, thank you.', 'Thanks for forwarding.'],
    ],
  },
  {
    category: 'other',
    tags: ['webinar', 'education'],
    priorities: ['low'],
    subjects: [
      'Webinar link does not work',
      'Recording of the webinar',
      'Course certificate',
      'Webinar on {instrument}',
      'Missed the online course',
    ],
    beats: [
      [
        'customer',
        'The link to the webinar of {date} only shows a waiting room. Is there a recording?',
        'I finished the course and the certificate has no name on it.',
        'I missed the webinar about {instrument}. Will it be repeated?',
      ],
      [
        'agent',
        'The recordings are at https://academy.example.com, usually on the day after. ' +
          'Yours is there since this morning.',
        'Thank you, I had it made again. Please look into the academy, under Certificates.',
        'It is repeated on {later}, and I have put you on the list.',
      ],
      ['customer?', 'Found it, thank you.', 'Lovely, thanks.'],
    ],
  },
  {
    category: 'other',
    tags: ['accessibility'],
    priorities: ['medium', 'low'],
    subjects: [
      'Screen reader and the order form',
      'I am blind and cannot trade',
      'Keyboard access in the charts',
      'Accessibility of the website',
      'Buttons without names',
    ],
    beats: [
      [
        'customer',
        'I use a screen reader. Since the last update the order form reads "button, ' +
          'button, button". I cannot tell Buy from Sell.',
        'I cannot use a mouse. In the new order form Tab jumps from the price straight to the footer.',
        'The contrast of the new theme is too low for me, and zooming cuts off the Sell button.',
      ],
      [
        'agent',
        'That must not happen, thank you for telling us. Which screen reader or browser do ' +
          'you use? Until it is fixed I can place orders for you by phone, at online prices.',
        'I am sorry, the update broke that. You can go back to the old form under ' +
          'Settings, Trading, Order form until it is repaired. Would that help? And which ' +
          'browser do you use?',
      ],
      [
        'customer',
        'NVDA with {browser}. The old form helps, thank you.',
        '{browser}, keyboard only. I will use the old form meanwhile.',
        'VoiceOver on a {computer}. I would rather do it myself than by phone.',
      ],
      [
        'note',
        'Labels were lost in the redesign, {bug}. @{mate} please make it a blocker for the next release.',
        '@{mate} tab order broken in {version}, {bug}. We promised that to a whole association.',
      ],
      [
        'agent',
        "It is repaired with today's release: every control has its name again. Would you " +
          'try it? If anything is missing, I would like to know.',
        'The fix for {bug} is live. We also added it to the automatic checks, so that it does not come back.',
      ],
      [
        'customer',
        'It reads everything now. Thank you for taking it seriously.',
        'Works. That was faster than I am used to elsewhere.',
      ],
    ],
  },
];
