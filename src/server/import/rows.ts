import { createHash } from 'node:crypto';
import { previewOf } from '../../core/overlay.ts';
import { canonicalEmail } from '../auth/email.ts';
import { isForeignHash } from '../auth/foreign-password.ts';
import { cleanName } from '../auth/person-name.ts';

/** Rows of the source. */
export interface SourceUser {
  id: string;
  email: string;
  username: string;
  hashed_password: string;
  full_name: string | null;
  is_active: boolean | null;
  is_superuser: boolean | null;
  created_at: string;
  last_login: string | null;
}
export interface SourceTicket {
  id: string;
  user_id: string;
  subject: string;
  category: string;
  priority: string | null;
  status: string | null;
  created_at: string | null;
  updated_at: string | null;
  resolved_at: string | null;
}
export interface SourceMessage {
  id: string;
  ticket_id: string;
  owner_id: string;
  user_id: string | null;
  staff_id: string | null;
  message: string;
  is_internal: boolean | null;
  created_at: string | null;
}
export interface SourceFaq {
  id: string;
  category: string;
  question: string;
  answer: string;
  display_order: number | null;
  created_at: string | null;
  updated_at: string | null;
}

export const sourceQueries = {
  users: `select id, email, username, hashed_password, full_name, is_active, is_superuser,
    created_at::timestamptz::text as created_at, last_login::timestamptz::text as last_login from users order by id`,
  tickets: `select id, user_id, subject, category, priority, status, created_at::timestamptz::text as created_at,
    updated_at::timestamptz::text as updated_at, resolved_at::timestamptz::text as resolved_at
    from support_tickets
    order by id`,
  messages: `select m.id, m.ticket_id, t.user_id as owner_id, m.user_id, m.staff_id, m.message, m.is_internal,
    m.created_at::timestamptz::text as created_at
    from support_messages m join support_tickets t on t.id = m.ticket_id
    order by m.created_at, m.id`,
  faq: `select id, category, question, answer, display_order, created_at::timestamptz::text as created_at,
    updated_at::timestamptz::text as updated_at from faq_items where is_published is not false order by id`,
};

/** The author of a message for which the source names nobody. */
export const nobodyId = '00000000-0000-4000-8000-000000000000';
const longestMessage = 100_000;
const longestSubject = 200;
const shortestSubject = 5;
const longestFaqCategory = 100;
const began = '1970-01-01T00:00:00Z';

/** A hash that differs if any field of a row differs. */
const markOf = (row: object): string =>
  createHash('sha256').update(JSON.stringify(row)).digest('base64url');

/** People sign in by email address; one that is invalid here stays as it is, in lower case. */
export function toUser(user: SourceUser) {
  const email = canonicalEmail(user.email) ?? user.email.trim().toLowerCase();
  const { last_login: _login, hashed_password: _hash, ...shown } = user;
  return {
    id: user.id,
    email,
    username: user.username || email,
    hashed_password: user.hashed_password,
    full_name:
      cleanName(user.full_name ?? '') ?? cleanName(user.username) ?? email.split('@')[0] ?? email,
    role: user.is_superuser === true ? 'admin' : 'customer',
    is_active: user.is_active !== false,
    created_at: user.created_at,
    last_login: user.last_login,
    mark: markOf(shown),
  };
}

/** True if this person's password can be checked here. */
export const hasKnownPassword = (user: SourceUser): boolean => isForeignHash(user.hashed_password);

export function toTicket(ticket: SourceTicket) {
  const createdAt = ticket.created_at ?? began;
  const updatedAt = ticket.updated_at ?? createdAt;
  const status = ticket.status ?? 'open';
  return {
    id: ticket.id,
    user_id: ticket.user_id,
    subject: toSubject(ticket.subject),
    category: ticket.category,
    priority: ticket.priority ?? 'medium',
    status,
    created_at: createdAt,
    updated_at: updatedAt,
    resolved_at: ticket.resolved_at ?? (status === 'closed' ? updatedAt : null),
    // A message changes its time too; the message itself shows that.
    mark: markOf({ ...ticket, updated_at: null }),
  };
}

/** A subject of the source may be shorter than ours may be. */
function toSubject(subject: string): string {
  const text = subject.trim() === '' ? '(no subject)' : subject;
  return text.length < shortestSubject ? `${text} (ticket)` : text.slice(0, longestSubject);
}

/**
 * The source stores everything from its API under `user_id`; only the owner of a ticket and staff
 * can write to it. Throws if a text is too long to be stored, rather than cutting it.
 */
export function toMessage(message: SourceMessage) {
  const { id, message: text, user_id: user, staff_id: staff } = message;
  if ([...text].length > longestMessage) {
    throw new Error(
      `Message ${id} is longer than the ${longestMessage} characters that can be kept. ` +
        'Shorten it in the database of --from, then import again.',
    );
  }
  const kept = text === '' ? '(empty)' : text;
  const internal = message.is_internal === true;
  const isCustomers = staff === null && user === message.owner_id && !internal;
  return {
    id,
    ticket_id: message.ticket_id,
    user_id: isCustomers ? user : null,
    staff_id: isCustomers ? null : (staff ?? user ?? nobodyId),
    message: kept,
    is_internal: internal,
    created_at: message.created_at ?? began,
    preview: previewOf(kept),
    mark: markOf(message),
  };
}

export function toFaq(faq: SourceFaq) {
  return {
    id: faq.id,
    category: faq.category.slice(0, longestFaqCategory) || 'other',
    question: faq.question || '?',
    answer: faq.answer || '-',
    order: Math.max(0, faq.display_order ?? 0),
    created_at: faq.created_at ?? began,
    updated_at: faq.updated_at ?? faq.created_at ?? began,
    mark: markOf(faq),
  };
}
