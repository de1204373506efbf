import type { TicketCategory, TicketPriority } from '../../../contract/wire/entities.ts';

const languages = [
  'en',
  'de',
  'es',
  'fr',
  'pt',
  'ja',
  'ar',
  'hi',
  'vi',
  'pl',
  'uk',
  'th',
  'zh',
] as const;
export type Language = (typeof languages)[number];

/**
 * The author: customer, agent (public), agent (internal note), or colleague (internal note in
 * reply).
 */
export type Speaker = 'customer' | 'agent' | 'note' | 'colleague';
/** A `?` marks a beat that is sometimes left out. */
type Voice = Speaker | `${Speaker}?`;

/**
 * One step of a thread, with its phrasings. Slots such as `{amount}` keep their value through the
 * thread. `a|Text` is used only if the thread took path a: an answer must match its question.
 */
type Beat = readonly [voice: Voice, ...phrasings: string[]];

/**
 * A kind of problem, from its first message to its answer. Thanks and reminders come from the
 * language pack.
 */
export interface Scenario {
  category: TicketCategory;
  tags: readonly string[];
  priorities: readonly TicketPriority[];
  subjects: readonly string[];
  beats: readonly Beat[];
}

/**
 * The phrases shared by all threads in one language. Openings and closings enclose a text, so that
 * few texts read alike.
 */
export interface LanguagePack {
  openings: readonly string[];
  closings: readonly string[];
  agentOpenings: readonly string[];
  agentClosings: readonly string[];
  thanks: readonly string[];
  /** The customer has waited and asks for news. */
  nudges: readonly string[];
  /** The agent's reply to a nudge. */
  holds: readonly string[];
  /** The agent's last message after thanks. */
  farewells: readonly string[];
  /** The agent asks a silent customer again, then closes. */
  reminders: readonly string[];
  timeouts: readonly string[];
  /** The customer withdraws the question. */
  neverMinds: readonly string[];
  /** Begins the next problem in the same thread. */
  bridges: readonly string[];
  /** Live traffic: messages that a customer may add to any open ticket. */
  followUps: readonly string[];
  scenarios: readonly Scenario[];
}
