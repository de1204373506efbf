import { Lock } from 'lucide-react';
import { memo } from 'react';
import type { ThreadMessage } from '../../../contract/bridge.ts';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { texts } from '../../texts.ts';
import { clock, fullTime } from '../../ui/format.ts';
import { SafeText } from '../../ui/safe-text.tsx';

/** One message: the customer's left, staff right, an internal note across on amber with a lock. */
export const Message = memo(function Message({ message }: { message: ThreadMessage }) {
  const author = message.mine ? texts.you : message.author;
  const name = message.kind === 'note' ? `${texts.internalNote}, ${author}, ${clock(message.at)}` : `${author}, ${clock(message.at)}`;
  const side = message.kind === 'note' ? 'note' : message.kind === 'reply' ? 'staff' : 'customer';
  return (
    <article className={`msg msg-${side}`} aria-label={name}>
      <div className="msg-by">
        {message.kind === 'note' && <><Lock size={13} aria-hidden="true" /><b>{texts.internalNote}</b><span aria-hidden="true">·</span></>}
        <b dir="auto">{author}</b> <time title={fullTime(message.at)}>{clock(message.at)}</time>
      </div>
      <div className="bubble"><SafeText text={message.text} showAll={texts.showAll} /></div>
      {message.delivery && <Delivery message={message} />}
    </article>
  );
});

/** Where an unconfirmed message stands. The word 'sent' is never used before the server has said so. */
function Delivery({ message }: { message: ThreadMessage }) {
  const { outbox } = useStores();
  const offline = useStoreOf((s) => s.session, (state) => state.sync?.phase !== 'live');
  if (message.delivery === 'needs-you') {
    return (
      <div className="delivery needs-you">
        {texts.needsYou}: {message.problem}
        <button type="button" className="link-btn" onClick={() => { outbox.retry(message.id); }}>{texts.retry}</button>
        <button type="button" className="link-btn" onClick={() => { outbox.discard(message.id); }}>{texts.discard}</button>
      </div>
    );
  }
  return <div className="delivery">{message.delivery === 'sending' ? texts.sending : offline ? texts.queued : texts.queuedOnline}</div>;
}
