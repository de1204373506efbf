import type { Queryable } from '../db/pool.ts';

export interface AuditEntry {
  /**
   * What happened outside of any API route; those are logged by audit/changes.ts, people and roles
   * by the database itself.
   */
  action: 'sign_in' | 'sign_in_failed' | 'sign_out' | 'session_revoked' | 'refused';
  /** Null when nobody is known to have done it. */
  actorId: string | null;
  /** The session or, where there is none, the account. */
  entityId: string | null;
  address: string | null;
  changes?: Record<string, { after: string | number }>;
}

/**
 * Adds an entry about a session to the audit log. Never what was tried as a password, nor an
 * address that is no account's.
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
