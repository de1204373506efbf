import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { OwnMessage } from '../../api/api.ts';
import { useDates, useTexts } from '../../language.ts';
import type { Conversation } from '../../stores/conversation.ts';
import { LinkedText } from '../../ui/linked-text.tsx';
import { Button } from '../../ui/parts.tsx';
import { usePrinting } from '../../ui/printing.ts';

/** The reader is at the end if at most this many pixels are below. */
const nearEnd = 60;

interface Props {
  conversation: Conversation;
  messages: readonly OwnMessage[];
  /** Null: there are no earlier messages. */
  onEarlier: (() => Promise<void>) | null;
}

/**
 * The conversation, scrolled to its end: the customer's own messages right, the team's left. It is
 * printed in full.
 */
export function Messages({ conversation, messages, onEarlier }: Props) {
  const texts = useTexts();
  const printing = usePrinting();
  const { value: all } = useStore(conversation.forPrint.store);
  const first = messages[0]?.id;
  const before = printing ? messagesBefore(first, all?.rows ?? []) : [];
  const isCut = onEarlier !== null && all?.more !== false;
  const { log, leaveEnd, onScroll } = useReadingPlace(first, messages.at(-1)?.id, printing);
  const earlier = useEarlier(onEarlier, leaveEnd);

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
      {onEarlier && <EarlierButton busy={earlier.busy} onShow={earlier.show} />}
      {isCut && <p className="on-paper">{texts.ticket.printedFrom}</p>}
      {messages.length === 0 && <p className="empty">{texts.ticket.empty}</p>}
      {[...before, ...messages].map((message) => (
        <Bubble key={message.id} message={message} />
      ))}
    </div>
  );
}

/** Shows earlier messages above the ones in view. `busy`: they are being loaded. */
function useEarlier(
  onEarlier: Props['onEarlier'],
  leaveEnd: () => void,
): { busy: boolean; show: () => void } {
  const [busy, setBusy] = useState(false);

  async function show(): Promise<void> {
    leaveEnd();
    setBusy(true);
    await onEarlier?.();
    setBusy(false);
  }
  return {
    busy,
    show() {
      void show();
    },
  };
}

function EarlierButton({ busy, onShow }: { busy: boolean; onShow: () => void }) {
  const texts = useTexts();
  return (
    <Button disabled={busy} onClick={onShow}>
      {busy ? texts.ticket.earlierBusy : texts.ticket.earlier}
    </Button>
  );
}

interface ReadingPlace {
  /** For the element that scrolls. */
  log: RefObject<HTMLDivElement | null>;
  leaveEnd: () => void;
  onScroll: (box: HTMLElement) => void;
}

/**
 * Keeps the reader's place as messages come in: at the end, or at the messages in view when earlier
 * ones are added above them. `first` and `last`: the ids of the outer messages.
 */
function useReadingPlace(
  first: string | undefined,
  last: string | undefined,
  printing: boolean,
): ReadingPlace {
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);

  useLayoutEffect(() => {
    const box = log.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [last, printing]);
  useLayoutEffect(() => {
    const box = log.current;
    if (box && !atEnd.current) box.scrollTop += box.scrollHeight - height.current;
  }, [first]);
  useLayoutEffect(() => {
    height.current = log.current?.scrollHeight ?? 0;
  });
  return {
    log,
    leaveEnd() {
      atEnd.current = false;
    },
    onScroll(box) {
      // On paper nothing scrolls.
      if (!printing) atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    },
  };
}

/** The messages of `all` before the one with the id `first`. */
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
