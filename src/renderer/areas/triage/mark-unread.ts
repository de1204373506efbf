import type { Desk } from '../../bridge/client.ts';
import { texts } from '../../texts.ts';
import type { Undo } from './undo.ts';

/** Marks a ticket unread, which can be undone. `about`: its requester. Throws BridgeError. */
export async function markUnread(
  ticketId: string,
  about: string,
  { desk, undo }: { desk: Desk; undo: Undo },
): Promise<void> {
  const { state } = await undo.during(() =>
    desk.call('thread.markUnread', { ticket_id: ticketId }),
  );
  undo.done({
    // The desk never names two marks alike.
    operationId: `${ticketId} ${state}`,
    ticketId,
    kind: 'unread',
    title: texts.undo.unread,
    about,
    unreadState: state,
  });
}
