import type { Queryable } from '../db/pool.ts';

export interface AuditEntry {
  /**
   * An event outside the API's writes, which are logged by audit/changes.ts; the database itself
   * logs people and roles.
   */
  action: 'sign_in' | 'sign_in_failed' | 'sign_out' | 'session_revoked' | 'refused';
  /** Null if the person is unknown. */
  actorId: string | null;
  /** The session or, if there is none, the account. */
  entityId: string | null;
  address: string | null;
  changes?: Record<string, { after: string | number }>;
}

/**
 * Adds an entry about a session to the audit log. It never contains a tried password, or an email
 * address without an account.
 */
export async function logSession(
  db: Queryable,
  { action, actorId, entityId, address, changes = {} }: AuditEntry,
): Promise<void> {
  await db.query(
    'insert into audit_log (action, actor_id, entity_id, address, changes) values ($1, $2, $3, $4, $5)',
    [action, actorId, entityId, address, JSON.stringify(changes)],
  );
}
