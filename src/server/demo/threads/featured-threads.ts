import type {
  TicketCategory,
  TicketPriority,
  TicketStatus,
} from '../../../contract/wire/entities.ts';

/**
 * `[3, '10:31']`: three business days back at that time. A number alone: minutes before the demo
 * starts.
 */
export type When = readonly [daysBack: number, clock: string] | number;
/** `customer` or an agent's first name; a name with `note` writes to colleagues only. */
type Line = readonly [who: string, when: When, text: string];

export interface FeaturedThread {
  /** E-mail of the requester, up to the @. */
  from: string;
  subject: string;
  category: TicketCategory;
  priority: TicketPriority;
  status: TicketStatus;
  assignee: string | null;
  tags: readonly string[];
  /** Business days from now at nine, if it is snoozed. */
  snoozed?: number;
  lines: readonly Line[];
}

/**
 * The threads that the demo shows first, the most important one first. `{back:3}` is the date of
 * three business days ago.
 */
export const featuredThreads: readonly FeaturedThread[] = [
  {
    from: 'dana',
    subject: 'Withdrawal shows as sent, nothing in my bank',
    category: 'funding',
    priority: 'urgent',
    status: 'waiting',
    assignee: 'Maya',
    tags: ['withdrawal', 'bank-trace'],
    lines: [
      [
        'customer',
        [4, '10:12'],
        'Hello,\n\nI withdrew £4,200.00 to my Barclays account on {back:5} and the app ' +
          'shows it as "Sent". Nothing has arrived. The number is W-48213. Could you please ' +
          'check where it is?\n\nThank you\nDana Okafor',
      ],
      [
        'Maya',
        [4, '10:41'],
        'Hi Dana, I can see W-48213 leaving us on {back:5} at 13:40. Barclays usually ' +
          'books the next morning, but up to three business days are normal. Does the ' +
          'account end in 4471?',
      ],
      [
        'customer',
        [4, '10:58'],
        'Yes, 4471, the same one I have always used. I will wait then, I just want to be ' +
          'sure it is not lost. My rent goes out at the end of the week.',
      ],
      [
        'Maya note',
        [3, '09:04'],
        'Checked ledger: W-48213 left on {back:5}, settled with our bank, waiting on bank trace. @Jonas can you look?',
      ],
      [
        'Jonas note',
        [3, '10:31'],
        'Trace TR-5521-B is open. Correspondent has it since yesterday, held for a name ' +
          'check because the middle name is missing on our side. They promised an answer ' +
          'within one business day.',
      ],
      [
        'Maya',
        [3, '10:44'],
        'Hi Dana, a short update: our bank has opened a trace (TR-5521-B). The payment ' +
          'left us correctly and is held at a correspondent bank for a name check. I expect ' +
          'their answer tomorrow and will write to you then.\n\nMaya',
      ],
      ['customer', [2, '16:52'], 'Tomorrow is nearly over, is there any news?'],
      [
        'Maya',
        [2, '17:15'],
        'I am sorry, Dana, the correspondent has not answered yet. We sent them your full ' +
          'name this afternoon and asked for an urgent release. You do not need to do ' +
          'anything. I look at it again first thing in the morning.',
      ],
      [
        'Jonas note',
        [1, '09:20'],
        'Chased twice by phone. They say "released today", I believe it when I see the ' +
          'MT103. @Maya if it is not booked by noon I would offer the emergency credit.',
      ],
      [
        'customer',
        3,
        'It has been three business days now and Barclays still sees no incoming payment, ' +
          'I was on the phone with them half an hour ago. They want the MT103 or they cannot ' +
          'search for it. My rent bounces tomorrow if this is not solved. Can somebody ' +
          'please send me that document today?',
      ],
    ],
  },
  {
    from: 'omar',
    subject: 'CSV export stops at 10,000 rows',
    category: 'technical',
    priority: 'high',
    status: 'in_progress',
    assignee: 'Maya',
    tags: ['export', 'bug'],
    lines: [
      [
        'customer',
        [2, '16:04'],
        'Every export I make ends at exactly 10,000 rows, with no error. I need the whole ' +
          'year for my accountant, which is about 64,000 trades. Is there a limit that I ' +
          'missed?',
      ],
      [
        'Alex note',
        [2, '16:21'],
        'Export worker pages at 10k and the cursor is dropped when the filter has a date ' +
          'range. @Jonas can you confirm before we tell him?',
      ],
      [
        'Jonas note',
        [2, '16:33'],
        'Confirmed, DESK-2214. Only exports with a date range; without one the cursor survives.',
      ],
      [
        'Maya',
        [2, '16:40'],
        'Hi Omar, you did not miss anything, that is a fault on our side. While we mend ' +
          'it: exporting month by month gives you complete files. I will write as soon as it ' +
          'is out.',
      ],
      [
        'customer',
        38,
        'Month by month works, thank you. Here is the file that broke, in case it helps: ' +
          'https://example.com/files/trades-2025-full.csv',
      ],
      ['Maya', 29, 'Thanks for the file, that helps a lot. The fix is in review today.'],
    ],
  },
  {
    from: 'lena.brandt',
    subject: 'Zwei-Faktor-Code kommt nicht an',
    category: 'account',
    priority: 'medium',
    status: 'waiting',
    assignee: 'Maya',
    tags: ['2fa', 'login'],
    lines: [
      [
        'customer',
        112,
        'Guten Tag,\n\nseit heute früh bekomme ich keinen Code mehr, wenn ich mich ' +
          'anmelde. Die SMS kommt einfach nicht. Ich habe es jetzt fünfmal versucht und bin ' +
          'nun auch noch für eine Stunde gesperrt.\n\nMit freundlichen Grüßen\nLena Brandt',
      ],
      [
        'Maya note',
        75,
        'Writes German, fine for me. Gateway says "delivered", but to the old number ' +
          'ending 82. @Priya did the change of yesterday go through on your side?',
      ],
      [
        'Maya',
        70,
        'Guten Tag Frau Brandt, die Codes gehen bei uns raus und werden als zugestellt ' +
          'gemeldet. Die Nummer endet auf 82. Ist das noch Ihre aktuelle Nummer?\n\nMaya Ruiz',
      ],
      [
        'customer',
        46,
        'Ich habe die Nummer gestern geändert, die neue endet auf 17. In der App steht sie ' +
          'auch richtig. Wie komme ich jetzt an den Code, ohne dass ich die alte Karte noch ' +
          'habe?',
      ],
    ],
  },
  {
    from: 'priyanka.shah',
    subject: 'Change the legal name on my account',
    category: 'account',
    priority: 'medium',
    status: 'in_progress',
    assignee: 'Maya',
    tags: ['name-change', 'kyc'],
    snoozed: 1,
    lines: [
      [
        'customer',
        [2, '12:47'],
        'Hi,\n\nI got married in September and my surname is now Shah-Bennett. What do you ' +
          'need to change the name on my account? My bank has already changed it and I would ' +
          'like to withdraw next week.\n\nMany thanks\nPriyanka',
      ],
      [
        'Maya',
        [2, '14:05'],
        'Hi Priyanka, congratulations! Please upload the marriage certificate and an ' +
          'identity document with the new name under Documents. Both sides, in colour, and ' +
          'not cropped.',
      ],
      [
        'customer',
        [1, '18:31'],
        'Certificate is uploaded. The new passport comes on Wednesday, would the driving licence do until then?',
      ],
      [
        'Maya note',
        84,
        'Licence is fine for the name, passport needed for the tax form. Asleep until it ' +
          'comes. @Tomasz please do not close it as stale.',
      ],
      [
        'Maya',
        81,
        'I have attached what we need for the tax form, please sign it with the new name. ' +
          'The licence is fine for everything else. I will look at this again when your ' +
          'passport is there.',
      ],
    ],
  },
  {
    from: 'tomas.rivera',
    subject: 'Charged twice for the March plan',
    category: 'billing',
    priority: 'medium',
    status: 'resolved',
    assignee: 'Maya',
    tags: ['double-charge', 'refund'],
    lines: [
      [
        'customer',
        [3, '09:31'],
        'Hola, I was going through my card statements for the tax advisor and saw that the ' +
          'Pro plan was charged twice in March: 19.99 on the 3rd and 19.99 again on the 5th. ' +
          'Only one invoice in my documents. Could you refund the other one?',
      ],
      [
        'Maya',
        [3, '11:18'],
        'Hi Tomás, I see both charges. The first one timed out at the bank, our system ' +
          'tried again two days later, and then both went through. I have asked billing for ' +
          'the refund.',
      ],
      [
        'Maya note',
        [3, '11:20'],
        'Invoice INV-2026-01873 only covers the 5th. @Amara please refund the charge of ' +
          'the 3rd, older than 180 days so it must be a manual one.',
      ],
      ['Amara note', [2, '10:02'], 'Refund sent to the card ending 3308, reference RF-70114.'],
      [
        'Maya',
        [2, '10:15'],
        'The 19.99 are on the way back to your card ending 3308. Banks need two to five ' +
          'days. Sorry that you had to find it yourself.',
      ],
      [
        'customer',
        [1, '13:40'],
        'Thank you, the second charge is gone. That was faster than my bank.',
      ],
    ],
  },
  {
    from: 'aiko.tanaka',
    subject: 'API key stopped working after rotation',
    category: 'technical',
    priority: 'high',
    status: 'waiting',
    assignee: 'Maya',
    tags: ['api', 'keys'],
    lines: [
      [
        'customer',
        [1, '07:55'],
        'Since this morning every call to /orders answers 401 with AUTH-409. We rotated ' +
          'the key last night as the policy demands. The new key is active in the console ' +
          'and has the scopes orders:read and orders:write.',
      ],
      [
        'Maya',
        [1, '09:12'],
        'Hello Aiko, thanks for the details. Could you send me one request id from the ' +
          'answer headers, and tell me whether the old key was revoked before or after the ' +
          'new one was made?',
      ],
      [
        'Alex note',
        [1, '09:40'],
        'Edge cache keeps the old scopes for a key *name*, and they reuse the name. ' +
          'Deleting the entry by hand helps, but only until the next rotation. @Jonas is ' +
          'this DESK-1987 again?',
      ],
      [
        'Jonas note',
        [1, '10:05'],
        'Yes. Fix is planned, workaround is a new name with each rotation.',
      ],
      [
        'customer',
        [1, '15:28'],
        'We rotate every 90 days and this time the new key never worked, with the same ' +
          'script as always. The old one was revoked ten minutes after. Request id: ' +
          '7f3c19e0a2b44d81. Our trading desk places orders by phone at the moment, so ' +
          'please treat this as pressing.',
      ],
    ],
  },
  {
    from: 'sara.alali',
    subject: 'لا أستطيع فتح كشف الحساب',
    category: 'technical',
    priority: 'low',
    status: 'waiting',
    assignee: 'Maya',
    tags: ['statement', 'mobile-app'],
    lines: [
      [
        'customer',
        [3, '11:02'],
        'السلام عليكم،\nلا أستطيع فتح كشف الحساب لشهر أكتوبر. أضغط على الملف فتظهر صفحة ' +
          'بيضاء ثم تعود القائمة.\nشكرا لكم\nسارة العلي',
      ],
      [
        'Maya',
        [3, '13:26'],
        'مرحبا سارة، شكرا على رسالتك. هل يحدث ذلك على الهاتف فقط أم على الحاسوب أيضا؟ وما ' +
          'هو إصدار التطبيق لديك؟\n\nمايا',
      ],
      [
        'Priya note',
        [3, '13:40'],
        'Same as the empty PDF on Android with Arabic names in the file name. @Maya the ' +
          'link from the web works, I tried it.',
      ],
      [
        'customer',
        [2, '08:47'],
        'الملف يظهر فارغا على الهاتف، وعلى الحاسوب يفتح بشكل طبيعي. الإصدار 6.2.1 على Galaxy S23.',
      ],
    ],
  },
  {
    from: 'ben.whitfield',
    subject: 'Statement for {lastyear} has the wrong address',
    category: 'billing',
    priority: 'medium',
    status: 'waiting',
    assignee: 'Maya',
    tags: ['statement', 'tax'],
    lines: [
      [
        'customer',
        [4, '15:10'],
        'The yearly statement for {lastyear} still shows my old address in Leeds. I moved ' +
          'in May and changed it in the profile the same week. The tax office will not take ' +
          'it like that.',
      ],
      [
        'Maya',
        [4, '16:35'],
        'Hi Ben, thanks for telling us. The statement takes the address of 31 December, ' +
          'and yours was confirmed by us only in January. I can have it issued again. Shall ' +
          'it carry only the new address?',
      ],
      [
        'customer',
        [2, '19:05'],
        'Yes, only the new one. Could you reissue it before Friday? My appointment with the accountant is at ten.',
      ],
    ],
  },
  {
    from: 'minhanh.nguyen',
    subject: 'Chart drawings vanish on reload',
    category: 'technical',
    priority: 'low',
    status: 'waiting',
    assignee: 'Maya',
    tags: ['charts', 'bug'],
    lines: [
      [
        'customer',
        [5, '09:48'],
        'Hi, all trend lines that I draw are gone after a reload. It used to keep them. I ' +
          'have to draw eight charts again every morning.',
      ],
      [
        'Maya',
        [5, '11:30'],
        'Hello Minh Anh, that must be tedious. Which browser is it, and does it happen on every chart?',
      ],
      [
        'Alex note',
        [5, '11:52'],
        'Drawings live in local storage, and Safari empties it after seven days. We wanted ' +
          'to move them to the account, DESK-1450.',
      ],
      [
        'customer',
        [3, '20:14'],
        'Only in Safari, only on the weekly chart. Chrome keeps them. I made a short ' +
          'video: https://example.com/v/drawings-weekly',
      ],
    ],
  },
  {
    from: 'omar',
    subject: 'Dark theme on the weekly report',
    category: 'technical',
    priority: 'low',
    status: 'closed',
    assignee: 'Priya',
    tags: ['feature-request', 'report'],
    lines: [
      [
        'customer',
        [31, '18:20'],
        'The weekly report mail is white on white when my phone is in dark mode. I can ' +
          'only read it if I select the text.',
      ],
      [
        'Priya',
        [30, '09:15'],
        'Hi Omar, thank you for the details. That should not be, the mail has a dark ' +
          'version. Which mail app is it?\n\nPriya',
      ],
      ['customer', [30, '09:44'], 'Outlook on Android, the newest one.'],
      [
        'Priya note',
        [30, '10:20'],
        'Outlook strips the media query. @Alex small one for the mail templates? They need the data-ogsc rules.',
      ],
      ['Alex note', [27, '16:01'], 'Merged, goes out with the report of next Sunday.'],
      [
        'Priya',
        [25, '10:00'],
        'The report of Sunday came with the repaired colours. Could you check whether you can read it now?',
      ],
      ['customer', [25, '12:31'], 'Readable now, even the small table. Thanks.'],
    ],
  },
  {
    from: 'omar',
    subject: 'Tax form 1099-B for {lastyear}',
    category: 'billing',
    priority: 'medium',
    status: 'waiting',
    assignee: 'Priya',
    tags: ['tax', 'docs'],
    lines: [
      [
        'customer',
        [6, '14:02'],
        'My accountant says that the 1099-B for {lastyear} lists 61,208 trades and my own ' +
          'count is 64,011. Could you tell me which ones are left out?',
      ],
      [
        'Priya',
        [6, '15:37'],
        'Hi Omar, wash sales are put together on the form, so the counts differ. I have ' +
          'asked for the list behind it. Do you need it as CSV or as PDF?\n\nPriya',
      ],
      [
        'Priya note',
        [6, '15:40'],
        'The list needs the same export that stops at 10k rows. @Maya linked to your ticket with him.',
      ],
      ['customer', [5, '09:10'], 'CSV please, if it has more than 10,000 rows by then.'],
    ],
  },
  {
    from: 'dana',
    subject: 'How do I add a second bank account?',
    category: 'funding',
    priority: 'low',
    status: 'closed',
    assignee: 'Amara',
    tags: ['payee'],
    lines: [
      [
        'customer',
        [64, '08:40'],
        'Hello, I would like to have my salary account and my savings account for ' +
          'withdrawals. Where can I add the second one?\n\nThank you\nDana Okafor',
      ],
      [
        'Amara',
        [64, '10:25'],
        'Dear Dana,\n\nunder Settings, Payees, there is "Add account". For a new account ' +
          'we hold withdrawals for 24 hours, to keep you safe from somebody who got into ' +
          'your profile.\n\nWarm wishes,\nAmara',
      ],
      ['customer', [64, '10:51'], 'Found it. Thank you Amara, that was easy.'],
    ],
  },
  {
    from: 'dana',
    subject: 'Statement of September has an empty page',
    category: 'billing',
    priority: 'low',
    status: 'closed',
    assignee: 'Jonas',
    tags: ['statement'],
    lines: [
      [
        'customer',
        [36, '19:02'],
        'Page 3 of my September statement is empty apart from the footer. Is something ' +
          'missing, or is it just the layout?',
      ],
      [
        'Jonas',
        [35, '08:51'],
        'Hello Dana,\n\nI compared it with the bookings: nothing is missing. The table of ' +
          'dividends had no lines and left its page behind. I have told the ' +
          'team.\n\nRegards,\nJonas Weber\nStaffdesk Support',
      ],
      ['customer', [35, '09:07'], 'Good to know, thanks for checking.'],
    ],
  },
  {
    from: 'dana',
    subject: 'Can the daily transfer limit be raised for one day?',
    category: 'funding',
    priority: 'medium',
    status: 'in_progress',
    assignee: 'Priya',
    tags: ['limits'],
    lines: [
      [
        'customer',
        [5, '12:15'],
        'I am buying a car on the weekend and will need about £12,000.00 in one transfer. ' +
          'My daily limit is £10,000.00. Can it be raised for that day, or shall I send it ' +
          'in two parts?',
      ],
      [
        'Priya',
        [5, '13:48'],
        'Hi Dana, Priya here, happy to help. Two parts on two days is the quickest. If it ' +
          'has to be one transfer, I can ask for a one-day limit; that needs the purchase ' +
          'contract. Which one do you prefer?',
      ],
      [
        'customer',
        [5, '14:20'],
        'One transfer please, the dealer insists. The contract is in my documents now.',
      ],
      [
        'Priya note',
        [4, '09:31'],
        'Contract is fine. Would rather wait until W-48213 is found, or she sends money ' +
          'into the same hole. @Maya tell me when.',
      ],
      [
        'Priya',
        [4, '09:40'],
        'Thank you, the contract is accepted. I set the higher limit as soon as your other ' +
          'payment has arrived, so that both do not meet at the bank.',
      ],
    ],
  },
  {
    from: 'harriet.osei',
    subject: 'Export ends early with a date filter',
    category: 'technical',
    priority: 'medium',
    status: 'closed',
    assignee: 'Alex',
    tags: ['export', 'csv', 'bug'],
    lines: [
      [
        'customer',
        [118, '10:22'],
        'When I set a date filter the CSV stops in the middle of a day. Without the filter it is complete.',
      ],
      [
        'Alex',
        [118, '11:40'],
        'Hey Harriet, thanks for flagging this. How many rows do you get, and is it always ' +
          'the same number?\n\nCheers,\nAlex',
      ],
      ['customer', [118, '11:58'], 'Always 10,000 plus the header.'],
      [
        'Alex note',
        [118, '12:15'],
        'Page limit without a cursor. @Jonas filed as DESK-2102, mended for the web ' +
          'export, the mail export still has it.',
      ],
      ['Alex', [112, '15:04'], 'A new version went out today, please try the same filter again.'],
      ['customer', [111, '08:33'], 'Complete now: 23,418 rows. Thank you!'],
    ],
  },
  {
    from: 'harriet.osei',
    subject: 'Trades missing from the CSV',
    category: 'technical',
    priority: 'medium',
    status: 'closed',
    assignee: 'Maya',
    tags: ['export', 'csv'],
    lines: [
      [
        'customer',
        [81, '13:05'],
        'The CSV of last month has no trades of the 31st, although the app shows four of them.',
      ],
      [
        'Maya',
        [81, '14:22'],
        'Hi Harriet, the export counts in UTC and you trade from Accra with the clock of ' +
          'New York in your settings. Trades after 20:00 fall on the first of the next ' +
          'month. Could you export one day more and check?',
      ],
      [
        'customer',
        [81, '14:40'],
        'They are all there, on the first. That should be written next to the button.',
      ],
      ['Maya', [81, '14:55'], 'You are right, and I have asked for exactly that. Thank you!'],
    ],
  },
];
