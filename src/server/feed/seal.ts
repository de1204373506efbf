import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import type { ServerSettings } from '../db/settings.ts';
import { problems } from '../http/problem.ts';

/** The purpose of a sealed text: one sealed for another purpose is invalid. */
export type Purpose = 'cursor' | 'list';

/** Every text is padded to this length, so that its sealed length reveals nothing. */
const plainLength = 512;
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts and signs a text that a caller is to send back. The same text is always sealed alike, so
 * that the ETag of a response that contains it stays the same.
 */
export function seal(settings: ServerSettings, purpose: Purpose, plain: string): string {
  const [key, padded] = [keyOf(settings, purpose), plain.padEnd(plainLength)];
  // Derived from the text and the key: two texts have the same one only by chance, as with a random
  // one.
  const iv = createHmac('sha256', key).update(padded).digest().subarray(0, ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([
    iv,
    cipher.update(padded, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64url');
}

/**
 * The sealed text. Throws Problem 400 for a value that this server never issued for this purpose.
 */
export function open(settings: ServerSettings, purpose: Purpose, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  // Decoding ignores characters that are not base64url; a cursor is valid only as it was issued.
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
    // The tag does not match: not made with our key, or changed since.
    throw problems.badCursor();
  }
}

const keyOf = (settings: ServerSettings, purpose: Purpose): Buffer =>
  createHash('sha256').update(`${purpose}:${settings.signingKey}`).digest();
