import * as operationsDrafts from './0010-operations-drafts.ts';
import * as rowHashesVersions from './0020-row-hashes-versions.ts';
import * as tries from './0030-tries.ts';
import * as bulks from './0040-bulks.ts';
import * as units from './0050-units.ts';
import * as servers from './0060-servers.ts';
import * as keyedTries from './0070-keyed-tries.ts';
import * as knownVersions from './0080-known-versions.ts';
import * as keptUnread from './0090-kept-unread.ts';
import type { Migration } from '../../migrate.ts';

export const outboxMigrations: readonly Migration[] = [
  { version: 10, up: operationsDrafts.up },
  { version: 20, up: rowHashesVersions.up },
  { version: 30, up: tries.up },
  { version: 40, up: bulks.up },
  { version: 50, up: units.up },
  { version: 60, up: servers.up },
  { version: 70, up: keyedTries.up },
  { version: 80, up: knownVersions.up },
  { version: 90, up: keptUnread.up },
];
