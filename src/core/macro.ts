import { namesOf } from './person-name.ts';
import type { MacroActions, TicketAction } from './send-actions.ts';

/** A macro's text in parts. `raw`: the variable as it is written, with its braces. */
export type MacroPart =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: string; fallback: string | null; raw: string; at: number };

/** The values of variables; an empty one counts as missing. */
export type MacroValues = Readonly<Record<string, string>>;

/**
 * A variable: `{{requester.first_name}}` or `{{ticket.subject|your ticket}}`. A name contains a
 * dot, so that other text in double braces stays text.
 */
const variable = /\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)\s*(?:\|([^{}\n]*))?\}\}/gi;

export function parseMacro(text: string): MacroPart[] {
  const parts: MacroPart[] = [];
  let end = 0;
  for (const found of text.matchAll(variable)) {
    const [raw, name = '', fallback] = found;
    if (found.index > end) parts.push({ kind: 'text', text: text.slice(end, found.index) });
    parts.push({
      kind: 'variable',
      name: name.toLowerCase(),
      fallback: fallback ?? null,
      raw,
      at: found.index,
    });
    end = found.index + raw.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/**
 * Replaces variables by their values, else by their fallbacks; the others stay as they are for the
 * agent to fill in.
 */
export function fillMacro(text: string, values: MacroValues): string {
  return parseMacro(text)
    .map((part) => (part.kind === 'text' ? part.text : (valueOf(part, values) ?? part.raw)))
    .join('');
}

/** The variables that have neither a value nor a fallback, in order. */
export function missingIn(
  text: string,
  values: MacroValues,
): { name: string; raw: string; at: number }[] {
  return parseMacro(text).flatMap((part) =>
    part.kind === 'variable' && valueOf(part, values) === null
      ? [{ name: part.name, raw: part.raw, at: part.at }]
      : [],
  );
}

/**
 * The unfilled variables that one of the macros has inserted: a text with one must not be sent.
 * Braces typed by hand are ordinary text.
 */
export function unfilledIn(
  text: string,
  values: MacroValues,
  macros: readonly { text: string }[],
): ReturnType<typeof missingIn> {
  const missing = missingIn(text, values);
  return missing.filter(({ raw }) => macros.some((macro) => macro.text.includes(raw)));
}

function valueOf(
  { name, fallback }: Extract<MacroPart, { kind: 'variable' }>,
  values: MacroValues,
): string | null {
  const value = Object.hasOwn(values, name) ? (values[name] ?? '').trim() : '';
  // A value is never read as a variable: a customer may be called {{agent.email}}.
  return value !== '' ? value.replaceAll('{{', '{ {') : fallback;
}

interface Person {
  name: string;
  email: string;
}

/**
 * The variables of a ticket. The caller passes the words for status, priority and category in the
 * language of the window.
 */
export function macroValues(
  requester: Person,
  ticket: Readonly<Record<'id' | 'subject' | 'status' | 'priority' | 'category', string>>,
  agent: Person,
): MacroValues {
  return {
    ...personValues('requester', requester),
    ...personValues('agent', agent),
    'ticket.id': ticket.id,
    'ticket.subject': ticket.subject,
    'ticket.status': ticket.status,
    'ticket.priority': ticket.priority,
    'ticket.category': ticket.category,
  };
}

function personValues(who: string, { name, email }: Person): MacroValues {
  const { first, last } = namesOf(name);
  return {
    [`${who}.name`]: name,
    [`${who}.first_name`]: first,
    [`${who}.last_name`]: last,
    [`${who}.email`]: email,
  };
}

/** The changes that a macro makes, for the agent `me` who uses it. */
export function actionsOf({ assignee, tags, ...fields }: MacroActions, me: string): TicketAction {
  return {
    ...fields,
    ...(assignee === undefined ? {} : { assignee_id: assignee === 'me' ? me : assignee }),
    ...(tags && tags.add.length + tags.remove.length > 0 ? { tags } : {}),
  };
}
