import { AlertTriangle, Clock3 } from 'lucide-react';
import type { ThreadMessage } from '../../../contract/bridge.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { useSecondsLeft } from '../../kit/use-countdown.ts';

/** State of an unconfirmed message. The word 'sent' is never used before the server has said so. */
export function Delivery({
  message,
  delivery,
}: {
  message: ThreadMessage;
  delivery: NonNullable<ThreadMessage['delivery']>;
}) {
  const live = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.phase === 'live' || state.sync?.phase === 'catching-up',
  );
  switch (delivery) {
    case 'held':
      return <Held operationId={message.id} />;
    case 'sending':
      return <div className="delivery">{texts.sending}</div>;
    case 'queued':
      return (
        <div className="delivery">
          <Clock3 size={12} aria-hidden="true" />
          <span>{live ? texts.queuedOnline : texts.queued}</span>
        </div>
      );
    case 'not-sent':
      return (
        <div className="delivery not-sent">
          <AlertTriangle size={12} aria-hidden="true" />
          <span>
            {texts.notSent}: {texts.problems[message.problem ?? 'refused']}
          </span>
        </div>
      );
    default:
      return assertNever(delivery);
  }
}

function Held({ operationId }: { operationId: string }) {
  const undo = usePart((s) => s.undo);
  const entry = useStoreOf(
    (s) => s.undo,
    (state) => state.entries.find((one) => one.operationId === operationId) ?? null,
  );
  const left = useSecondsLeft(entry?.endsAt ?? null);
  return (
    <div className="delivery">
      <Clock3 size={12} aria-hidden="true" />
      <span role="timer">{left === null ? texts.heldSinceQuit : texts.waits.heldFor(left)}</span>
      <button
        type="button"
        className="link-btn"
        onClick={() => {
          void undo.takeBack(operationId);
        }}
      >
        {left === null ? texts.edit : texts.undo.undo}
      </button>
      <button
        type="button"
        className="link-btn"
        onClick={() => {
          void undo.release(operationId);
        }}
      >
        {texts.undo.sendNow}
      </button>
    </div>
  );
}
