import * as operationsDrafts from './0010-operations-drafts.ts';
import * as tries from './0020-tries.ts';
import type { Migration } from '../../migrate.ts';

export const outboxMigrations: readonly Migration[] = [{ version: 10, up: operationsDrafts.up }, { version: 20, up: tries.up }];
