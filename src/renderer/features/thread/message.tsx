import { Lock } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { ThreadMessage } from '../../../contract/bridge.ts';
import { texts } from '../../texts.ts';
import { clock, fullTime } from '../../ui/format.ts';
import { SafeText } from '../../ui/safe-text.tsx';
import { Delivery } from './delivery.tsx';
import { mentionHandles } from '../../../core/mention.ts';
import { useStoreOf } from '../../stores/context.tsx';
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
      <div className="bubble">{message.kind === 'note' && message.mentions.length > 0 ? <NoteText message={message} /> : <SafeText text={message.text} showAll={texts.showAll} />}</div>
      {message.delivery && <Delivery message={message} delivery={message.delivery} />}
    </article>
  );
});

/** A note with those whom it mentions marked. */
function NoteText({ message }: { message: ThreadMessage }) {
  const members = useStoreOf((s) => s.staff, (state) => state.members);
  const { mentions } = message;
  const handles = useMemo(() => {
    // Whoever is gone by now was mentioned all the same.
    const named = members.filter((member) => mentions.includes(member.id)).map((member) => ({ ...member, is_active: true }));
    return [...mentionHandles(named).values(), ...named.map((member) => member.email)];
  }, [members, mentions]);
  return <SafeText text={message.text} showAll={texts.showAll} mentions={handles} />;
}
