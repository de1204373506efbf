import type { FastifyRequest } from 'fastify';
import type { Role } from '../../contract/wire/entities.ts';
import { row, type Queryable } from '../db/pool.ts';
import { problems } from '../http/problem.ts';
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
  const actor = await row<Actor>(
    db,
    `
    select u.id, u.role, s.id as "sessionId" from users u join sessions s on s.user_id = u.id
    where u.id = $1 and s.id = $2 and u.is_active and s.revoked_at is null`,
    [claims.userId, claims.sessionId],
  );
  if (!actor) throw problems.notAuthenticated();
  return actor;
}
