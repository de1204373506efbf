import { Lock } from 'lucide-react';
import type { ThreadMessage } from '../../../../contract/bridge.ts';
import { usePassesForColleague } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { clock, fullTime } from '../../../kit/format.ts';
import { CustomerMark } from '../../../kit/pill.tsx';
import { SafeText } from '../../../kit/safe-text.tsx';

/** Messages written since the author of the operation last saw the ticket. */
export function NewMessages({ messages }: { messages: readonly ThreadMessage[] }) {
  return (
    <div className="newer" role="group" aria-label={texts.newSince(messages.length)}>
      <p className="newer-head">{texts.newSince(messages.length)}</p>
      {messages.map((message) => (
        <div
          key={message.id}
          className={message.kind === 'note' ? 'newer-msg newer-note' : 'newer-msg'}
        >
          <div className="newer-by">
            {message.kind === 'note' && (
              <>
                <Lock size={12} aria-hidden="true" />
                <b>{texts.internalNote}</b>
              </>
            )}
            <Author message={message} />{' '}
            <time title={fullTime(message.at)}>{clock(message.at)}</time>
          </div>
          <SafeText text={message.text} showAll={texts.showAll} />
        </div>
      ))}
    </div>
  );
}

function Author({ message: { kind, author } }: { message: ThreadMessage }) {
  const isLikeColleague = usePassesForColleague(kind === 'customer' ? author : null);
  return (
    <>
      {isLikeColleague && <CustomerMark text={texts.customer} />}
      <b dir="auto">{author}</b>
    </>
  );
}
