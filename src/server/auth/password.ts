import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { isForeignHash, verifyForeign } from './foreign-password.ts';

const derive = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt);
/**
 * OWASP's smallest recommended scrypt cost with r = 8 and p = 3: about 32 MB and 0.1 s for each
 * check.
 */
const cost = { N: 2 ** 14, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/** A salted scrypt hash as `scrypt$salt$hash`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password.normalize('NFKC'), salt, 32, cost);
  return `scrypt$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/**
 * Checks a password. Without a stored hash it does the same work, so that an unknown account takes
 * as long as a wrong password; an imported hash costs its own work in addition.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const own = await verifyOwn(password, stored);
  return stored !== null && isForeignHash(stored) ? verifyForeign(password, stored) : own;
}

async function verifyOwn(password: string, stored: string | null): Promise<boolean> {
  const [scheme, salt, hash] = (stored ?? 'none$AAAAAAAAAAAAAAAAAAAAAA$').split('$');
  const derived = await derive(
    password.normalize('NFKC'),
    Buffer.from(salt ?? '', 'base64url'),
    32,
    cost,
  );
  const expected = Buffer.from(hash ?? '', 'base64url');
  return (
    scheme === 'scrypt' && expected.length === derived.length && timingSafeEqual(expected, derived)
  );
}
