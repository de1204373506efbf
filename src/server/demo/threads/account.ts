import type { Scenario } from './scenario.ts';

/** Sign-in, identity checks and personal data. */
export const account: readonly Scenario[] = [
  {
    category: 'account',
    tags: ['2fa', 'login'],
    priorities: ['medium', 'high'],
    subjects: [
      'b|Lost my phone, cannot sign in',
      'Two-factor reset',
      'a|New {device}, codes no longer accepted',
      'a|Locked out after changing phones',
    ],
    beats: [
      [
        'customer',
        'a|I have a new {device} and my authenticator did not come along. I cannot sign in any more.',
        'b|My phone was stolen in {city} on {day}. Please switch off the two-factor login and block whoever has it.',
        'a|All codes are rejected since I changed to the {device}. The clock is set to automatic.',
      ],
      [
        'agent',
        'a|For the reset we need a photo of your identity document next to your face, with ' +
          "today's date on a piece of paper. Please upload it through the link that I sent " +
          'to your registered address.',
        'b|I have ended all your sessions for safety. To set up the codes again please use ' +
          'the link in the e-mail that you will get in a minute; it asks for your document.',
      ],
      [
        'customer',
        'Uploaded. The link expired at the first attempt, the second one worked.',
        'Done, photo sent. I have open positions in {instrument}, so please be quick.',
        'Sent it. My passport is being renewed, is the driving licence okay?',
      ],
      [
        'note',
        'Document looks good, name and birth date match. @{mate} four-eyes for the 2FA reset please.',
        'Selfie ok, IP is from {city} as usual. @{mate} please approve.',
      ],
      ['colleague?', 'Approved at {now}.', 'Approved, withdrawal hold of 24 h is set.'],
      [
        'agent',
        'The two-factor setup is reset. At the next sign-in you scan a new code. ' +
          'Withdrawals are held for 24 hours, trading works at once.',
        'All done, please sign in and set up the new {device}. Keep the recovery codes ' +
          'somewhere else than on the phone.',
      ],
      ['customer', 'I am in.', 'Works, and the recovery codes are printed this time.'],
    ],
  },
  {
    category: 'account',
    tags: ['kyc', 'documents'],
    priorities: ['medium', 'low'],
    subjects: [
      'Document rejected again',
      'Verification fails',
      'Proof of address not accepted',
      'Stuck in verification since {date}',
    ],
    beats: [
      [
        'customer',
        'My proof of address was rejected for the third time. It is a {bank} statement, what is wrong with it?',
        'Verification says "document unreadable". I can read it perfectly well.',
        'I am waiting since {date} to be verified. I uploaded everything you asked for.',
      ],
      [
        'agent',
        'a|The upload is cut off at the lower edge, so the date is missing. Could you send ' +
          'the original PDF instead of a photo?',
        'b|The name is abbreviated on the document. Do you have one that shows it in full, like in your passport?',
      ],
      [
        'customer',
        'a|Here is the PDF from {bank}, straight from the download.',
        'b|The tax letter has my full name. Attached, it is from {month}.',
      ],
      [
        'note?',
        'OCR reads the date as US format and calls it expired. @{mate} manual pass please.',
      ],
      [
        'agent',
        'Accepted. Your account is fully verified and all limits of the trial are lifted.',
        'That one is good. You are verified now; it may take a few minutes until the app shows it.',
      ],
      [
        'customer?',
        'Finally. It shows as verified.',
        'Thanks, was easier with a person than with the upload page.',
      ],
    ],
  },
  {
    category: 'account',
    tags: ['name-change', 'documents'],
    priorities: ['medium', 'low'],
    subjects: [
      'a|Name change after marriage',
      'Change the name on my account',
      'c|My legal name has changed',
      'b|Correct the spelling of my name',
    ],
    beats: [
      [
        'customer',
        'a|I married in {month} and took a new surname. How do I change it on my account?',
        'b|My name is misspelt since I opened the account, and now {bank} refuses the payments because of it.',
        'c|My legal name changed on {date}. What do you need from me?',
      ],
      [
        'agent',
        'a|Congratulations! Please send the certificate and a valid document with the new ' +
          'name. Does your account at {bank} carry the new name already?',
        'c|Happy to. I need the official document of the change and your new identity card, both sides.',
        'b|That must be annoying, with the payments too. Please upload your passport or ' +
          'identity card, and I compare it letter by letter.',
      ],
      [
        'customer',
        'ac|Both attached. {bank} has changed it already.',
        'b|Passport scan attached, the spelling there is the right one.',
        'b|Both sides uploaded. It is one letter only, but it causes no end of trouble.',
        'ac|Certificate attached. The new card comes on {later}, is the confirmation enough until then?',
      ],
      [
        'note',
        'ac|Certificate is fine. @{mate} payee name at {bank} must change at the same ' +
          'time, otherwise withdrawals bounce.',
        'Docs ok. Tax form must be signed again with the new name. @{mate} do we have the template?',
      ],
      [
        'agent',
        'Your name is changed. Please sign the tax form again in Documents, it carries the old one.',
        'Done, your name is right from now on. Older statements keep the name they were issued with.',
      ],
      ['customer', 'Signed. Looks right everywhere.', 'Wonderful, that was painless.'],
    ],
  },
  {
    category: 'account',
    tags: ['security'],
    priorities: ['urgent', 'high', 'high'],
    subjects: [
      'a|Login from {city} that was not me',
      'Suspicious activity',
      'I think someone is in my account',
      'Strange sign-in e-mail',
    ],
    beats: [
      [
        'customer',
        'a|I got an e-mail about a sign-in from {city} at {time}. I have never been there. Please block everything.',
        'a|Somebody signed in with a {device} in {city}. I do not own one.',
        'b|I clicked on a link in a mail that looked like yours and typed in my password. What now?',
      ],
      [
        'agent',
        'a|I have locked the account and ended all sessions. Nothing was traded or ' +
          'withdrawn. Do you use the same password anywhere else?',
        'b|All sessions are closed and withdrawals are frozen. Please change the password ' +
          'of your mailbox first. Did you enter a two-factor code as well?',
      ],
      [
        'customer',
        'a|Yes, I am afraid, the same one at two other places. Changing them now.',
        'b|I entered the password and one code. Mailbox password is changed.',
        'b|No code, only the password. Changed it everywhere.',
      ],
      [
        'note',
        'a|One session from {city} at {time}, read only, no orders. @{mate} IP is on the ' +
          'list from last week, please add it.',
        'b|Phishing kit again, host registered on {date}. @{mate} takedown?',
      ],
      [
        'agent',
        'a|The other session looked at the portfolio and left. We reset your password and ' +
          'codes; please use the link in your mail to set new ones.',
        'b|You are safe: nothing left the account. We reported the copy of our site, and I ' +
          'unlocked you at {now}. Please switch on passkeys, they do not work on fake pages.',
      ],
      [
        'customer',
        'Passkey is set. Thank you for the quick reaction.',
        'New password, new codes. I sleep better now.',
      ],
    ],
  },
  {
    category: 'account',
    tags: ['closing'],
    priorities: ['low', 'medium'],
    subjects: [
      'Please close my account',
      'Account closure',
      'How do I leave?',
      'Closing the account and my data',
    ],
    beats: [
      [
        'customer',
        'I would like to close my account and have the rest paid out to {bank}.',
        'Please close the account, I do not trade any more. What happens with the {small} that is left?',
        'How do I close the account? The button says that there are open items.',
      ],
      [
        'agent',
        'a|There is a fraction of {instrument} left, that is the open item. May I sell it ' +
          'at market and pay everything out to {bank}?',
        'b|I can do that for you. A dividend of {instrument} is due on {later}; would you like to wait for it?',
      ],
      [
        'customer',
        'a|Yes, sell it please.',
        'b|No need to wait, close it now.',
        'b|I can wait for the dividend, then close.',
      ],
      [
        'agent',
        'a|Sold and paid out. The account closes tonight; statements stay available for seven years with your login.',
        'b|Everything is arranged, the last payment goes to {bank} and a confirmation ' +
          'comes by mail. We are sorry to see you go.',
      ],
    ],
  },
  {
    category: 'account',
    tags: ['email-change', 'login'],
    priorities: ['medium'],
    subjects: [
      'Change of e-mail address',
      'a|No access to my old mailbox',
      'b|Confirmation mail never arrives',
      'b|E-mail change does not work',
    ],
    beats: [
      [
        'customer',
        'a|I left my company and lost the mailbox that I signed up with. How can I change the address?',
        'b|I asked for a new e-mail address on {date} and the confirmation never arrives. Spam is empty.',
        'b|The confirmation link says "invalid or used". I have tried {n} times.',
      ],
      [
        'agent',
        'a|Without the old mailbox we confirm by phone. Does the number in your profile ' +
          'end in {last4}, and when could we call?',
        'b|Every new request makes the links before it invalid. Please wait ten minutes ' +
          'and use only the newest. Is it a company address?',
      ],
      [
        'customer',
        'a|Yes, {last4}. After {time} is best.',
        'b|It is a private one. Only one mail has come, and that one fails.',
        'a|The number is right. I am in {city} this week, but it works.',
      ],
      [
        'note?',
        'b|Provider defers our mails, soft bounce since {date}. @{mate} can you move the customer to the second relay?',
        'a|Called, birth date and last trade right. @{mate} please confirm the change.',
      ],
      [
        'agent',
        'a|Your address is changed. You get one mail at each address, then the new one is the login.',
        'b|I confirmed the new address by hand. Please sign in with it from now on.',
      ],
      ['customer?', 'Signed in with the new one.', 'Both mails arrived, done.'],
    ],
  },
  {
    category: 'account',
    tags: ['joint', 'beneficiary'],
    priorities: ['low', 'medium'],
    subjects: [
      'a|Adding my wife to the account',
      'bc|Power of attorney',
      "c|Looking after my father's account",
      'a|Joint account possible?',
      'b|Access for my accountant',
    ],
    beats: [
      [
        'customer',
        'a|Can I add my wife as a second holder, or do we have to open a new account?',
        'b|I would like my accountant to read statements without being able to trade. Is that possible?',
        'c|My father is ill and I should look after his account. What do you need?',
      ],
      [
        'agent',
        'bc|That works with a power of attorney. Shall it cover trading, or only reading statements?',
        'a|A single account cannot become a joint one, but a mandate does nearly the same. ' +
          'Which rights should the other person have?',
      ],
      [
        'customer',
        'b|Reading is enough for now.',
        'ac|Full rights please, except for changing the bank account.',
      ],
      [
        'agent',
        'I put the form into your documents. Please both sign, and the other person ' +
          'verifies with an identity document once.',
        'The form is in Documents. Once both signatures are there it takes two business days.',
      ],
      [
        'customer',
        'Both signed and uploaded.',
        'Signed in {city} in front of a notary, hope that is fine. Uploaded.',
      ],
      [
        'agent',
        'The mandate is active. It can be withdrawn at any time under Settings, People.',
        'All signatures checked, access is open since {now} today.',
      ],
    ],
  },
];
