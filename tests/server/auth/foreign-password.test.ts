import { expect, test } from 'vitest';
import { isForeignHash, verifyForeign } from '../../../src/server/auth/foreign-password.ts';
import { hashPassword, verifyPassword } from '../../../src/server/auth/password.ts';

const password = 'Passwört 1!';

/** Made by the libraries of Python that write them. */
const hashes = {
  'bcrypt, 12 rounds': '$2b$12$UpTweixWCAJT9nen8cqzT.3hTua8sVh0afv841NjZ0z7zvGe9OJEC',
  'bcrypt, 4 rounds': '$2b$04$530d1XXpj0XtwYeeYVIOeO8BqyILInHeNiysGdAGpcBA2duIPXR2C',
  'PBKDF2 with SHA-256':
    '$pbkdf2-sha256$1000$L2VsLaU0ZgxhDEHI.V/L2Q$slhqS5ONnroaE6lhaI96duT2WJ.8hY19DaiYELelJAM',
  'PBKDF2 with SHA-512':
    '$pbkdf2-sha512$1000$mDNGyPn//x9jDOFci7E25g$x4x0NlHeIaGsflxYjo5xaMZn4R.5Q5a9WIYjCPY43x.gN6r5/3PUy0FjLH0nGRAYWyMm3R60z0AnZJZjtnXo1Q',
  Argon2id:
    '$argon2id$v=19$m=1024,t=2,p=2$cHl1CWcO0juFDuHW3yRI4w$5MWJAPp4sk/PBP0Sxz3wbOhXC5hcSlKR58hpQOSAxNU',
};

test.each(Object.entries(hashes))(
  'a hash of %s fits its password and no other',
  async (_, hash) => {
    expect(isForeignHash(hash)).toBe(true);
    expect(await verifyForeign(password, hash)).toBe(true);
    expect(await verifyPassword(password, hash)).toBe(true);
    for (const wrong of ['', 'Passwort 1!', `${password} `])
      expect(await verifyPassword(wrong, hash), wrong).toBe(false);
  },
);

test.each([
  'md5',
  '',
  '$2b$12$short',
  '$5$rounds=535000$x$y',
  '$argon2id$v=19$m=99999999999,t=2,p=2$cHl1CWcO0juFDuHW3yRI4w$5MWJAPp4sk',
  '$pbkdf2-sha256$99999999999$YQ$YQ',
  '$2b$31$530d1XXpj0XtwYeeYVIOeO8BqyILInHeNiysGdAGpcBA2duIPXR2C',
])('%j fits nothing, and costs nothing', async (hash) => {
  expect(await verifyForeign(password, hash)).toBe(false);
  expect(await verifyPassword(password, hash)).toBe(false);
});

test('a hash of ours is none of another server', async () => {
  expect(isForeignHash(await hashPassword(password))).toBe(false);
});
