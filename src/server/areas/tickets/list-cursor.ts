import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RouteName } from '../../../contract/wire/api.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServerSettings } from '../../db/settings.ts';
import type { Place } from './list-batch.ts';
import { open, seal } from '../../feed/seal.ts';
import { problems } from '../../http/problem.ts';

/** The scope in which a list's cursor is valid: this caller, this call and the same query. */
export interface ListScope {
  settings: ServerSettings;
  actor: Actor;
  route: RouteName;
  question: unknown;
}

const Sealed = z.object({ scope: z.string(), at: z.string(), id: z.uuid() });

export function sealPlace(scope: ListScope, { at, id }: Place): string {
  return seal(scope.settings, 'list', JSON.stringify({ scope: nameOf(scope), at, id }));
}

/** Null without a cursor. Throws Problem 400 if it was issued for another scope. */
export function openPlace(scope: ListScope, cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const { scope: given, ...place } = Sealed.parse(JSON.parse(open(scope.settings, 'list', cursor)));
  if (given !== nameOf(scope)) throw problems.badCursor();
  return place;
}

function nameOf({ actor, route, question }: ListScope): string {
  return createHash('sha256')
    .update(JSON.stringify([actor.id, actor.role, route, question]))
    .digest('base64url');
}
