import type {
  Macro,
  Role,
  TicketCategory,
  TicketPriority,
  TicketStatus,
} from '../../contract/entities.ts';

/**
 * What `generateDemo` is asked for. The same options always give the same data; nothing is later
 * than `anchor`.
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
 * May be walked again and again; each ticket is made when it is asked for, so that 100,000 of them
 * fit.
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
  /** Only these get a password; hashing one for everyone would take minutes. */
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
 * What a customer's next message is made from. `first_message` is the hint of the language that
 * they write in.
 */
export interface FollowUpTicket {
  subject: string;
  category: string;
  first_message: string;
}

export type FollowUp = (random: () => number, ticket: FollowUpTicket) => string;
