import { z } from 'zod';
import type { Actor } from '../auth/actor.ts';
import { schemaVersion } from '../db/migrate.ts';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../http/problem.ts';
import { open, seal } from './seal.ts';

const Xid = z.string().regex(/^\d{1,20}$/);
/** A place in a conversation: after this message. `at`: as PostgreSQL writes it. */
const Inside = z.object({ at: z.string(), id: z.uuid() }).optional();

/**
 * The position of a reader. First the full sync, in two parts, then the feed from the horizon at
 * which it began.
 */
export const Position = z.discriminatedUnion('mode', [
  /** In the full sync, latest activity first: after this ticket, or within it. */
  z.object({
    mode: z.literal('snapshot'),
    horizon: Xid,
    at: z.string(),
    id: z.uuid(),
    inside: Inside,
  }),
  /**
   * At its end, tickets written since it began, which may have moved past the reader. In the order
   * of ids.
   */
  z.object({ mode: z.literal('moved'), horizon: Xid, id: z.uuid(), inside: Inside }),
  /** After this change; see feedKinds for the order within a transaction. */
  z.object({ mode: z.literal('feed'), xid: Xid, kind: z.number().int(), id: z.uuid() }),
]);
export type Position = z.infer<typeof Position>;

/**
 * The scope in which a cursor is valid. A caller of another kind, or after a change of the server,
 * must start again.
 */
export interface CursorScope {
  settings: ServerSettings;
  epoch: string;
  actor: Actor;
}

const Envelope = z.object({
  epoch: z.string(),
  schema: z.number(),
  user: z.uuid(),
  role: z.string(),
  day: z.number().int(),
  position: Position,
});
export type OpenedCursor = z.infer<typeof Envelope>;

/** A cursor is valid for less than this; removals are kept a little longer. */
export const cursorDays = 90;
const dayMs = 86_400_000;

/** The day of a cursor issued now: days since the epoch, UTC. */
export const today = (): number => Math.floor(Date.now() / dayMs);

/**
 * An opaque cursor, valid only in its scope and for `cursorDays` from its day. It is encrypted and
 * not only signed: a customer who could read transaction numbers could count the writes of others,
 * internal notes included.
 */
export function sealCursor(
  { settings, epoch, actor }: CursorScope,
  position: Position,
  day = today(),
): string {
  return seal(
    settings,
    'cursor',
    JSON.stringify({
      epoch,
      schema: schemaVersion,
      user: actor.id,
      role: actor.role,
      day,
      position,
    }),
  );
}

/**
 * Opens a cursor. Throws Problem 400 for one that this server never issued, 410 for one of another
 * schema.
 */
export function openCursor(settings: ServerSettings, cursor: string): OpenedCursor {
  const envelope = Envelope.safeParse(JSON.parse(unseal(settings, cursor)));
  if (!envelope.success) throw problems.cursorGone();
  return envelope.data;
}

/**
 * Throws Problem 410 for a cursor that is too old or was issued for another epoch, schema, user or
 * role.
 */
export function assertGoodFor({ epoch, actor }: CursorScope, was: OpenedCursor): void {
  if (
    was.epoch !== epoch ||
    was.schema !== schemaVersion ||
    was.user !== actor.id ||
    was.role !== actor.role
  )
    throw problems.cursorGone();
  if (today() - was.day >= cursorDays) throw problems.cursorGone();
}

/**
 * The content of a cursor of this server's feed, as JSON. Throws Problem 400 for one that it never
 * issued.
 */
export const unseal = (settings: ServerSettings, cursor: string): string =>
  open(settings, 'cursor', cursor);
