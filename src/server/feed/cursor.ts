import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Actor } from '../auth/actor.ts';
import { schemaVersion } from '../db/migrate.ts';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../problem.ts';

const Xid = z.string().regex(/^\d{1,20}$/);

/** Where a reader stands. First the full copy, in two parts, then the feed from the horizon at which the copy began. */
export const Position = z.discriminatedUnion('mode', [
  /** In the full copy, newest activity first: after this ticket. */
  z.object({ mode: z.literal('snapshot'), horizon: Xid, at: z.string(), id: z.uuid() }),
  /** At its end, tickets written since it began: they may have moved past the reader. In the order of ids. */
  z.object({ mode: z.literal('moved'), horizon: Xid, id: z.uuid() }),
  /** After this change; see feedKinds for the order within a transaction. */
  z.object({ mode: z.literal('feed'), xid: Xid, kind: z.number().int(), id: z.uuid() }),
]);
export type Position = z.infer<typeof Position>;

/** What a cursor is good for. A caller of another kind, or a server that is not the same any more, must start again. */
export interface CursorScope { settings: ServerSettings; epoch: string; actor: Actor }

const Envelope = z.object({ epoch: z.string(), schema: z.number(), user: z.uuid(), role: z.string(), day: z.number().int(), position: Position });

/** A cursor is good for less than this; removals are kept a little longer. */
export const cursorDays = 90;
const dayMs = 86_400_000;

/** The day that a cursor given now carries: days since the epoch, UTC. */
export const today = (): number => Math.floor(Date.now() / dayMs);

/** An opaque, signed cursor that is good within its scope and for `cursorDays` from its day only. */
export function sealCursor({ settings, epoch, actor }: CursorScope, position: Position, day = today()): string {
  const body = Buffer.from(JSON.stringify({ epoch, schema: schemaVersion, user: actor.id, role: actor.role, day, position })).toString('base64url');
  return `${body}.${sign(settings, body)}`;
}

/** Throws Problem 400 for one that this server never gave, 410 for one that is too old or was good for another epoch, schema, user or role. */
export function openCursor({ settings, epoch, actor }: CursorScope, cursor: string): { position: Position; day: number } {
  const [body = '', signature = '', ...rest] = cursor.split('.');
  const expected = Buffer.from(sign(settings, body));
  const given = Buffer.from(signature);
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) throw problems.badCursor();
  const envelope = Envelope.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (!envelope.success) throw problems.cursorGone();
  const was = envelope.data;
  if (was.epoch !== epoch || was.schema !== schemaVersion || was.user !== actor.id || was.role !== actor.role) throw problems.cursorGone();
  if (today() - was.day >= cursorDays) throw problems.cursorGone();
  return { position: was.position, day: was.day };
}

function sign(settings: ServerSettings, body: string): string {
  return createHmac('sha256', settings.signingKey).update(`cursor:${body}`).digest('base64url');
}
