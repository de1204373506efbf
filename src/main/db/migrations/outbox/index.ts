import * as operationsDrafts from './0010-operations-drafts.ts';
import type { Migration } from '../../migrate.ts';

export const outboxMigrations: readonly Migration[] = [{ version: 10, up: operationsDrafts.up }];
