import type { Settings } from '../contract/bridge.ts';

/** A pane whose size the agent can set. */
export type Pane = keyof Settings['pane_sizes'];

/** The custom properties that layout.css and composing.css read. */
export const paneProperties: Record<Pane, string> = {
  list: '--list-width',
  wide_list: '--wide-list-width',
  details: '--details-width',
  composer: '--composer-height',
};

/** Matches where the rail has room for its icons only. */
export const narrowQuery = '(width <= 900px)';

/** Where the list has columns, it has a width of its own. */
export const columnsQuery = '(width >= 1600px)';
