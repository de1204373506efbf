import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../auth/actor.ts';
import { schemaVersion } from '../db/migrate.ts';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../problem.ts';

/** Where a reader stands. `kind` orders rows of one transaction; see feedKinds. */
export const Position = z.discriminatedUnion('mode', [
  /** In the full copy: the horizon of its beginning, and the last ticket given. */
  z.object({ mode: z.literal('snapshot'), horizon: z.string().regex(/^\d+$/), at: z.string(), id: z.uuid() }),
  z.object({ mode: z.literal('feed'), xid: z.string().regex(/^\d+$/), kind: z.number().int(), id: z.uuid() }),
]);
export type Position = z.infer<typeof Position>;

const Envelope = z.object({ epoch: z.string(), schema: z.number(), user: z.uuid(), role: z.string(), position: Position });

/** An opaque, signed cursor that is good for this server, schema, user and role only. */
export function sealCursor(settings: ServerSettings, actor: Actor, position: Position): string {
  const body = Buffer.from(JSON.stringify({ epoch: settings.epoch, schema: schemaVersion, user: actor.id, role: actor.role, position })).toString('base64url');
  return `${body}.${sign(settings, body)}`;
}

/** Throws Problem 400 for one that this server never gave, 410 for one that was good for another epoch, schema, user or role. */
export function openCursor(settings: ServerSettings, actor: Actor, cursor: string): Position {
  const [body = '', signature = ''] = cursor.split('.');
  const expected = Buffer.from(sign(settings, body));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw problems.badCursor();
  const envelope = Envelope.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (!envelope.success) throw problems.cursorGone();
  const { epoch, schema, user, role, position } = envelope.data;
  if (epoch !== settings.epoch || schema !== schemaVersion || user !== actor.id || role !== actor.role) throw problems.cursorGone();
  return position;
}

function sign(settings: ServerSettings, body: string): string {
  return createHmac('sha256', settings.signingKey).update(`cursor:${body}`).digest('base64url');
}
