import { argon2, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import bcrypt from 'bcryptjs';

const deriveArgon2 = promisify(argon2);
const derivePbkdf2 = promisify(pbkdf2);

/**
 * The highest cost of an imported hash, so that a row of another database cannot block this server.
 */
const most = { rounds: 16, memoryKib: 1024 * 1024, passes: 64, iterations: 10_000_000 };

type Verify = (password: string, parts: RegExpExecArray) => Promise<boolean>;

/**
 * The schemes of other servers whose hashes can be checked: bcrypt, PBKDF2 as passlib writes it,
 * and Argon2.
 */
const schemes: readonly { pattern: RegExp; verify: Verify }[] = [
  { pattern: /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/, verify: bcryptFits },
  {
    pattern: /^\$pbkdf2-(sha256|sha512)\$(\d+)\$([./A-Za-z0-9]+)\$([./A-Za-z0-9]+)$/,
    verify: pbkdf2Fits,
  },
  {
    pattern:
      /^\$(argon2id|argon2i|argon2d)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([+/A-Za-z0-9]+)\$([+/A-Za-z0-9]+)$/,
    verify: argon2Fits,
  },
];

/** True if a stored hash came from another server, in a scheme that can be checked. */
export function isForeignHash(stored: string): boolean {
  return schemes.some(({ pattern }) => pattern.test(stored));
}

/** Checks a password, as it was typed, against the hash of another server. */
export async function verifyForeign(password: string, stored: string): Promise<boolean> {
  for (const { pattern, verify } of schemes) {
    const parts = pattern.exec(stored);
    if (parts) return verify(password, parts);
  }
  return false;
}

async function bcryptFits(password: string, [hash, rounds]: RegExpExecArray): Promise<boolean> {
  return Number(rounds) <= most.rounds && bcrypt.compare(password, hash);
}

async function pbkdf2Fits(
  password: string,
  [, digest = '', iterations, salt = '', hash = '']: RegExpExecArray,
): Promise<boolean> {
  if (Number(iterations) > most.iterations || Number(iterations) < 1) return false;
  // passlib writes base64 with '.' for '+'.
  const [saltBytes, expected] = [salt, hash].map((text) =>
    Buffer.from(text.replaceAll('.', '+'), 'base64'),
  ) as [Buffer, Buffer];
  return same(
    expected,
    await derivePbkdf2(password, saltBytes, Number(iterations), expected.length, digest),
  );
}

async function argon2Fits(
  password: string,
  [, variant = '', memory, passes, parallelism, salt = '', hash = '']: RegExpExecArray,
): Promise<boolean> {
  if (Number(memory) > most.memoryKib || Number(passes) > most.passes) return false;
  const expected = Buffer.from(hash, 'base64');
  const derived = await deriveArgon2(variant as 'argon2id' | 'argon2i' | 'argon2d', {
    message: Buffer.from(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return same(expected, derived);
}

const same = (a: Buffer, b: Buffer): boolean =>
  a.length === b.length && a.length > 0 && timingSafeEqual(a, b);
