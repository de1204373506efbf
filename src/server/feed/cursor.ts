import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
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
export type OpenedCursor = z.infer<typeof Envelope>;

/** A cursor is good for less than this; removals are kept a little longer. */
export const cursorDays = 90;
const dayMs = 86_400_000;

/** The day that a cursor given now carries: days since the epoch, UTC. */
export const today = (): number => Math.floor(Date.now() / dayMs);

/** Every cursor has this length before it is sealed, so that its own tells nothing. */
const plainLength = 512;
const ivLength = 12;
const tagLength = 16;

/**
 * An opaque, signed cursor that is good within its scope and for `cursorDays` from its day only. It is encrypted and not only
 * signed: a customer who reads transaction numbers can count what others write, internal notes too.
 */
export function sealCursor({ settings, epoch, actor }: CursorScope, position: Position, day = today()): string {
  const plain = JSON.stringify({ epoch, schema: schemaVersion, user: actor.id, role: actor.role, day, position }).padEnd(plainLength);
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', keyOf(settings), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** What a cursor says. Throws Problem 400 for one that this server never gave, 410 for one of another schema. */
export function openCursor(settings: ServerSettings, cursor: string): OpenedCursor {
  const envelope = Envelope.safeParse(JSON.parse(unseal(settings, cursor)));
  if (!envelope.success) throw problems.cursorGone();
  return envelope.data;
}

/** Throws Problem 410 for a cursor that is too old or was good for another epoch, schema, user or role. */
export function assertGoodFor({ epoch, actor }: CursorScope, was: OpenedCursor): void {
  if (was.epoch !== epoch || was.schema !== schemaVersion || was.user !== actor.id || was.role !== actor.role) throw problems.cursorGone();
  if (today() - was.day >= cursorDays) throw problems.cursorGone();
}

/** What a cursor of this server says, as JSON. Throws Problem 400 for one that it never gave. */
export function unseal(settings: ServerSettings, cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  // Decoding forgives what is not base64url; a cursor is good only as it was given.
  if (bytes.length <= ivLength + tagLength || bytes.toString('base64url') !== cursor) throw problems.badCursor();
  const decipher = createDecipheriv('aes-256-gcm', keyOf(settings), bytes.subarray(0, ivLength), { authTagLength: tagLength });
  decipher.setAuthTag(bytes.subarray(-tagLength));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()]).toString('utf8');
  } catch {
    // The tag does not fit: not made with our key, or changed since.
    throw problems.badCursor();
  }
}

const keyOf = (settings: ServerSettings): Buffer => createHash('sha256').update(`cursor:${settings.signingKey}`).digest();
