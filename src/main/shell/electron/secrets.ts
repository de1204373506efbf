import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import { createMemorySecrets, type SecretStore } from '../../desk/areas/session/secrets.ts';

/** Account to base64 of what safeStorage made of the secret. */
const SecretsFile = z.record(z.string(), z.base64());
type SecretsFile = z.infer<typeof SecretsFile>;

/**
 * Secrets in a file that only the system's own key can open. Where there is no such key (on Linux
 * also where the key would be a constant in the program) they stay in memory, and the window says
 * so (R10). Call after the app is ready.
 */
export async function openSafeSecrets(
  safeStorage: SafeStorage,
  dataDir: string,
  platform: NodeJS.Platform = process.platform,
): Promise<SecretStore> {
  if (!(await hasSystemKey(safeStorage, platform))) return createMemorySecrets();
  const path = join(dataDir, 'secrets.json');
  // One at a time: two writers that read the same file would drop each other's change.
  const inTurn = createTurns();

  async function put(account: string, secret: string): Promise<void> {
    const encrypted = await safeStorage.encryptStringAsync(secret);
    await writeSecrets(path, {
      ...(await readSecrets(path)),
      [account]: encrypted.toString('base64'),
    });
  }

  return {
    kind: 'os',
    get: (account) =>
      inTurn(async () => {
        const encrypted = (await readSecrets(path))[account];
        if (encrypted === undefined) return null;
        return decrypt(safeStorage, encrypted, (secret) => put(account, secret));
      }),
    set: (account, secret) => inTurn(() => put(account, secret)),
    remove: (account) =>
      inTurn(async () => {
        const { [account]: removed, ...rest } = await readSecrets(path);
        if (removed !== undefined) await writeSecrets(path, rest);
      }),
  };
}

/** Runs one thing after the other, whether the one before has worked or not. */
function createTurns(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  };
}

/** A key that was reset opens nothing any more. That costs a sign-in, nothing else. */
async function decrypt(
  safeStorage: SafeStorage,
  encrypted: string,
  encryptAgain: (secret: string) => Promise<void>,
): Promise<string | null> {
  try {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(
      Buffer.from(encrypted, 'base64'),
    );
    if (shouldReEncrypt) await encryptAgain(result);
    return result;
  } catch (error) {
    console.error('A kept sign-in cannot be read any more', error);
    return null;
  }
}

async function hasSystemKey(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<boolean> {
  if (
    platform === 'linux' &&
    ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  )
    return false;
  try {
    return await safeStorage.isAsyncEncryptionAvailable();
  } catch (error) {
    console.error('The system keeps no secrets; the sign-in is kept in memory', error);
    return false;
  }
}

/**
 * No file means no secrets. A damaged one is reported and counts as none: only signing in makes a
 * new one.
 */
async function readSecrets(path: string): Promise<SecretsFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  try {
    return SecretsFile.parse(JSON.parse(text));
  } catch (error) {
    console.error('The file of kept sign-ins is damaged and will be made anew', error);
    return {};
  }
}

/** Readable by its owner alone, and either the old file or the new one after a crash. */
async function writeSecrets(path: string, secrets: SecretsFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(secrets));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
