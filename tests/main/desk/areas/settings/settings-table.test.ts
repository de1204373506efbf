import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  readSettings,
  writeSettings,
} from '../../../../../src/main/desk/areas/settings/settings-table.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { tempDir } from '../../../../helpers/desk.ts';

let home: ReturnType<typeof tempDir>;
let db: WriteDb;
beforeEach(() => {
  home = tempDir();
  ({ db } = openOutbox(join(home.dir, 'outbox.db')));
});
afterEach(() => {
  db.close();
  home.remove();
});

function store(account: string, value: object): void {
  db.prepare('insert into settings (name, value) values (?, ?)').run(
    `settings ${account}`,
    JSON.stringify(value),
  );
}

test('widths that were stored before the composer had a height are kept', () => {
  store('me', { pane_sizes: { list: 400, wide_list: null, details: 300 } });
  expect(readSettings(db, 'me').pane_sizes).toEqual({
    list: 400,
    wide_list: null,
    details: 300,
    composer: null,
  });
});

test('each account has its own sizes', () => {
  const sizes = { list: null, wide_list: null, details: null, composer: 240 };
  writeSettings(db, 'me', { pane_sizes: sizes });
  expect(readSettings(db, 'me').pane_sizes).toEqual(sizes);
  expect(readSettings(db, 'colleague').pane_sizes.composer).toBeNull();
});
