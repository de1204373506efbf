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
  const isLikeColleague = usePassesForColleague(
    message.kind === 'customer' ? message.author : null,
  );
  return (
    <article
      className={`msg msg-${sides[message.kind]} ${isFound ? 'msg-found' : ''}`}
      aria-label={labelOf(message, isLikeColleague, isFound)}
    >
      <By message={message} follows={follows} isLikeColleague={isLikeColleague} />
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

const sides = { note: 'note', reply: 'staff', customer: 'customer' } as const;

const authorOf = ({ mine, author }: ThreadMessage): string => (mine ? texts.you : author);

function labelOf(message: ThreadMessage, isLikeColleague: boolean, isFound: boolean): string {
  const author = authorOf(message);
  return [
    message.kind === 'note' ? texts.internalNote : null,
    isLikeColleague ? texts.customerNamed(author) : author,
    clock(message.at),
    isFound ? texts.foundHere : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

interface ByProps extends Pick<Props, 'message' | 'follows'> {
  /** The customer's name could be taken for a colleague's. */
  isLikeColleague: boolean;
}

/** Over the text: whose it is, and where a message of the agent has got to. */
function By({ message, follows, isLikeColleague }: ByProps) {
  const receipt = message.mine && message.delivery === null;
  if (follows && !receipt) return null;
  return (
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
          <b dir="auto">{authorOf(message)}</b>{' '}
          <time title={fullTime(message.at)}>{clock(message.at)}</time>
        </>
      )}
      {receipt && <Receipt messageId={message.id} at={message.at} />}
    </div>
  );
}

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
