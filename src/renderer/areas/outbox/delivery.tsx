import { AlertTriangle, Clock3 } from 'lucide-react';
import type { OutboxItem, SyncState, ThreadMessage } from '../../../contract/bridge.ts';
import { isOnline } from '../../online.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { useSecondsLeft } from '../../kit/use-countdown.ts';
import { bubbleText } from './why.ts';

interface Props {
  message: ThreadMessage;
  delivery: NonNullable<ThreadMessage['delivery']>;
}

/** State of an unconfirmed message. The word 'sent' is never used before the server has said so. */
export function Delivery({ message, delivery }: Props) {
  const sync = useStoreOf(
    (s) => s.session,
    (state) => state.sync,
  );
  const item = useStoreOf(
    (s) => s.outbox,
    (state) => state.items.find(({ id }) => id === message.id) ?? null,
  );
  const endsAt = useStoreOf(
    (s) => s.undo,
    ({ entries }) => entries.find((one) => one.operationId === message.id)?.endsAt ?? null,
  );
  const left = useSecondsLeft(endsAt);
  const said = bubbleText(delivery, item, sync, left);
  if (delivery === 'not-sent')
    return (
      <div className="delivery not-sent">
        <AlertTriangle size={12} aria-hidden="true" />
        <span>
          {said}: <Review message={message} />
        </span>
        <span className="delivery-why">{texts.problems[message.problem ?? 'refused']}</span>
      </div>
    );
  return (
    <div className="delivery">
      {delivery !== 'sending' && <Clock3 size={12} aria-hidden="true" />}
      <span role={delivery === 'held' ? 'timer' : undefined}>{said}</span>
      {delivery === 'held' && (
        <HeldActions operationId={message.id} isInWindow={left !== null} sync={sync} />
      )}
      {item?.behind === true && <Review message={message} />}
    </div>
  );
}

interface HeldProps {
  operationId: string;
  /** Its undo window runs; else a quit has left it there. */
  isInWindow: boolean;
  sync: SyncState | null;
}

function HeldActions({ operationId, isInWindow, sync }: HeldProps) {
  const undo = usePart((s) => s.undo);
  return (
    <>
      <Link
        label={isInWindow ? texts.undo.undo : texts.edit}
        onPress={() => {
          void undo.takeBack(operationId);
        }}
      />
      {(isOnline(sync) || !isInWindow) && (
        <Link
          label={sync?.phase === 'offline' ? texts.sendLater : texts.undo.sendNow}
          onPress={() => {
            void undo.release(operationId);
          }}
        />
      )}
    </>
  );
}

/** Leads to the card that says how to go on: above the composer, or in the outbox. */
function Review({ message }: Pick<Props, 'message'>) {
  const outbox = usePart((s) => s.outbox);
  const isShown = useStoreOf(
    (s) => s.outbox,
    (state) => hasCard(state.items, message.id),
  );
  return (
    <Link
      label={texts.review}
      onPress={() => {
        const card = document.querySelector('main .cards [data-card] button');
        if (isShown && card instanceof HTMLElement) card.focus();
        else outbox.show('waiting');
      }}
    />
  );
}

/** Whether the one card of the ticket is that of the message, or of what it waits behind. */
function hasCard(items: readonly OutboxItem[], messageId: string): boolean {
  const own = items.find(({ id }) => id === messageId);
  const first = items.find(
    ({ ticket_id: ticket, state }) => ticket === own?.ticket_id && state === 'not-sent',
  );
  return own !== undefined && (own.behind || own.id === first?.id);
}

function Link({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button type="button" className="link-btn" onClick={onPress}>
      {label}
    </button>
  );
}
