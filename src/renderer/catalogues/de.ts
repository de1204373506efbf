import { composeDe } from '../areas/compose/de.ts';
import { noticesDe } from '../areas/notices/de.ts';
import { outboxDe } from '../areas/outbox/de.ts';
import { paletteDe } from '../areas/palette/de.ts';
import { presenceDe } from '../areas/presence/de.ts';
import { searchDe } from '../areas/search/de.ts';
import { sessionDe } from '../areas/session/de.ts';
import { settingsDe } from '../areas/settings/de.ts';
import { syncDe } from '../areas/sync/de.ts';
import { ticketsDe } from '../areas/tickets/de.ts';
import { triageDe } from '../areas/triage/de.ts';
import { keysDe } from '../keys/de.ts';
import { windowDe } from './window/de.ts';
import type { Catalogue } from './en.ts';

/**
 * Every word of the window, in German: the same places in the same order as in English, which the
 * compiler compares.
 */
export const de: Catalogue = {
  ...windowDe,
  ...sessionDe,
  ...ticketsDe,
  ...searchDe,
  ...presenceDe,
  ...composeDe,
  ...triageDe,
  ...outboxDe,
  ...syncDe,
  ...noticesDe,
  ...keysDe,
  ...paletteDe,
  ...settingsDe,
};
