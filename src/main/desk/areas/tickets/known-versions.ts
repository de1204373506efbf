import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** The version of a ticket that the cache has, and the full sync that it is from. */
export interface KnownVersion {
  version: number;
  copy: string;
}

/** Notes what is known of its ticket when an operation is made. */
export function noteKnownVersion(
  db: WriteDb,
  operationId: string,
  { version, copy }: KnownVersion,
): void {
  db.prepare('insert into known_versions (operation_id, version, copy) values (?, ?, ?)').run(
    operationId,
    version,
    copy,
  );
}

/**
 * The version that no answer to this operation can be older than. Null: not comparable, as between
 * two full syncs, since the server may have been set back in between.
 */
export function leastVersion(db: ReadDb, operationId: string, copy: string | null): number | null {
  const known = db
    .prepare<[string], KnownVersion>(
      'select version, copy from known_versions where operation_id = ?',
    )
    .get(operationId);
  return known !== undefined && known.copy === copy ? known.version : null;
}

/**
 * Notes the version at which a change was confirmed. No two changes have the same one, so an answer
 * to a change that waited behind it is newer; but of one that was tried before, nobody knows which
 * came first. A message keeps the full sync that it was made in.
 */
export function raiseKnownVersions(
  db: WriteDb,
  confirmedId: string,
  { version, copy }: KnownVersion,
): void {
  db.prepare(
    `
      update known_versions set version = ?, copy = ?
      where (copy <> ? or version < ?)
        and operation_id in (
          select behind.id from operations confirmed
          join operations behind using (account_id, ticket_id)
          where confirmed.id = ? and behind.state not in ('acked', 'discarded')
            and behind.kind not in ('reply', 'note')
        )
        and operation_id not in (select operation_id from keyed_tries)`,
  ).run(version, copy, copy, version, confirmedId);
}

/**
 * Whether an operation was made during this full sync: then the feed tells everything that happened
 * to its effect since, however late a response is.
 */
export function madeInCopy(db: ReadDb, operationId: string, copy: string | null): boolean {
  return leastVersion(db, operationId, copy) !== null;
}

/** Forgets the versions that operations which have ended were made at. */
export function dropEndedKnownVersions(db: WriteDb): void {
  db.prepare(
    `
      delete from known_versions
      where operation_id not in (select id from operations
        where state not in ('acked', 'discarded'))`,
  ).run();
}
