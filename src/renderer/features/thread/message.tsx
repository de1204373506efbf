import { Lock } from 'lucide-react';
import { memo } from 'react';
import type { ThreadMessage } from '../../../contract/bridge.ts';
import { texts } from '../../texts.ts';
import { clock, fullTime } from '../../ui/format.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Delivery } from './delivery.tsx';
import { Receipt } from './receipt.tsx';

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
        {message.mine && message.delivery === null && <Receipt messageId={message.id} />}
      </div>
      <div className="bubble"><SafeText text={message.text} showAll={texts.showAll} /></div>
      {message.delivery && <Delivery message={message} delivery={message.delivery} />}
    </article>
  );
});
