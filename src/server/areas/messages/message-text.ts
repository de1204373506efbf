import { textRows, type Queryable, type TextRow } from '../../db/pool.ts';
import { flag, quoted, textOf } from '../../http/json-text.ts';

/**
 * The columns that `messageTexts` reads, as SQL on `m`; `$1` is the reader's id. Only its author
 * gets the key of a message: anybody who knew it before the message arrives could send another one
 * under it.
 */
export const messageColumns = `
  m.id, m.ticket_id, m.user_id, m.staff_id, m.message, m.is_internal, wire_time(m.created_at),
  case when coalesce(m.staff_id, m.user_id) = $1 then m.client_id end,
  case when m.mentions <> '{}' then to_json(m.mentions)::text end`;

/** Messages in the form of the wire, each as JSON. */
export async function messageTexts(db: Queryable, messages: readonly TextRow[]): Promise<string[]> {
  const names = await namesOf(db, new Set(messages.map(authorOf)));
  return messages.map((row) => messageText(row, names.get(authorOf(row)) ?? 'null'));
}

const authorOf = ([, , user, staff]: TextRow): string => staff ?? user ?? '';

function messageText(
  [id, ticket, user, staff, message, internal, created, client, mentions]: TextRow,
  name: string,
): string {
  return (
    `{"id":"${id}","ticket_id":"${ticket}","user_id":${quoted(user)},"staff_id":${quoted(staff)},` +
    `"message":${textOf(message)},"is_internal":${flag(internal)},` +
    `"is_staff":${typeof staff === 'string'},"created_at":"${created}","author_name":${name},` +
    `"client_id":${textOf(client)},"mentions":${mentions ?? '[]'}}`
  );
}

/**
 * Names as JSON, by the ids of their people: a page has far fewer authors than messages, and a join
 * would cost a look-up for each message.
 */
async function namesOf(db: Queryable, ids: ReadonlySet<string>): Promise<Map<string, string>> {
  if (ids.size === 0) return new Map();
  return new Map(
    (await textRows(db, 'select id, full_name from users where id = any($1)', [[...ids]])).map(
      ([id, name]) => [id ?? '', textOf(name)],
    ),
  );
}
