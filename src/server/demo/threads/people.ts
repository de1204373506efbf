import { addressOf, personName, type PersonName } from '../names.ts';
import { between, pick, seeded, subSeed, uuid, type Random } from '../random.ts';
import type { DemoUser } from '../types.ts';
import type { Language } from './scenario.ts';

const day = 86_400_000;

export interface Person {
  user: DemoUser;
  name: PersonName;
  language: Language;
}

const agents: readonly [given: string, family: string][] = [
  ['Maya', 'Ruiz'],
  ['Alex', 'Kim'],
  ['Jonas', 'Weber'],
  ['Priya', 'Nair'],
  ['Tomasz', 'Nowak'],
  ['Amara', 'Diallo'],
];

/** Customers of the hand-written threads; they come first, whatever the size of the demo. */
const known: readonly [
  given: string,
  family: string,
  email: string,
  language: Language,
  familyFirst?: true,
][] = [
  ['Dana', 'Okafor', 'dana@customer.test', 'en'],
  ['Omar', 'Haddad', 'omar@customer.test', 'en'],
  ['Lena', 'Brandt', 'lena.brandt@example.net', 'de'],
  ['Priyanka', 'Shah', 'priyanka.shah@example.com', 'en'],
  ['Tomás', 'Rivera', 'tomas.rivera@example.org', 'en'],
  ['Aiko', 'Tanaka', 'aiko.tanaka@example.com', 'en'],
  ['سارة', 'العلي', 'sara.alali@example.net', 'ar'],
  ['Ben', 'Whitfield', 'ben.whitfield@customer.test', 'en'],
  ['Minh Anh', 'Nguyễn', 'minhanh.nguyen@example.org', 'en', true],
  ['Harriet', 'Osei', 'harriet.osei@example.com', 'en'],
];

/** The share of customers who write each language, in thousandths; the others write English. */
const shares: readonly [Language, number][] = [
  ['de', 30],
  ['es', 30],
  ['fr', 26],
  ['pt', 18],
  ['ja', 20],
  ['ar', 20],
  ['hi', 11],
  ['vi', 12],
  ['pl', 12],
  ['uk', 12],
  ['th', 11],
  ['zh', 16],
];

function languageAt(point: number): Language {
  let left = point * 1_000;
  for (const [language, share] of shares) {
    if (left < share) return language;
    left -= share;
  }
  return 'en';
}

/** The six agents, first Maya, the agent of the demo. */
export function createStaff(seed: number, anchor: number): Person[] {
  const random = seeded(subSeed(seed, 1, 0));
  return agents.map(([given, family], index) => ({
    user: {
      id: uuid(random),
      email: `${given.toLowerCase()}@staffdesk.test`,
      name: `${given} ${family}`,
      role: index === 0 ? ('admin' as const) : ('staff' as const),
      created_at: new Date(anchor - (1_900 - index * 60) * day),
      can_sign_in: true,
    },
    name: { full: `${given} ${family}`, given, family, handle: given.toLowerCase() },
    language: 'en' as const,
  }));
}

/**
 * Customers in the order in which they joined, at least as many as the hand-written threads need.
 */
export function createCustomers(seed: number, count: number, anchor: number): Person[] {
  const random = seeded(subSeed(seed, 2, 0));
  const emails = new Set(known.map(([, , email]) => email));
  const names = new Set(known.map(([given, family]) => `${given} ${family}`));
  const total = Math.max(count, known.length);
  return Array.from({ length: total }, (_, index) => {
    const joined = new Date(
      anchor - Math.round(daysSinceJoin(index, total) * day) - between(random, 0, 60_000),
    );
    const fixed = known[index];
    return fixed
      ? knownCustomer(random, fixed, { joined, can_sign_in: index < 2 })
      : newCustomer(random, joined, { emails, names });
  });
}

/** Six in ten joined before the eighteen months that the tickets cover. */
function daysSinceJoin(index: number, total: number): number {
  if (index < known.length) return 1_240 - index * 9;
  return 1_150 * (1 - (index - known.length) / (total - known.length)) + 0.2;
}

function knownCustomer(
  random: Random,
  [given, family, email, language, familyFirst]: (typeof known)[number],
  { joined, can_sign_in }: { joined: Date; can_sign_in: boolean },
): Person {
  const full = familyFirst ? `${family} ${given}` : `${given} ${family}`;
  return {
    user: {
      id: uuid(random),
      email,
      name: full,
      role: 'customer',
      created_at: joined,
      can_sign_in,
    },
    name: { full, given, family, handle: '' },
    language,
  };
}

/** `emails` and `names`: the ones in use, to which the new ones are added. */
function newCustomer(
  random: Random,
  joined: Date,
  { emails, names }: { emails: Set<string>; names: Set<string> },
): Person {
  const language = languageAt(random());
  let name = personName(random, language);
  for (let tries = 0; names.has(name.full) && tries < 40; tries += 1)
    name = personName(random, tries < 20 ? language : pick(random, ['en', language] as const));
  names.add(name.full);
  return {
    user: {
      id: uuid(random),
      email: addressOf(random, name.handle, emails),
      name: name.full,
      role: 'customer',
      created_at: joined,
      can_sign_in: false,
    },
    name,
    language,
  };
}
