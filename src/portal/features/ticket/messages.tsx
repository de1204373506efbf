import { useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { OwnMessage } from '../../api/api.ts';
import { useDates, useTexts } from '../../language.ts';
import type { Conversation } from '../../stores/conversation.ts';
import { LinkedText } from '../../ui/linked-text.tsx';
import { Button } from '../../ui/parts.tsx';
import { usePrinting } from '../../ui/printing.ts';

/** The reader is at the end when this many pixels or fewer are below. */
const nearEnd = 60;

interface Props {
  conversation: Conversation;
  messages: readonly OwnMessage[];
  /** There are earlier ones. */ onEarlier: (() => Promise<void>) | null;
}

/**
 * The conversation, its end in sight: the customer's own messages right, the team's left. On paper
 * it is whole.
 */
export function Messages({ conversation, messages, onEarlier }: Props) {
  const texts = useTexts();
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const [busy, setBusy] = useState(false);
  const printing = usePrinting();
  const { value: all } = useStore(conversation.forPrint.store);
  const first = messages[0]?.id;
  const last = messages.at(-1)?.id;
  const before = printing ? messagesBefore(first, all?.rows ?? []) : [];
  const isCut = onEarlier !== null && all?.more !== false;

  useLayoutEffect(() => {
    const box = log.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [last, printing]);

  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    // What the reader has in front of them stays there when earlier messages come in above it.
    if (!atEnd.current) box.scrollTop += box.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    height.current = log.current?.scrollHeight ?? 0;
  });

  async function showEarlier(): Promise<void> {
    atEnd.current = false;
    setBusy(true);
    await onEarlier?.();
    setBusy(false);
  }

  function onScroll(box: HTMLElement): void {
    // On paper nothing scrolls.
    if (!printing) atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
  }

  return (
    <div
      className="log"
      role="log"
      aria-label={texts.ticket.conversation}
      tabIndex={0}
      ref={log}
      onScroll={({ currentTarget }) => {
        onScroll(currentTarget);
      }}
    >
      {onEarlier && (
        <Button
          disabled={busy}
          onClick={() => {
            void showEarlier();
          }}
        >
          {busy ? texts.ticket.earlierBusy : texts.ticket.earlier}
        </Button>
      )}
      {isCut && <p className="on-paper">{texts.ticket.printedFrom}</p>}
      {messages.length === 0 && <p className="empty">{texts.ticket.empty}</p>}
      {[...before, ...messages].map((message) => (
        <Bubble key={message.id} message={message} />
      ))}
    </div>
  );
}

/** Those of `all` that are before the first one that is shown. */
function messagesBefore(
  first: string | undefined,
  all: readonly OwnMessage[],
): readonly OwnMessage[] {
  return all.slice(
    0,
    Math.max(
      0,
      all.findIndex((message) => message.id === first),
    ),
  );
}

function Bubble({ message }: { message: OwnMessage }) {
  const texts = useTexts();
  const dates = useDates();
  const by = message.is_staff ? texts.ticket.team : texts.ticket.you;
  const at = dates.full(message.created_at);
  return (
    <article
      className={message.is_staff ? 'msg msg-team' : 'msg msg-own'}
      aria-label={`${by}, ${at}`}
    >
      <p className="msg-by">
        <b>{by}</b> <time dateTime={message.created_at}>{at}</time>
      </p>
      <p className="bubble" dir="auto">
        <LinkedText text={message.message} />
      </p>
    </article>
  );
}
