import type { Role, TicketCategory, TicketPriority, TicketStatus } from '../../contract/entities.ts';

/** What `generateDemo` is asked for. The same options always give the same data; nothing is later than `anchor`. */
export interface DemoOptions {
  seed: number;
  tickets: number;
  customers: number;
  anchor: Date;
}

export interface DemoData {
  staff: DemoUser[];
  customers: DemoUser[];
  /** May be walked again and again; made on the way, so that 100,000 of them fit. */
  tickets: Iterable<DemoTicket>;
  faq: DemoFaq[];
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

export type GenerateDemo = (options: DemoOptions) => DemoData;
/** The customer's next message, in the language of what they wrote first. */
export type FollowUp = (random: () => number, subject: string, firstMessage: string) => string;
