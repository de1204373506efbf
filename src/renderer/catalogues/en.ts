import { composeEn } from '../areas/compose/en.ts';
import { noticesEn } from '../areas/notices/en.ts';
import { outboxEn } from '../areas/outbox/en.ts';
import { paletteEn } from '../areas/palette/en.ts';
import { presenceEn } from '../areas/presence/en.ts';
import { searchEn } from '../areas/search/en.ts';
import { sessionEn } from '../areas/session/en.ts';
import { settingsEn } from '../areas/settings/en.ts';
import { syncEn } from '../areas/sync/en.ts';
import { ticketsEn } from '../areas/tickets/en.ts';
import { triageEn } from '../areas/triage/en.ts';
import { keysEn } from '../keys/en.ts';
import { windowEn } from './window/en.ts';
import type { Translated } from '../kit/translated.ts';

/** Every word of the window, in English: the catalogue that the others must match. */
export const en = {
  ...windowEn,
  ...sessionEn,
  ...ticketsEn,
  ...searchEn,
  ...presenceEn,
  ...composeEn,
  ...triageEn,
  ...outboxEn,
  ...syncEn,
  ...noticesEn,
  ...keysEn,
  ...paletteEn,
  ...settingsEn,
} as const;

export type Catalogue = Translated<typeof en>;
