import { between, chance, pick, type Random } from '../random.ts';

/** A customer's way of writing, in English only. */
export type Persona = 'plain' | 'polite' | 'terse' | 'angry' | 'longwinded' | 'typos' | 'mobile';

const personas: readonly Persona[] = [
  'plain',
  'plain',
  'plain',
  'plain',
  'polite',
  'polite',
  'polite',
  'terse',
  'terse',
  'angry',
  'longwinded',
  'typos',
  'mobile',
];

export const pickPersona = (random: Random): Persona => pick(random, personas);

const politeAgain = [
  'Hello again,',
  'Thank you for the reply.',
  'Thank you for getting back to me.',
  'Many thanks for your help so far.',
  'Thanks for looking into this.',
];
const angryOpenings = [
  'This is the second time I have to write about this.',
  'I am honestly fed up.',
  'Not good enough.',
  'I pay for this service, so here we go again.',
  'I have lost my whole morning to this.',
  'Is anybody there?',
  'Your chat bot sent me in circles, so I write here.',
  'I was on hold for 40 minutes before I gave up and wrote this.',
];
const angryClosings = [
  'I expect an answer today.',
  'If this is not solved I will move my account elsewhere.',
  'Please do not send me a link to the help page.',
  'I want this escalated.',
  'Very disappointed.',
  'Somebody should take responsibility for this.',
  'Sort it out, please.',
  'No canned reply, please.',
];
const longOpenings = [
  'I hope this reaches the right person, I was not sure which category to choose.',
  'I have been a customer since {since} and never had to write before, so please bear with me.',
  'Let me explain from the start, because the details may matter.',
  'First of all, thank you for the quick help last time.',
  'I am not very good with computers, so I wrote down exactly what happened.',
  'My son usually helps me with these things, but he is in {city} this week.',
  'I looked through the help pages for half an hour and could not find anything that fits.',
  'I am writing from the train, so I apologise for the bad formatting.',
];
const longClosings = [
  'I am happy to send screenshots if that helps. You can also call me, but not before ten, I work nights.',
  'I know you get many of these, so take your time, but a short word that you received it would be nice.',
  "I did restart everything and I also tried it at a friend's house, so it is not my connection.",
  'Apart from this I am quite content with the service, I should say that too.',
  'If it is something that I did wrong, please just tell me, I will not be offended.',
  'I have kept all e-mails and confirmations since {month} in case you need them.',
];
const mobileClosings = [
  'Sent from my iPhone',
  'Sent from my {device}',
  'Get Outlook for Android',
  'Sent from Yahoo Mail on Android',
  'sent on the go, excuse typos',
];

const slips: readonly [RegExp, string][] = [
  [/\bthe\b/, 'teh'],
  [/\breceived\b/, 'recieved'],
  [/\bbecause\b/, 'becuase'],
  [/\baccount\b/, 'acount'],
  [/\bwithdrawal\b/, 'withdrawl'],
  [/\bdefinitely\b/, 'definately'],
  [/\bplease\b/, 'pls'],
  [/\byou\b/, 'u'],
  [/\bI am\b/, 'Im'],
  [/\bdoes not\b/, 'dosnt'],
  [/\bdo not\b/, 'dont'],
  [/\bcannot\b/, 'cant'],
  [/\bnothing\b/, 'nothign'],
  [/\bwith\b/, 'wiht'],
  [/\bstatement\b/, 'statment'],
  [/\btransfer\b/, 'tranfer'],
  [/\bthanks\b/i, 'thx'],
  [/\byour\b/, 'ur'],
  [/ - |; /, ' , '],
  [/\btomorrow\b/, 'tommorow'],
  [/\bseparate\b/, 'seperate'],
];

function withTypos(random: Random, text: string): string {
  let out = text;
  for (let n = between(random, 2, 4); n > 0; n -= 1) {
    const [pattern, wrong] = pick(random, slips);
    out = out.replace(pattern, wrong);
  }
  return chance(random, 0.5) ? out.replaceAll(/\bI\b/g, 'i').replaceAll("'", '') : out;
}

const lowerFirst = (text: string) =>
  /^(I\b|[A-Z]{2}|[A-Z]-|\{)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
const contracted = (text: string) =>
  text
    .replaceAll(/\bI am\b/g, "I'm")
    .replaceAll(/\b(do|does|did|is|was|have|has|would|could)( not)\b/g, "$1n't")
    .replaceAll(/\bcannot\b/g, "can't")
    .replaceAll(/\bI have (?=[a-z]+ed\b)/g, "I've ")
    .replaceAll(/\bIt is\b/g, "It's");

/** In lower case, except for the letters of reference numbers. */
const lowerCased = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/\b(w|tr|inv|e|rj|pay|lim|auth|sd|desk|d)-(?=\d)/g, (m) => m.toUpperCase());

interface VoiceParts {
  /** The message opens the ticket. */
  isFirst: boolean;
  greeting: string;
  closing: string;
  /** The customer's first name. */
  given: string;
}

/** An English customer's text in their own style. */
export function inVoice(
  random: Random,
  persona: Persona,
  text: string,
  { isFirst: first, greeting, closing, given }: VoiceParts,
): string {
  switch (persona) {
    case 'plain':
      return [
        first && chance(random, 0.45) ? `${greeting}\n\n` : '',
        chance(random, 0.5) ? contracted(text) : text,
        chance(random, first ? 0.4 : 0.1) ? `\n\n${chance(random, 0.5) ? given : closing}` : '',
      ].join('');
    case 'polite':
      return [
        first ? `${greeting}\n\n` : chance(random, 0.4) ? `${pick(random, politeAgain)} ` : '',
        text,
        first || chance(random, 0.35)
          ? `\n\n${closing}${chance(random, 0.7) ? `\n${given}` : ''}`
          : '',
      ].join('');
    case 'terse':
      return lowerFirst(contracted(text)).replace(/\.$/, '');
    case 'angry':
      return [
        first || chance(random, 0.25) ? `${pick(random, angryOpenings)} ` : '',
        contracted(text),
        first || chance(random, 0.3) ? ` ${pick(random, angryClosings)}` : '',
      ].join('');
    case 'longwinded':
      return [
        first ? `${greeting}\n\n` : '',
        first || chance(random, 0.3) ? `${pick(random, longOpenings)} ` : '',
        text,
        first || chance(random, 0.3) ? ` ${pick(random, longClosings)}` : '',
        first ? `\n\n${closing}\n${given}` : '',
      ].join('');
    case 'typos':
      return withTypos(random, contracted(text));
    case 'mobile':
      return [
        chance(random, 0.6) ? lowerCased(contracted(text)) : contracted(text),
        first || chance(random, 0.25) ? `\n\n${pick(random, mobileClosings)}` : '',
      ].join('');
  }
}

/** The greetings and signatures of each of the six agents in English, in the order of the staff. */
export const hands: readonly {
  greetings: readonly string[];
  again: readonly string[];
  signatures: readonly string[];
}[] = [
  {
    greetings: [
      'Hi {given},',
      'Hi {given}, Maya here.',
      'Hi {given}, thanks for writing in.',
      'Hi {given}, sorry about this.',
    ],
    again: ['Hi {given},', 'Thanks {given}.'],
    signatures: ['Maya', 'Best,\nMaya', 'All the best,\nMaya'],
  },
  {
    greetings: [
      'Hey {given},',
      'Hi {given}, Alex from support.',
      'Hey {given}, thanks for flagging this.',
    ],
    again: ['Hey {given},', 'Quick update:', 'Okay,'],
    signatures: ['Cheers,\nAlex', 'Alex'],
  },
  {
    greetings: [
      'Hello {given},',
      'Hello {given}, my name is Jonas and I am looking after this.',
      'Good day {given},',
    ],
    again: ['Hello {given},', 'Dear {given},'],
    signatures: ['Regards,\nJonas Weber\nStaffdesk Support', 'Kind regards,\nJonas'],
  },
  {
    greetings: [
      'Hi {given}, thank you for the details.',
      'Hi {given}, Priya here, happy to help.',
      'Hello {given},',
    ],
    again: ['Thank you, {given}.', 'Hi again {given},'],
    signatures: ['Priya', 'Warm regards,\nPriya', 'Thank you,\nPriya Nair'],
  },
  {
    greetings: [
      'Good morning {given},',
      'Hello {given}, Tomasz from the evening team.',
      'Hello {given},',
    ],
    again: ['Hello {given},', 'An update from my side.'],
    signatures: ['Best regards,\nTomasz', 'Tomasz'],
  },
  {
    greetings: [
      'Dear {given},',
      'Dear {given}, thank you for your patience.',
      'Hello {given}, this is Amara.',
    ],
    again: ['Dear {given},', 'Thank you {given},'],
    signatures: ['Warm wishes,\nAmara', 'With best wishes,\nAmara Diallo', 'Amara'],
  },
];
