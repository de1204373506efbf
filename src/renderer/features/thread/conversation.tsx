import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { ThreadMessage } from '../../../contract/bridge.ts';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../ui/button.tsx';
import { dayHeading, dayKey } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { Message } from './message.tsx';

/** Near the end counts as at the end: a new message is then scrolled into view. */
const nearEnd = 120;

/** The messages by day, with the unread line. Opens at the first unread message, else at the end. */
export function Conversation() {
  const { thread: store } = useStores();
  const { ticketId, thread, earlier, older, readThrough } = useStoreOf((s) => s.thread, (state) => state);
  const log = useRef<HTMLDivElement>(null);
  const placed = useRef<string | null>(null);
  const pinned = useRef(true);
  const heightBefore = useRef(0);
  const messages = thread ? [...earlier, ...thread.messages] : [];
  const firstUnread = messages.find((m) => m.kind === 'customer' && m.at > readThrough)?.id ?? null;

  useLayoutEffect(() => {
    const box = log.current;
    if (!box || !thread) return;
    if (placed.current !== ticketId) {
      placed.current = ticketId;
      const line = box.querySelector('.unread-line');
      if (line) line.scrollIntoView({ block: 'start' });
      else box.scrollTop = box.scrollHeight;
    } else if (pinned.current) box.scrollTop = box.scrollHeight;
    else if (heightBefore.current > 0) box.scrollTop += box.scrollHeight - heightBefore.current;
    heightBefore.current = 0;
    pinned.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
  }, [ticketId, thread, earlier]);

  useEffect(() => {
    if (!thread?.ticket.unread) return undefined;
    // Seen means in front of the agent for a moment, in a window that has the focus.
    const timer = setTimeout(() => { if (document.hasFocus()) store.markRead(); }, 700);
    return () => { clearTimeout(timer); };
  }, [thread?.ticket.id, thread?.ticket.unread, thread?.messages.length, store]);

  useEffect(() => {
    // A window or composer that changes its size keeps the end in sight where it was.
    const box = log.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => { if (pinned.current) box.scrollTop = box.scrollHeight; });
    observer.observe(box);
    return () => { observer.disconnect(); };
  }, []);

  function loadEarlier(): void {
    heightBefore.current = log.current?.scrollHeight ?? 0;
    pinned.current = false;
    store.loadEarlier();
  }
  return (
    <div className="log" role="log" aria-label={texts.conversation} ref={log} tabIndex={0}
      onScroll={({ currentTarget: box }) => { pinned.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd; }}>
      {older !== null && <Button look="quiet" className="earlier" onClick={loadEarlier}>{texts.earlier}</Button>}
      {thread && messages.length === 0 && <p className="quiet centre">{texts.noMessages}</p>}
      <Days messages={messages} firstUnread={firstUnread} />
    </div>
  );
}

function Days({ messages, firstUnread }: { messages: ThreadMessage[]; firstUnread: string | null }): ReactNode {
  const now = useNow();
  return messages.map((message, i) => {
    const before = messages[i - 1];
    const newDay = !before || dayKey(before.at) !== dayKey(message.at);
    return (
      <div key={message.id} className="msg-slot">
        {message.id === firstUnread && <div className="unread-line" role="separator"><span>{texts.newLine}</span></div>}
        {newDay && <h3 className="day">{dayHeading(message.at, now)}</h3>}
        <Message message={message} />
      </div>
    );
  });
}
