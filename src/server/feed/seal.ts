import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../http/problem.ts';

/** What a sealed text is for: one that was given for something else is none. */
export type Purpose = 'cursor' | 'list';

/** Every text has this length before it is sealed, so that its own tells nothing. */
const plainLength = 512;
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts and signs a text that a caller is to hand back. The same text is sealed the same, so
 * that an answer which has it can be told by its tag.
 */
export function seal(settings: ServerSettings, purpose: Purpose, plain: string): string {
  const [key, padded] = [keyOf(settings, purpose), plain.padEnd(plainLength)];
  // Made of the text and the key: two texts have the same one no more often than chance would give
  // it to them.
  const iv = createHmac('sha256', key).update(padded).digest().subarray(0, ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([
    iv,
    cipher.update(padded, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64url');
}

/** What was sealed. Throws Problem 400 for what this server never gave for this purpose. */
export function open(settings: ServerSettings, purpose: Purpose, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  // Decoding forgives what is not base64url; a cursor is good only as it was given.
  if (bytes.length <= ivLength + tagLength || bytes.toString('base64url') !== sealed)
    throw problems.badCursor();
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyOf(settings, purpose),
    bytes.subarray(0, ivLength),
    { authTagLength: tagLength },
  );
  decipher.setAuthTag(bytes.subarray(-tagLength));
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(ivLength, -tagLength)),
      decipher.final(),
    ]).toString('utf8');
  } catch {
    // The tag does not fit: not made with our key, or changed since.
    throw problems.badCursor();
  }
}

const keyOf = (settings: ServerSettings, purpose: Purpose): Buffer =>
  createHash('sha256').update(`${purpose}:${settings.signingKey}`).digest();
