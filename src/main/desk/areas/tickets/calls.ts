import type { ticketsContract } from '../../../../contract/areas/tickets.ts';
import type { CallsOf } from '../../handlers.ts';
import { fetchThread, type FetchParts } from './fetch-thread.ts';
import { countSavedViews, countViews, listView, type ListParts } from './list.ts';
import { markRead, markUnreadAgain, type MarkReadParts } from './mark-read.ts';
import { listStaff } from './staff.ts';
import { getThread, type ThreadParts } from './thread.ts';
import { listTags } from './tickets-table.ts';

interface TicketParts {
  list: ListParts;
  thread: ThreadParts;
  marking: MarkReadParts;
  fetching: FetchParts;
}

export const ticketCalls = ({
  list,
  thread,
  marking,
  fetching,
}: TicketParts): CallsOf<typeof ticketsContract> => ({
  'staff.list': () => listStaff(list.cache),
  'tags.list': () => listTags(list.cache),
  'views.counts': () => countViews(list),
  'views.saved': () => countSavedViews(list),
  'tickets.list': (input) => listView(list, input),
  'thread.get': (input) => getThread(thread, input),
  'thread.fetch': ({ ticket_id }) => fetchThread(fetching, ticket_id),
  'thread.markRead': (input) => ({ read: markRead(marking, input) }),
  'thread.markUnread': ({ ticket_id }) => ({ state: markUnreadAgain(marking, ticket_id) }),
});
