import { Lock } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { ThreadMessage } from '../../../../contract/bridge.ts';
import { mentionHandles } from '../../../../core/mention.ts';
import { usePassesForColleague, useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { clock, fullTime } from '../../../kit/format.ts';
import type { FindIn } from '../../../kit/marked.tsx';
import { CustomerMark } from '../../../kit/pill.tsx';
import { SafeText } from '../../../kit/safe-text.tsx';
import { Delivery } from '../../outbox/delivery.tsx';
import { Receipt } from '../../outbox/receipt.tsx';

interface Props {
  message: ThreadMessage;
  /** Stands under the name of the one before; said again only to a screen reader. */
  follows: boolean;
  /** Finds the words of the search in the text; null: no search. */
  find: FindIn | null;
  /** The search led to this very message. */
  isFound: boolean;
}

/** One message: the customer's left, staff right, an internal note across on amber with a lock. */
export const Message = memo(function Message({ message, follows, find, isFound }: Props) {
  const author = message.mine ? texts.you : message.author;
  const isLikeColleague = usePassesForColleague(
    message.kind === 'customer' ? message.author : null,
  );
  const named = isLikeColleague ? texts.customerNamed(author) : author;
  const label = [
    message.kind === 'note' ? texts.internalNote : null,
    named,
    clock(message.at),
    isFound ? texts.foundHere : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
  const side = message.kind === 'note' ? 'note' : message.kind === 'reply' ? 'staff' : 'customer';
  const receipt = message.mine && message.delivery === null;
  return (
    <article className={`msg msg-${side} ${isFound ? 'msg-found' : ''}`} aria-label={label}>
      {(!follows || receipt) && (
        <div className="msg-by">
          {message.kind === 'note' && (
            <>
              <Lock size={13} aria-hidden="true" />
              <b>{texts.internalNote}</b>
              <span aria-hidden="true">·</span>
            </>
          )}
          {!follows && isLikeColleague && <CustomerMark text={texts.customer} />}
          {!follows && (
            <>
              <b dir="auto">{author}</b>{' '}
              <time title={fullTime(message.at)}>{clock(message.at)}</time>
            </>
          )}
          {receipt && <Receipt messageId={message.id} />}
        </div>
      )}
      <div className="bubble" title={follows ? fullTime(message.at) : undefined}>
        {message.kind === 'note' && message.mentions.length > 0 ? (
          <NoteText message={message} find={find} />
        ) : (
          <SafeText text={message.text} showAll={texts.showAll} find={find} />
        )}
      </div>
      {message.delivery && <Delivery message={message} delivery={message.delivery} />}
    </article>
  );
});

/** A note with those whom it mentions marked. */
function NoteText({ message, find }: { message: ThreadMessage; find: FindIn | null }) {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const { mentions } = message;
  const handles = useMemo(() => {
    // Colleagues who have left since were mentioned all the same.
    const named = members
      .filter((member) => mentions.includes(member.id))
      .map((member) => ({ ...member, is_active: true }));
    return [...mentionHandles(named).values(), ...named.map((member) => member.email)];
  }, [members, mentions]);
  return <SafeText text={message.text} showAll={texts.showAll} mentions={handles} find={find} />;
}
