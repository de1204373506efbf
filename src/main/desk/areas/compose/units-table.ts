import { z } from 'zod';
import { SendActions, SendFinish } from '../../../../contract/bridge.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/**
 * Actions that the agent chose to send with a message: the changes of its chips, and how the
 * ticket goes on.
 */
export const SentWith = z.object({ actions: SendActions, finish: SendFinish.nullable() });
export type SentWith = z.infer<typeof SentWith>;

/** Ties a message and what is sent with it together, under the id of the message. */
export function writeUnit(
  db: WriteDb,
  messageId: string,
  others: readonly string[],
  sentWith: SentWith,
): void {
  const insert = db.prepare(
    'insert into units (operation_id, unit_id, sent_with) values (?, ?, ?)',
  );
  insert.run(messageId, messageId, JSON.stringify(sentWith));
  for (const id of others) insert.run(id, messageId, null);
}

/** The unit that an operation belongs to; null for one that stands alone. */
export function unitOf(db: ReadDb, operationId: string): string | null {
  return (
    db
      .prepare<[string], { unit_id: string }>('select unit_id from units where operation_id = ?')
      .get(operationId)?.unit_id ?? null
  );
}

/** The actions sent with a message; null for one that was sent alone. */
export function sentWithOf(db: ReadDb, operationId: string): SentWith | null {
  const text =
    db
      .prepare<[string], { sent_with: string | null }>(
        'select sent_with from units where operation_id = ?',
      )
      .get(operationId)?.sent_with ?? null;
  return text === null ? null : readSentWith(text);
}

/** All operations of a unit, in any state. */
export function unitMembers(db: ReadDb, unitId: string): string[] {
  return db
    .prepare<[string], { operation_id: string }>(
      `
        select u.operation_id
        from units u join operations o on o.id = u.operation_id
        where u.unit_id = ?
        order by o.seq`,
    )
    .all(unitId)
    .map((row) => row.operation_id);
}

/** An operation that takes another one's place belongs to its unit. */
export function inheritUnit(db: WriteDb, oldId: string, newId: string): void {
  db.prepare(
    `
      insert or ignore into units (operation_id, unit_id, sent_with)
      select ?, unit_id, sent_with
      from units
      where operation_id = ?`,
  ).run(newId, oldId);
}

function readSentWith(text: string): SentWith | null {
  try {
    return SentWith.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Damaged: the message itself is what matters.
    return null;
  }
}
