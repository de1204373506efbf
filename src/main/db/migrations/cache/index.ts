import * as ticketsMessages from './0010-tickets-messages.ts';
import * as removed from './0020-removed.ts';
import type { Migration } from '../../migrate.ts';

export const cacheMigrations: readonly Migration[] = [{ version: 10, up: ticketsMessages.up }, { version: 20, up: removed.up }];
