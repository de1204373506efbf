import { chance, pick, type Random } from '../random.ts';
import type { FollowUpTicket } from '../types.ts';
import { enFollowUps } from './en-follow-ups.ts';
import { languageOf } from './language.ts';
import { packs } from './packs.ts';

const isCategory = (category: string): category is keyof typeof enFollowUps =>
  category in enFollowUps;

/** Another message of the customer of an open ticket, in the language of their first one. */
export function followUp(
  random: Random,
  { subject, category, first_message }: FollowUpTicket,
): string {
  const language = languageOf(`${subject}\n${first_message}`);
  const pack = packs[language];
  if (language !== 'en' && pack) return pick(random, pack.followUps);
  return isCategory(category) && chance(random, 0.4)
    ? pick(random, enFollowUps[category])
    : pick(random, enFollowUps.any);
}
