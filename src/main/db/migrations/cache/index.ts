import * as ticketsMessages from './0010-tickets-messages.ts';
import type { Migration } from '../../migrate.ts';

export const cacheMigrations: readonly Migration[] = [{ version: 10, up: ticketsMessages.up }];
