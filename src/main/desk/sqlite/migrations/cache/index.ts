import * as ticketsMessages from './0010-tickets-messages.ts';
import * as merged from './0020-merged.ts';
import * as threadsRead from './0030-threads-read.ts';
import * as removed from './0040-removed.ts';
import * as listOrder from './0050-list-order.ts';
import * as woken from './0060-woken.ts';
import * as macrosMentions from './0070-macros-mentions.ts';
import * as searchParts from './0080-search-parts.ts';
import * as messagePlaces from './0090-message-places.ts';
import * as searchBehind from './0100-search-behind.ts';
import * as workingSet from './0120-working-set.ts';
import * as searchWords from './0130-search-words.ts';
import * as foldedSearch from './0140-folded-search.ts';
import * as level1Authors from './0190-level1-authors.ts';
import type { Migration } from '../../migrate.ts';

export const cacheMigrations: readonly Migration[] = [
  { version: 10, up: ticketsMessages.up },
  { version: 20, up: merged.up },
  { version: 30, up: threadsRead.up },
  { version: 40, up: removed.up },
  { version: 50, up: listOrder.up },
  { version: 60, up: woken.up },
  { version: 70, up: macrosMentions.up },
  { version: 80, up: searchParts.up },
  { version: 90, up: messagePlaces.up },
  { version: 100, up: searchBehind.up },
  { version: 120, up: workingSet.up },
  { version: 130, up: searchWords.up },
  { version: 140, up: foldedSearch.up },
  { version: 190, up: level1Authors.up },
];
