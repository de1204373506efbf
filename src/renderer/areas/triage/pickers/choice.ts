import type { TicketFieldChange } from '../../../../contract/bridge.ts';
import type { FilterItem } from '../../../kit/filter-dialog.tsx';

/** A row of a picker's list, and the change that choosing it makes. */
export interface Choice extends FilterItem {
  change: TicketFieldChange;
}
