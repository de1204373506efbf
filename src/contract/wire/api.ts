import { z } from 'zod';
import {
  Macro,
  MacroActions,
  Message,
  NewTag,
  PresenceState,
  Role,
  SettableTime,
  StaffMember,
  Tag,
  Ticket,
  TicketCategory,
  TicketPriority,
  TicketStatus,
  Uuid,
  WireTime,
} from './entities.ts';
import { lineText, messageText, plainText } from '../text.ts';

/**
 * The wire protocol, defined once: the server validates and documents with this map, the client
 * builds requests and parses responses with it. Paths are relative to `apiBase`; `:name` marks a
 * path parameter.
 */
export const apiBase = '/api/v1';

/** In UTF-16 units. A message is refused above it, never cut. */
export const maxMessageLength = 100_000;
/** A draft may be longer than a message: it is kept while its author shortens it. */
export const maxDraftLength = 2_000_000;
export const customerMinMessageLength = 5;
export const staffMinMessageLength = 1;

/**
 * `session: 'cookie'` is for web pages: the response has `inCookie` in place of the refresh token,
 * and a `page_key` that the page stores in its origin. Over https the other half of the token is in
 * a cookie that no script can read.
 */
const session = z.literal('cookie').optional();
export const inCookie = 'in-cookie';
const Email = z.string().trim().min(3).max(254);
const LoginBody = z.strictObject({ email: Email, password: z.string().min(1).max(1024), session });
/** Either the refresh token itself, or `session: 'cookie'` with the key of the page. */
const RefreshBody = z
  .strictObject({
    refresh_token: z.string().min(1).max(512).optional(),
    session,
    page_key: z
      .string()
      .regex(/^[\w-]{1,512}$/)
      .optional(),
  })
  .refine((body) => (body.refresh_token === undefined) !== (body.session === undefined), {
    message: 'give refresh_token, or session where the token is in the cookie',
  });
export const shortestPassword = 10;
const RegisterBody = z.strictObject({
  email: Email.regex(/^[^@\s]+@[^@\s]+$/, 'not an email address'),
  full_name: z.string().trim().min(1).max(200),
  password: z.string().min(shortestPassword).max(1024),
  session,
});
export const TokenPair = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  token_type: z.literal('bearer'),
  expires_in: z.number().positive().describe('seconds'),
  page_key: z.string().min(1).optional(),
});
export type TokenPair = z.infer<typeof TokenPair>;

export const Me = z.object({
  id: Uuid,
  email: z.string(),
  username: z.string(),
  full_name: z.string().nullable(),
  is_active: z.boolean(),
  is_superuser: z.boolean(),
  created_at: WireTime,
  last_login: WireTime.nullable(),
  /** Level 2 only; on level 1 `is_superuser` means staff. */
  role: Role.optional(),
});
export type Me = z.infer<typeof Me>;

export const Capabilities = z.object({
  level: z.number().int(),
  features: z.array(z.string()),
  server_time: WireTime,
  min_message_length: z.object({ customer: z.number().int(), staff: z.number().int() }),
  /** `staffdesk` for our own server. */
  kind: z.string().max(100).optional(),
  version: z.string().max(100).optional(),
  /**
   * `id`: the installation, unchanged by a dump and restore. `history`: its database since the last
   * restore; data seen under another history may be gone.
   */
  server: z
    .object({ id: z.string().min(1).max(200), history: z.string().min(1).max(200) })
    .optional(),
  /** Settings of the customer's page. A server that tells none has the page's own defaults. */
  portal: z
    .object({
      name: z.string().min(1).max(100),
      phone: z.string().min(1).max(100).nullable(),
      /** Equals `min_message_length.customer`. */
      min_message_length: z.number().int().min(1),
      /** False: customers neither choose nor see a ticket's priority. */
      asks_priority: z.boolean(),
    })
    .optional(),
});
export type Capabilities = z.infer<typeof Capabilities>;

const subjectLength = { least: 5, most: 200 };
const messageLength = { least: 1, most: maxMessageLength };

/** The fields of the change as the author saw them. Omitted fields are not compared. */
export const TicketBase = z
  .strictObject({
    status: z.string(),
    priority: z.string(),
    category: z.string(),
    assignee_id: Uuid.nullable(),
    snoozed_until: SettableTime.nullable(),
    subject: z.string(),
  })
  .partial();
export type TicketBase = z.infer<typeof TicketBase>;

export const TicketChange = z
  .strictObject({
    status: TicketStatus,
    priority: TicketPriority,
    category: TicketCategory,
    assignee_id: Uuid.nullable(),
    tags: z.strictObject({
      add: z.array(Tag).max(50).default([]),
      remove: z.array(Tag).max(50).default([]),
    }),
    snoozed_until: SettableTime.nullable(),
    subject: z.string().min(1).max(200),
  })
  .partial();
export type TicketChange = z.infer<typeof TicketChange>;

/**
 * Stricter than the shape of a stored change: a change from before a rule can still be read on the
 * desk, and is refused here.
 */
const addedTags = z.strictObject({
  add: z.array(NewTag).max(50).default([]),
  remove: z.array(Tag).max(50).default([]),
});
export const TicketPatch = z
  .strictObject({
    ...TicketChange.shape,
    subject: lineText(subjectLength).optional(),
    tags: addedTags.optional(),
    base: TicketBase.optional(),
  })
  .refine((p) => Object.keys(p).some((k) => k !== 'base'), {
    message: 'name at least one field to change',
  });

/** Of the message that opens a ticket. */
export const ticketMinMessageLength = 10;
export const TicketCreate = z.strictObject({
  subject: lineText(subjectLength),
  category: TicketCategory,
  priority: TicketPriority.default('medium'),
  message: messageText({ ...messageLength, least: ticketMinMessageLength }),
});

export const MessageCreate = z.strictObject({ message: messageText(messageLength) });
const NoteCreate = z.strictObject({
  message: messageText(messageLength),
  mentions: z.array(Uuid).max(50).default([]),
});

const TicketMerge = z.strictObject({ into: Uuid });

const NewMacroActions = z.strictObject({ ...MacroActions.shape, tags: addedTags.optional() });
export const MacroCreate = z.strictObject({
  name: lineText({ least: 1, most: 100 }),
  text: z.string().overwrite(plainText).max(maxMessageLength),
  actions: NewMacroActions.default({}),
});
/** `base`: the version that the author saw; if it has changed since, the response is 412. */
export const MacroPatch = z
  .strictObject({
    ...MacroCreate.partial().shape,
    actions: NewMacroActions.optional(),
    base: z.strictObject({ version: z.number().int() }).optional(),
  })
  .refine((p) => Object.keys(p).some((k) => k !== 'base'), {
    message: 'name at least one field to change',
  });

const PresencePut = z.strictObject({ state: PresenceState });

export const maxCursorLength = 2048;
export const SyncPage = z.object({
  tickets: z.array(Ticket),
  messages: z.array(Message),
  staff: z.array(StaffMember),
  macros: z.array(Macro),
  /** `merged_into`: the ticket that took over the messages of a merged one. */
  removed: z.array(
    z.object({
      kind: z.enum(['ticket', 'message', 'staff', 'macro']),
      id: Uuid,
      merged_into: Uuid.optional(),
    }),
  ),
  next_cursor: z.string().min(1).max(maxCursorLength),
  has_more: z.boolean(),
  after: z
    .string()
    .optional()
    .describe(
      'the last 16 characters of the cursor that was asked with; empty where there was none',
    ),
});
export type SyncPage = z.infer<typeof SyncPage>;

/**
 * The end of the cursor that a page of the feed follows. A proxy that caches by path alone would
 * return the page of another cursor; the desk detects it by this.
 */
export const endOfCursor = (cursor: string | null | undefined): string => cursor?.slice(-16) ?? '';

export const Faq = z.object({
  id: Uuid,
  category: z.string(),
  question: z.string(),
  answer: z.string(),
  order: z.number().int(),
  created_at: WireTime,
  updated_at: WireTime,
});

const idParams = z.strictObject({ id: Uuid });

/** The cursor for the rest of a list, absent if the list is complete. Sent back as `cursor`. */
const nextCursor = z
  .string()
  .min(1)
  .max(2048)
  .optional()
  .describe('where the list goes on; absent at its end');
const cursor = z
  .string()
  .min(1)
  .max(2048)
  .optional()
  .describe('the next_cursor of the answer before this one; of the same question only');
/**
 * Without parameters the complete list is returned, oldest first, up to 10,000 messages or 8 MB.
 * `order=desc` begins with the newest message and goes back. A server of level 1 ignores all three
 * and returns the complete list, oldest first.
 */
const threadQuery = z.strictObject({
  cursor,
  limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
  order: z.enum(['asc', 'desc']).default('asc').describe('asc: oldest first; desc: newest first'),
});

/**
 * `answer`: the body of the 2xx response. Every POST and PATCH also takes the header
 * `Idempotency-Key`.
 */
export const routes = {
  login: { method: 'POST', path: '/auth/login', body: LoginBody, answer: TokenPair },
  /** Opens an account for a customer and signs it in. */
  register: { method: 'POST', path: '/auth/register', body: RegisterBody, answer: TokenPair },
  refresh: { method: 'POST', path: '/auth/refresh', body: RefreshBody, answer: TokenPair },
  me: { method: 'GET', path: '/auth/me', answer: Me },
  logout: { method: 'POST', path: '/auth/logout', answer: z.object({ detail: z.string() }) },
  capabilities: { method: 'GET', path: '/support/capabilities', answer: Capabilities },
  listTickets: {
    method: 'GET',
    path: '/support/tickets',
    answer: z.object({ tickets: z.array(Ticket), next_cursor: nextCursor }),
    /** Newest first. A `limit` over 10,000 counts as 10,000. */
    query: z.strictObject({
      status: TicketStatus.optional(),
      limit: z.coerce.number().int().min(1).max(100_000).default(50),
      cursor,
    }),
  },
  getTicket: {
    method: 'GET',
    path: '/support/tickets/:id',
    params: idParams,
    query: threadQuery,
    answer: z.object({ ticket: Ticket, messages: z.array(Message), next_cursor: nextCursor }),
  },
  /**
   * Staff only, because internal notes are searched too. `closed_before`: only tickets that a full
   * sync with that `closed_since` leaves out.
   */
  searchTickets: {
    method: 'GET',
    path: '/support/search',
    answer: z.object({ tickets: z.array(Ticket), next_cursor: nextCursor }),
    query: z.strictObject({
      q: z.string().trim().min(2).max(200),
      closed_before: SettableTime.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor,
    }),
  },
  createTicket: { method: 'POST', path: '/support/tickets', body: TicketCreate, answer: Ticket },
  listMessages: {
    method: 'GET',
    path: '/support/tickets/:id/messages',
    params: idParams,
    query: threadQuery,
    answer: z.object({ messages: z.array(Message), next_cursor: nextCursor }),
  },
  postMessage: {
    method: 'POST',
    path: '/support/tickets/:id/messages',
    params: idParams,
    body: MessageCreate,
    answer: Message,
  },
  postNote: {
    method: 'POST',
    path: '/support/tickets/:id/notes',
    params: idParams,
    body: NoteCreate,
    answer: Message,
  },
  patchTicket: {
    method: 'PATCH',
    path: '/support/tickets/:id',
    params: idParams,
    body: TicketPatch,
    answer: Ticket,
  },
  closeTicket: {
    method: 'POST',
    path: '/support/tickets/:id/close',
    params: idParams,
    answer: Ticket,
  },
  reopenTicket: {
    method: 'POST',
    path: '/support/tickets/:id/reopen',
    params: idParams,
    answer: Ticket,
  },
  mergeTicket: {
    method: 'POST',
    path: '/support/tickets/:id/merge',
    params: idParams,
    body: TicketMerge,
    answer: Ticket,
  },
  putPresence: {
    method: 'PUT',
    path: '/support/tickets/:id/presence',
    params: idParams,
    body: PresencePut,
    answer: z.object({ expires_in: z.number().positive().describe('seconds') }),
  },
  listMacros: {
    method: 'GET',
    path: '/support/macros',
    answer: z.object({ macros: z.array(Macro) }),
  },
  createMacro: { method: 'POST', path: '/support/macros', body: MacroCreate, answer: Macro },
  patchMacro: {
    method: 'PATCH',
    path: '/support/macros/:id',
    params: idParams,
    body: MacroPatch,
    answer: Macro,
  },
  deleteMacro: {
    method: 'DELETE',
    path: '/support/macros/:id',
    params: idParams,
    answer: z.object({ detail: z.string() }),
  },
  sync: {
    method: 'GET',
    path: '/support/sync',
    answer: SyncPage,
    /**
     * `closed_since`: a page of the full sync leaves out resolved and closed tickets that have not
     * changed since. The feed brings all.
     */
    query: z.strictObject({
      cursor: z.string().max(maxCursorLength).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
      closed_since: SettableTime.optional(),
    }),
  },
  staff: {
    method: 'GET',
    path: '/support/staff',
    answer: z.object({ staff: z.array(StaffMember) }),
  },
  faq: {
    method: 'GET',
    path: '/support/faq',
    answer: z.array(Faq),
    query: z.strictObject({ category: z.string().max(100).optional() }),
  },
  faqSearch: {
    method: 'GET',
    path: '/support/faq/search',
    answer: z.array(Faq),
    query: z.strictObject({ q: z.string().max(200) }),
  },
  faqCategories: { method: 'GET', path: '/support/faq/categories', answer: z.array(z.string()) },
} as const satisfies Record<string, ApiRoute>;

/** Server-sent events: `GET /support/events`. Not in the map, because it has no single response. */
export const eventsPath = '/support/events';
/**
 * A person who has a ticket in front of them; staff only. Forgotten `presenceSeconds` after the
 * last report.
 */
export const PresenceEvent = z.object({ ticket_id: Uuid, staff_id: Uuid, state: PresenceState });
export type PresenceEvent = z.infer<typeof PresenceEvent>;
export const presenceSeconds = 25;

export interface ApiRoute {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  answer: z.ZodType;
}
export type RouteName = keyof typeof routes;
export type Answer<R extends RouteName> = z.output<(typeof routes)[R]['answer']>;

/** Error bodies. 422 lists the fields; 412 has the present ticket and the fields that conflict. */
export const ErrorBody = z.object({ detail: z.string() });
export const ValidationErrorBody = z.object({
  detail: z.array(
    z.object({
      loc: z.array(z.union([z.string(), z.number()])),
      msg: z.string(),
      type: z.string(),
    }),
  ),
});
/**
 * 404 for a ticket that was merged into another. `merged_into`: the other ticket, for those who may
 * see it.
 */
export const MergedBody = z.object({ detail: z.string(), merged_into: Uuid.optional() });
export const ConflictBody = z.object({
  detail: z.string(),
  ticket: Ticket,
  fields: z.array(z.string()),
});
export type ConflictBody = z.infer<typeof ConflictBody>;
/** 412 for a macro that somebody else has changed, with the present macro. */
export const MacroConflictBody = z.object({ detail: z.string(), macro: Macro });
