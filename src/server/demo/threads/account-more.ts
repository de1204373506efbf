import type { Scenario } from './scenario.ts';

/** More about sign-in, identity and personal data. */
export const accountMore: readonly Scenario[] = [
  {
    category: 'account',
    tags: ['login', 'password'],
    priorities: ['medium', 'high'],
    subjects: [
      'Password reset mail does not arrive',
      'Cannot reset my password',
      'Locked out, no reset mail',
      'Forgot my password',
      'Reset link expired again',
      'Account locked after too many attempts',
    ],
    beats: [
      [
        'customer',
        'I asked for a new password {n} times and no mail came. Spam folder is empty as well.',
        'I am locked out after too many attempts and the reset link says "expired" the moment I open it.',
        'The reset mail arrives after an hour and by then the link is dead.',
      ],
      [
        'agent',
        'The mails leave us within seconds. Which provider do you use, and could you search for mails from {domain}?',
        'Each new request kills the link before it. Please ask once, wait for a quarter of ' +
          'an hour and use only the newest mail. Which mail provider is it?',
      ],
      [
        'customer',
        'It is a small local provider in {city}. Others complain as well.',
        'My company mail. The firewall there opens links to check them, could that be it?',
        'Gmail, under "Promotions". I would never have looked there. But the link is dead.',
      ],
      [
        'note?',
        'Link scanners use up the token. @{mate} the page should ask for a click before it burns the link, {bug}.',
        'Greylisting, {n}0 minutes of delay at their end. Sent a fresh one by hand.',
      ],
      [
        'agent',
        'I sent you a link that lives for 24 hours and asks for a click before it is used up. Please try that one.',
        'I have unlocked the account and sent a new link by hand, which works for a day.',
      ],
      [
        'customer',
        'In at last. Thank you.',
        'That one worked.',
        'Signed in, password changed, and it is in my password manager now.',
      ],
    ],
  },
  {
    category: 'account',
    tags: ['data-protection', 'gdpr'],
    priorities: ['low', 'medium'],
    subjects: [
      'Copy of my data',
      'Delete my personal data',
      'Data request',
      'What do you store about me?',
      'Right of access',
      'Please erase everything you have on me',
    ],
    beats: [
      [
        'customer',
        'a|Please send me a copy of all data that you hold about me, as the law gives me the right to.',
        'b|I closed my account in {month} and want all of my data deleted.',
        'a|What exactly do you store about me and who gets it? I would like the full list.',
        'b|Delete my data please. I still get newsletters although the account is closed.',
      ],
      [
        'agent',
        'a|With pleasure. For your safety we send it only to your documents page, not by ' +
          'mail. It takes up to thirty days, usually five. Is CSV fine or do you prefer PDF?',
        'b|I have stopped the newsletters at once. Trades and identity checks we have to ' +
          'keep for seven years by law; everything else can go. Shall I start that?',
      ],
      [
        'customer',
        'a|CSV is fine.',
        'a|PDF, please, I want to print it.',
        'b|Yes. And please send me a confirmation.',
        'b|If it must be seven years, then so be it. Delete the rest.',
      ],
      [
        'note',
        'Logged as data request for {account}, due in 30 days. @{mate} you are deputy this month.',
        '@{mate} data request, identity is verified (signed in). Please start the job.',
      ],
      [
        'agent',
        'a|The package is in your documents, with a page that explains each file. It stays there for sixty days.',
        'b|Done. What was deleted and what we keep, and why, is in the letter that I put into your mail.',
      ],
      [
        'customer',
        'a|Received. More than I expected, less than I feared.',
        'b|Letter received, that is clear enough.',
        'Thank you, that was correct and quick.',
      ],
    ],
  },
  {
    category: 'account',
    tags: ['kyc', 'questionnaire'],
    priorities: ['medium', 'high'],
    subjects: [
      'Account restricted until I answer questions',
      'Why do you ask for my salary?',
      'Source of funds again',
      'Yearly review of my profile',
      'Restricted since {date}',
      'You want my payslip?',
    ],
    beats: [
      [
        'customer',
        'My account is restricted until I fill in a form about my income. I did that when I opened it.',
        'Why do you need a payslip after all these years? I find that intrusive.',
        'Since {date} I can only close positions. The mail about it went under. What do you need?',
      ],
      [
        'agent',
        'It is the review that the regulator asks for, every two years. Six questions, and ' +
          'one document for where the money comes from. The form is under Documents. Is ' +
          'there one question that you would rather not answer?',
        'I understand that it feels like that. The law wants us to know where larger ' +
          'deposits come from. A payslip, tax assessment or sale contract will do, and you ' +
          'may black out what does not matter.',
      ],
      [
        'customer',
        'I am retired, there is no payslip.',
        'Fine. I uploaded the tax assessment, with the rest blacked out.',
        'I filled it in. The document is the sale contract of my flat in {city}.',
      ],
      [
        'note?',
        'Pension notice is accepted too, please tell people in the first mail. @{mate} update the macro?',
        'Docs fine, score low. @{mate} please lift the restriction, I have no rights for it.',
      ],
      [
        'agent',
        'A pension notice or a bank statement with the pension on it is just as good.',
        'Thank you, that is complete. The restriction is lifted, it shows within an hour.',
        'All accepted. The next review is due in two years, and we will write a month ahead.',
      ],
      [
        'customer',
        'I can trade again.',
        'Uploaded, and it shows as complete.',
        'Okay. Thank you for explaining it like a human being.',
      ],
    ],
  },
  {
    category: 'account',
    tags: ['address', 'documents'],
    priorities: ['low'],
    subjects: [
      'Moved to {city}',
      'Change of address',
      'New address, same country',
      'I am moving abroad',
      'How do I update my address?',
    ],
    beats: [
      [
        'customer',
        'a|I moved to {city} last week. Where do I change my address?',
        'a|My new address is in {city}. The form wants a document that I do not have yet.',
        'b|I am moving abroad in {n} weeks. Can I keep my account?',
      ],
      [
        'agent',
        'a|Under Settings, Personal data. A document of the last three months with the new ' +
          'address is needed: the registration, a utility bill or a letter of the bank.',
        'b|That depends on the country. Where are you moving to, and will you stay a tax resident here?',
      ],
      [
        'customer',
        'a|Will a contract for electricity do?',
        'a|I uploaded the registration. Thanks.',
        'b|To Portugal, and I become a resident there from day one.',
        'b|To Canada, for two years only.',
      ],
      [
        'agent',
        'a|Yes, if it shows your full name and the address. It is checked within one ' +
          'business day, nothing is blocked meanwhile.',
        'b|Then the account can stay, with a new tax form and the new address. Please send ' +
          'both when you have arrived; there are ninety days for it.',
        'b|For that country we have no licence, I am afraid. You may keep and sell ' +
          'positions, but not open new ones while you live there.',
      ],
      [
        'customer?',
        'Thank you, clear.',
        'a|Accepted already. Thanks!',
        'b|Not what I hoped for, but at least I know.',
      ],
    ],
  },
  {
    category: 'account',
    tags: ['deceased', 'estate'],
    priorities: ['medium', 'high'],
    subjects: [
      'My mother has passed away',
      'Account of my late husband',
      'Death of an account holder',
      'Estate of my father',
      'Inheritance, what do you need?',
    ],
    beats: [
      [
        'customer',
        'My mother passed away on {earlier}. She had an account with you. What do I have to do?',
        'I am writing about the account of my late husband. I found your letters in his ' +
          'desk and do not know how to go on.',
        'My father died in {month} and I am the executor. Please tell me which papers you need.',
      ],
      [
        'agent',
        'I am very sorry for your loss. Please take your time. When you are ready, we need ' +
          'the death certificate and the certificate of inheritance. Until then the account ' +
          'is protected and nothing can be traded.',
        'My sincere condolences. We take care of this with one person for you, and that is ' +
          'me. I need the death certificate first; the papers about the inheritance can ' +
          'follow.',
      ],
      [
        'customer',
        'Thank you for the kind words. The certificate is attached, the rest takes some weeks, says the notary.',
        'Attached. There are two heirs, my sister and I.',
        'I have both papers here and uploaded them just now.',
      ],
      [
        'note',
        'Estate case, please only one of us writes to the family. @{mate} block mailings to the deceased holder.',
        'Certificate checked. @{mate} statement as of the day of death for the notary, please.',
      ],
      [
        'agent',
        'Thank you. I put the statement as of that day into the documents for the notary. ' +
          'There are no deadlines on our side and no fees.',
        'Everything is complete. Would the heirs like to have the positions transferred or ' +
          'sold? You can decide that separately.',
      ],
      [
        'customer',
        'Thank you for making this as easy as it can be.',
        'We will talk about it and write again. Thank you.',
      ],
    ],
  },
];
