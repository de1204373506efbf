import { useMemo, type KeyboardEvent } from 'react';
import type { OutboxItem } from '../../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { onListKey } from '../../../kit/item-keys.ts';
import { NotSentCard } from './card.tsx';

/**
 * Operations of the open ticket that need the agent, above its composer: the oldest first, since
 * the others wait behind it.
 */
export function TicketCards() {
  const here = useOperationsHere();
  const parked = here.filter((item) => item.state === 'not-sent');
  const [first] = parked;
  const more = parked.length - 1;
  return (
    <div
      className="cards"
      aria-live="polite"
      data-keep-focus
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
        onListKey(event.currentTarget, event.nativeEvent);
      }}
    >
      {first && (
        <div key={first.id} data-item>
          <NotSentCard
            item={first}
            behind={here.length - here.indexOf(first) - 1 - more}
            place="thread"
          />
        </div>
      )}
      {more > 0 && <More count={more} />}
    </div>
  );
}

/** The operations of the open ticket that wait to be sent. */
function useOperationsHere(): OutboxItem[] {
  const ticketId = useStoreOf(
    (s) => s.thread,
    (state) => state.ticketId,
  );
  const items = useStoreOf(
    (s) => s.outbox,
    (state) => state.items,
  );
  return useMemo(() => items.filter((item) => item.ticket_id === ticketId), [items, ticketId]);
}

function More({ count }: { count: number }) {
  const outbox = usePart((s) => s.outbox);
  return (
    <button
      type="button"
      className="link-btn"
      onClick={() => {
        outbox.show('waiting');
      }}
    >
      {texts.moreCards(count)}
    </button>
  );
}
