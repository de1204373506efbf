import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The window is a program of its own and no browser: nothing offers to keep or fill anything in. */
const preferences = {
  credentials_enable_service: false,
  translate: { enabled: false },
  autofill: { profile_enabled: false, credit_card_enabled: false },
};
const profile = { password_manager_enabled: false };

/**
 * Sets what the browser asks its profile for, before it starts. What it has written there itself
 * stays; a file that cannot be read is the browser's to make again.
 */
export function setPreferences(profileDir: string): void {
  const folder = join(profileDir, 'Default');
  const file = join(folder, 'Preferences');
  const before = read(file);
  if (before === null) return;
  const own = before['profile'];
  const next = {
    ...before,
    ...preferences,
    profile: { ...(typeof own === 'object' ? own : {}), ...profile },
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Empty for a new profile; null where the file is there and says nothing that can be read. */
function read(file: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? {} : null;
  }
}
