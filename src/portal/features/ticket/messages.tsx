import { useState } from 'react';
import { useStore } from 'zustand';
import type { OwnMessage } from '../../api/api.ts';
import { useDates, useTexts } from '../../language.ts';
import type { Conversation } from '../../stores/conversation.ts';
import { LinkedText } from '../../ui/linked-text.tsx';
import { Button } from '../../ui/parts.tsx';
import { usePrinting } from '../../ui/printing.ts';
import { useReadingPlace } from '../../ui/reading-place.ts';

interface Props {
  conversation: Conversation;
  messages: readonly OwnMessage[];
  /** Null: there are no earlier messages. */
  onEarlier: (() => Promise<void>) | null;
}

/**
 * The conversation: the customer's own messages right, the team's left. The page scrolls to its end,
 * and it is printed in full.
 */
export function Messages({ conversation, messages, onEarlier }: Props) {
  const texts = useTexts();
  const printing = usePrinting();
  const { value: all } = useStore(conversation.forPrint.store);
  const first = messages[0]?.id;
  const before = printing ? messagesBefore(first, all?.rows ?? []) : [];
  const isCut = onEarlier !== null && all?.more !== false;
  const leaveEnd = useReadingPlace({ first, last: messages.at(-1)?.id }, printing);
  const earlier = useEarlier(onEarlier, leaveEnd);

  return (
    <div className="log" role="log" aria-label={texts.ticket.conversation}>
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
  const full = dates.full(message.created_at);
  return (
    <article
      id={message.id}
      className={message.is_staff ? 'msg msg-team' : 'msg msg-own'}
      aria-label={`${by}, ${full}`}
    >
      <p className="msg-by">
        <b>{by}</b>{' '}
        <time dateTime={message.created_at} title={full}>
          <span className="on-screen">{dates.moment(message.created_at)}</span>
          <span className="on-paper">{full}</span>
        </time>
      </p>
      <p className="bubble" dir="auto">
        <LinkedText text={message.message} />
      </p>
    </article>
  );
}
