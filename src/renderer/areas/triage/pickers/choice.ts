import type { TicketFieldChange } from '../../../../contract/bridge.ts';
import type { FilterItem } from '../../../kit/filter-dialog.tsx';

/** What a picker offers: a row of its list, and what choosing it changes. */
export interface Choice extends FilterItem {
  change: TicketFieldChange;
}
