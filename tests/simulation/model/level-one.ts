import type { ModelAnswer, ModelRequest, ServerModel } from '../server-model.ts';

/** The calls of level 1; everything else is a path that this server does not know. */
const known =
  /^\/(auth\/(login|refresh|me|logout)|support\/tickets(\/[^/?]+(\/(messages|close))?)?)(\?|$)/;
const reads = /^\/(auth\/me|support\/tickets(\/[^/?]+(\/messages)?)?)(\?|$)/;
const ticketFields = [
  'id',
  'subject',
  'category',
  'priority',
  'status',
  'created_at',
  'updated_at',
  'resolved_at',
  'last_message_at',
];
const messageFields = [
  'id',
  'ticket_id',
  'user_id',
  'staff_id',
  'message',
  'is_internal',
  'is_staff',
  'created_at',
];

/**
 * The same data as a server of level 1 shows it: without keys, feed, events, notes and names, its
 * times without a zone, every message written as its author's `user_id`. Its superusers see
 * everybody's tickets, as some do, so that the desks have work.
 */
export function handleLevelOne(model: ServerModel, request: ModelRequest): ModelAnswer {
  const headers = {
    'content-type': 'application/json',
    date:
      model.handle({ method: 'GET', path: '/nowhere', headers: {}, body: undefined }).headers[
        'date'
      ] ?? '',
  };
  if (!known.test(request.path)) return { status: 404, headers, body: { detail: 'Not Found' } };
  const isRead = request.method === 'GET';
  if (isRead !== reads.test(request.path) && !isWrite(request))
    return { status: 405, headers, body: { detail: 'Method Not Allowed' } };
  const { 'idempotency-key': _key, ...plain } = request.headers;
  const answer = model.handle({ ...request, headers: plain });
  return answer.status === 200 ? { ...answer, body: shown(answer.body) } : answer;
}

function isWrite({ method, path }: ModelRequest): boolean {
  return (
    method === 'POST' &&
    (/^\/auth\/(login|refresh|logout)$/.test(path) ||
      /^\/support\/tickets\/[^/]+\/(messages|close)$/.test(path))
  );
}

function shown(body: unknown): unknown {
  if (Array.isArray(body)) return body.filter((row) => !isNote(row)).map(shown);
  if (typeof body !== 'object' || body === null) return body;
  const row = body as Record<string, unknown>;
  if ('subject' in row)
    return plainTimes({
      ...pick(row, ticketFields),
      status: row['status'] === 'in_progress' ? 'waiting' : row['status'],
    });
  if ('ticket_id' in row)
    return plainTimes({
      ...pick(row, messageFields),
      user_id: row['user_id'] ?? row['staff_id'],
      staff_id: null,
      is_staff: false,
    });
  if ('role' in row) {
    const { role, ...rest } = row;
    return { ...rest, is_superuser: role !== 'customer' };
  }
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'object' ? shown(value) : value,
    ]),
  );
}

const isNote = (row: unknown): boolean =>
  (row as { is_internal?: boolean } | null)?.is_internal === true;
const pick = (row: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, row[name]]));

function plainTimes(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name.endsWith('_at') && typeof value === 'string' ? value.replace(/Z$/, '') : value,
    ]),
  );
}
