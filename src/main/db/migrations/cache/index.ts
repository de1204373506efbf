import * as ticketsMessages from './0010-tickets-messages.ts';
import * as merged from './0020-merged.ts';
import type { Migration } from '../../migrate.ts';

export const cacheMigrations: readonly Migration[] = [{ version: 10, up: ticketsMessages.up }, { version: 20, up: merged.up }];
