import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ThreadMessage } from '../../../contract/bridge.ts';
import type { FoundIn } from '../../stores/thread.ts';
import { texts } from '../../texts.ts';
import { dayHeading, dayKey } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import type { Hidden } from './growing.ts';
import { Message } from './message.tsx';

/** What one message takes of the page, about; the browser keeps the real height once it has been seen. */
const aboutHigh = 106;
/** Messages of one author within so long stand together under one name. */
const togetherMs = 5 * 60_000;

/** Messages with day headings and the unread line; what is not part of the page yet takes its place as room. */
export function Messages({ messages, hidden, firstUnread, found }: { messages: ThreadMessage[]; hidden: Hidden; firstUnread: string | null; found: FoundIn | null }): ReactNode {
  const now = useNow();
  const end = messages.length - hidden.after;
  // These are laid out for real, or the place where the thread opens would be reckoned from heights that nobody has measured.
  const [atFirst] = useState(() => new Set(messages.slice(hidden.before, end).map(({ id }) => id)));
  return (
    <>
      {hidden.before > 0 && <div style={{ height: hidden.before * aboutHigh }} aria-hidden="true" />}
      {messages.slice(hidden.before, end).map((message, i) => {
        const before = messages[hidden.before + i - 1];
        const newDay = !before || dayKey(before.at) !== dayKey(message.at);
        const unread = message.id === firstUnread;
        const follows = before !== undefined && !newDay && !unread && isTogether(before, message);
        return (
          <div key={message.id} className={`msg-slot ${follows ? 'follows' : ''} ${atFirst.has(message.id) ? '' : 'later'}`} data-message={message.id}>
            {unread && <div className="unread-line" role="separator"><span>{texts.newLine}</span></div>}
            {newDay && <h3 className="day">{dayHeading(message.at, now)}</h3>}
            <Message message={message} follows={follows} find={found?.find ?? null} isFound={message.id === found?.messageId} />
          </div>
        );
      })}
      {hidden.after > 0 && <div style={{ height: hidden.after * aboutHigh }} aria-hidden="true" />}
    </>
  );
}

/** Notes always say what they are, and what waits to be sent says where it stands: neither stands under another's name. */
function isTogether(before: ThreadMessage, message: ThreadMessage): boolean {
  return message.kind !== 'note' && before.kind === message.kind && before.author === message.author && before.mine === message.mine && message.at - before.at < togetherMs && message.delivery === null;
}
