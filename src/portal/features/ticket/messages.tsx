import { useLayoutEffect, useRef, useState } from 'react';
import type { MessageLevel1 } from '../../../contract/entities.ts';
import { useDates, useTexts } from '../../language.ts';
import { Button } from '../../ui/parts.tsx';

/** The reader is at the end when this many pixels or fewer are below. */
const nearEnd = 60;

/** The conversation, its end in sight: the customer's own messages right, the team's left. `onEarlier`: there are earlier ones. */
export function Messages({ messages, onEarlier }: { messages: readonly MessageLevel1[]; onEarlier: (() => Promise<void>) | null }) {
  const texts = useTexts();
  const dates = useDates();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const [busy, setBusy] = useState(false);
  const first = messages[0]?.id;
  const last = messages.at(-1)?.id;

  useLayoutEffect(() => {
    const box = log.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [last]);

  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    // What the reader has in front of them stays there when earlier messages come in above it.
    if (!atEnd.current) box.scrollTop += box.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => { height.current = log.current?.scrollHeight ?? 0; });

  async function showEarlier(): Promise<void> {
    atEnd.current = false;
    setBusy(true);
    await onEarlier?.();
    setBusy(false);
  }

  return (
    <div className="log" role="log" aria-label={texts.ticket.conversation} tabIndex={0} ref={log}
      onScroll={({ currentTarget: box }) => { atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd; }}>
      {onEarlier && <Button disabled={busy} onClick={() => { void showEarlier(); }}>{busy ? texts.ticket.earlierBusy : texts.ticket.earlier}</Button>}
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
