import type {
  Macro,
  Role,
  TicketCategory,
  TicketPriority,
  TicketStatus,
} from '../../contract/wire/entities.ts';

/**
 * The options of `generateDemo`. The same options always give the same data; nothing is later than
 * `anchor`.
 */
export interface DemoOptions {
  seed: number;
  tickets: number;
  customers: number;
  anchor: Date;
}

export interface DemoData {
  staff: DemoUser[];
  customers: DemoUser[];
  tickets: DemoTickets;
  faq: DemoFaq[];
  macros: DemoMacro[];
}

/**
 * Can be iterated repeatedly; each ticket is made on demand, so that 100,000 of them need little
 * memory.
 */
export interface DemoTickets extends Iterable<DemoTicket> {
  readonly length: number;
  slice: (start: number, end: number) => DemoTicket[];
}

export interface DemoUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  created_at: Date;
  /** Only these get a password, because hashing one for everyone would take minutes. */
  can_sign_in: boolean;
}

export interface DemoTicket {
  id: string;
  requester_id: string;
  subject: string;
  category: TicketCategory;
  priority: TicketPriority;
  status: TicketStatus;
  assignee_id: string | null;
  tags: string[];
  created_at: Date;
  updated_at: Date;
  resolved_at: Date | null;
  snoozed_until: Date | null;
  /** Oldest first; the first one is the requester's. */
  messages: DemoMessage[];
}

export interface DemoMessage {
  id: string;
  author_id: string;
  is_staff: boolean;
  is_internal: boolean;
  text: string;
  created_at: Date;
}

export interface DemoFaq {
  category: string;
  question: string;
  answer: string;
  order: number;
}

/** A canned reply; see the contract for its variables. */
export type DemoMacro = Pick<Macro, 'name' | 'text' | 'actions'>;

/**
 * The input for a customer's next message. `first_message` shows the language that they write in.
 */
export interface FollowUpTicket {
  subject: string;
  category: string;
  first_message: string;
}

export type FollowUp = (random: () => number, ticket: FollowUpTicket) => string;
