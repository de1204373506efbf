import type { TicketLevel1 } from '../../contract/wire/entities.ts';
import type { Api, Newest } from '../api/api.ts';
import { createLoader, type Loader } from './load.ts';

/** As many as a phone draws without delay; the customer can ask for more. */
const shownAtOnce = 100;

/** The customer's newest tickets. */
export function createTicketList(api: Api): {
  loader: Loader<Newest<TicketLevel1>>;
  showOlder(): void;
} {
  let wanted = shownAtOnce;
  const loader = createLoader(() => api.tickets(wanted));
  return {
    loader,
    showOlder() {
      wanted += shownAtOnce;
      void loader.load();
    },
  };
}
