import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setPreferences } from '../../../../src/main/shell/loopback/browser-profile.ts';
import { tempDir } from '../../../helpers/desk.ts';

let home: ReturnType<typeof tempDir>;
beforeEach(() => {
  home = tempDir();
});
afterEach(() => {
  home.remove();
});

const file = (): string => join(home.dir, 'Default', 'Preferences');
const stored = (): unknown => JSON.parse(readFileSync(file(), 'utf8'));
const quiet = {
  credentials_enable_service: false,
  profile: { password_manager_enabled: false },
  translate: { enabled: false },
};

test('a new profile keeps no passwords and translates nothing, and only its owner can read it', () => {
  setPreferences(home.dir);
  expect(stored()).toMatchObject(quiet);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('what the browser has written in its profile stays', () => {
  mkdirSync(join(home.dir, 'Default'));
  writeFileSync(file(), JSON.stringify({ browser: { x: 1 }, profile: { name: 'Person 1' } }));
  setPreferences(home.dir);
  expect(stored()).toMatchObject({ ...quiet, browser: { x: 1 } });
  expect(stored()).toMatchObject({ profile: { name: 'Person 1' } });
});

test('a file that cannot be read is left to the browser', () => {
  mkdirSync(join(home.dir, 'Default'));
  writeFileSync(file(), 'not JSON');
  setPreferences(home.dir);
  expect(readFileSync(file(), 'utf8')).toBe('not JSON');
});
