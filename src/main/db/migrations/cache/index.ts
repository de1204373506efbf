import * as ticketsMessages from './0010-tickets-messages.ts';
import * as threadsRead from './0020-threads-read.ts';
import type { Migration } from '../../migrate.ts';

export const cacheMigrations: readonly Migration[] = [{ version: 10, up: ticketsMessages.up }, { version: 20, up: threadsRead.up }];
