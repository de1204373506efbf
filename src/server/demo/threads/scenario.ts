import type { TicketCategory, TicketPriority } from '../../../contract/entities.ts';

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

/** Who speaks: customer, agent (public), note of the agent, reply note of a colleague. */
export type Speaker = 'customer' | 'agent' | 'note' | 'colleague';
/** A `?` marks a beat that is played now and then. */
type Voice = Speaker | `${Speaker}?`;

/**
 * One step of a thread, with its phrasings. Slots such as `{amount}` keep their value through the
 * thread. `a|Text` is said only where the thread took path a: an answer must fit the question that
 * was asked.
 */
type Beat = readonly [voice: Voice, ...phrasings: string[]];

/**
 * A kind of problem from its first message to its answer. Thanks and reminders come from the
 * language.
 */
export interface Scenario {
  category: TicketCategory;
  tags: readonly string[];
  priorities: readonly TicketPriority[];
  subjects: readonly string[];
  beats: readonly Beat[];
}

/**
 * What all threads in one language share. Openings and closings wrap a text, so that few texts read
 * alike.
 */
export interface LanguagePack {
  openings: readonly string[];
  closings: readonly string[];
  agentOpenings: readonly string[];
  agentClosings: readonly string[];
  thanks: readonly string[];
  /** The customer has waited: is there news? */
  nudges: readonly string[];
  /** What the agent answers to that. */
  holds: readonly string[];
  /** The agent's last word after thanks. */
  farewells: readonly string[];
  /** The agent asks a silent customer again, then closes. */
  reminders: readonly string[];
  timeouts: readonly string[];
  /** The customer withdraws the question. */
  neverMinds: readonly string[];
  /** Leads from one problem to the next in the same thread. */
  bridges: readonly string[];
  /** Live traffic: what a customer may add to any open ticket. */
  followUps: readonly string[];
  scenarios: readonly Scenario[];
}
