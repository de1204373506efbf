import { useLayoutEffect, useRef } from 'react';
import type { MessageLevel1 } from '../../../contract/entities.ts';
import { useDates, useTexts } from '../../language.ts';

/** The reader is at the end when this many pixels or fewer are below. */
const nearEnd = 60;

/** The conversation, its end in sight: the customer's own messages right, the team's left. */
export function Messages({ messages }: { messages: readonly MessageLevel1[] }) {
  const texts = useTexts();
  const dates = useDates();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const last = messages.at(-1)?.id;

  useLayoutEffect(() => {
    const box = log.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [last]);

  return (
    <div className="log" role="log" aria-label={texts.ticket.conversation} tabIndex={0} ref={log}
      onScroll={({ currentTarget: box }) => { atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd; }}>
      {messages.length === 0 && <p className="empty">{texts.ticket.empty}</p>}
      {messages.map((message) => (
        <article key={message.id} className={message.is_staff ? 'msg msg-team' : 'msg msg-own'} aria-label={`${message.is_staff ? texts.ticket.team : texts.ticket.you}, ${dates.full(message.created_at)}`}>
          <p className="msg-by"><b>{message.is_staff ? texts.ticket.team : texts.ticket.you}</b> <time dateTime={message.created_at}>{dates.full(message.created_at)}</time></p>
          <p className="bubble" dir="auto">{message.message}</p>
        </article>
      ))}
    </div>
  );
}
