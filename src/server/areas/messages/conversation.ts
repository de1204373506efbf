import type { Actor } from '../../auth/actor.ts';
import { textRows, type Queryable } from '../../db/pool.ts';
import { messageBytes } from '../../feed/page-size.ts';
import {
  batchBytes,
  batchRows,
  type Batch,
  type BatchRequest,
  type ListOrder,
} from '../tickets/list-batch.ts';
import { messageColumns, messageTexts } from './message-text.ts';
import { messagesSource, visibleMessages } from './messages.ts';

/**
 * The indexes of a row's position in time and of the number of rows found, from the end of the row.
 */
const [placeAt, foundCount] = [-2, -1];
const sizeOf = `s.octets + ${messageBytes}`;

/**
 * The next of a ticket's messages that the actor may see, as many as make a batch and at least one.
 * Their lengths decide, so that no text is read that is not sent.
 */
export async function conversationBatch(
  db: Queryable,
  actor: Actor,
  ticketId: string,
  { after, order, rows }: BatchRequest & { order: ListOrder },
): Promise<Batch> {
  const most = Math.min(rows, batchRows);
  const found = await textRows(db, sql(actor, order), [
    actor.id,
    ticketId,
    after?.at ?? null,
    after?.id ?? null,
    most,
  ]);
  const last = found.at(-1);
  const more = Number(last?.at(foundCount) ?? 0) > found.length;
  return {
    texts: await messageTexts(db, found),
    next: last && more ? { at: last.at(placeAt) ?? '', id: last[0] ?? '' } : null,
  };
}

function sql(actor: Actor, order: ListOrder): string {
  const [beyond, sort] =
    order === 'asc' ? ['>', 'created_at, id'] : ['<', 'created_at desc, id desc'];
  const rule =
    `m.ticket_id = $2 and ${visibleMessages(actor)} and ($3::timestamptz is null or ` +
    `(m.created_at, m.id) ${beyond} ($3::timestamptz, $4::uuid))`;
  const inOrder = (of: string): string =>
    sort.replaceAll(/created_at|id/g, (column) => `${of}.${column}`);
  return `
    with found as materialized (select m.id, m.created_at, m.octets from ${messagesSource(actor)}
      where ${rule} order by ${inOrder('m')} limit $5 + 1),
      sized as (select s.*, row_number() over (order by ${inOrder('s')}) as place,
        sum(${sizeOf}) over (order by ${inOrder('s')}) - (${sizeOf}) as before from found s),
      chosen as materialized (select id, place from sized where place <= $5 and before < ${batchBytes})
    select ${messageColumns}, m.created_at::text, (select count(*) from found)
    from chosen c join support_messages m on m.id = c.id
    order by c.place`;
}
