import type { FastifyRequest } from 'fastify';
import type { Role } from '../../contract/wire/entities.ts';
import { row, type Queryable } from '../db/pool.ts';
import { problems } from '../http/problem.ts';
import { markArrived } from './refresh-token.ts';
import type { Tokens } from './tokens.ts';

/**
 * The caller. Read again for each request, so that a disabled account or a changed role counts at
 * once.
 */
export interface Actor {
  id: string;
  role: Role;
  sessionId: string;
}

export const isStaff = (actor: Actor): boolean => actor.role !== 'customer';

/** The actor behind the bearer token. Throws Problem 401. */
export async function authenticate(
  request: FastifyRequest,
  tokens: Tokens,
  db: Queryable,
): Promise<Actor> {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const claims = token === undefined ? null : await tokens.verify(token);
  if (!claims) throw problems.notAuthenticated();
  const found = await row<Actor & { isFirst: boolean }>(
    db,
    `
    select u.id, u.role, s.id as "sessionId", r.hash is not null as "isFirst"
    from users u join sessions s on s.user_id = u.id
      left join refresh_tokens r on r.hash = $3 and r.arrived_at is null
    where u.id = $1 and s.id = $2 and u.is_active and s.revoked_at is null`,
    [claims.userId, claims.sessionId, claims.refreshHash],
  );
  if (!found) throw problems.notAuthenticated();
  const { isFirst, ...actor } = found;
  if (isFirst && claims.refreshHash) await markArrived(db, claims.refreshHash);
  return actor;
}
