import { z } from 'zod';
import { Capabilities, type Faq, type Me } from '../../contract/wire/api.ts';
import {
  MessageLevel1,
  type TicketCategory,
  type TicketLevel1,
  type TicketPriority,
} from '../../contract/wire/entities.ts';

/**
 * The support API as this page uses it. A server of level 1 lacks registration into a session, the
 * session cookie and the event stream. Responses are parsed by the shapes of level 1, which level 2
 * only extends. Every call throws `ApiFailure`.
 */
export interface Api {
  /** Null: a server of level 1. */
  capabilities(): Promise<PortalCapabilities | null>;
  signIn(email: string, password: string): Promise<void>;
  register(email: string, fullName: string, password: string): Promise<void>;
  /** Continues the session stored in this browser. False: there is none. */
  resume(): Promise<boolean>;
  signOut(): Promise<void>;
  /**
   * Another tab has changed the session stored in this browser. If this tab was part of that
   * session, it is signed out too.
   */
  sessionChanged(): void;
  me(): Promise<z.output<typeof Me>>;
  /** The newest `count`, newest first; a server of level 1 may return more. */
  tickets(count: number): Promise<Newest<TicketLevel1>>;
  ticket(id: string): Promise<TicketLevel1>;
  /** The newest `count`, oldest first; a server of level 1 returns all. */
  messages(id: string, count: number): Promise<Newest<OwnMessage>>;
  /**
   * True if requests with one key create one message, however many there are. A server of level 1
   * creates one for each request.
   */
  takesKeys(): boolean;
  /** Every try needs the same `key`, so that only one ticket is created. */
  open(ticket: NewTicket, key: string): Promise<TicketLevel1>;
  write(id: string, message: string, key: string): Promise<void>;
  close(id: string, key: string): Promise<void>;
  faq(): Promise<FaqEntry[]>;
  searchFaq(words: string): Promise<FaqEntry[]>;
  /** The body of the event stream; null if the server has none. */
  events(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null>;
}

/** The calls needed to write messages and tickets. */
export type WritingApi = Pick<Api, 'takesKeys' | 'tickets' | 'messages' | 'open' | 'write'>;

/** The newest rows of a list. `more`: there are older ones. */
export interface Newest<T> {
  rows: T[];
  more: boolean;
}

/** `client_id`: the key that the customer's message was sent with; level 1 has none. */
export const OwnMessage = MessageLevel1.extend({ client_id: z.string().nullish() });
export type OwnMessage = z.output<typeof OwnMessage>;

export interface NewTicket {
  subject: string;
  category: TicketCategory;
  priority: TicketPriority;
  message: string;
}
export type FaqEntry = z.output<typeof Faq>;

/** The part of the capabilities that this page uses. */
export const PortalCapabilities = Capabilities.pick({ min_message_length: true, portal: true });
export type PortalCapabilities = z.output<typeof PortalCapabilities>;
