import { Check, CheckCheck, Ellipsis } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { JournalItem } from '../../../contract/bridge.ts';
import { useAbility, useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { copyText } from '../../kit/copy.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { exactTime, formatCount } from '../../kit/format.ts';

/**
 * 'Did it go out twice?', answered at each own message that the server has: 'Sent' for a minute, then
 * a menu beside it.
 */
export function Receipt({ messageId, at }: { messageId: string; at: number }) {
  const receipts = usePart((s) => s.receipts);
  const isFresh = useIsFresh(at);
  const [open, setOpen] = useState(false);
  const id = `receipt-${messageId}`;
  return (
    <>
      <button
        type="button"
        className={isFresh ? 'sent' : 'sent sent-menu'}
        popoverTarget={id}
        aria-label={`${texts.sent}. ${texts.receiptOf}`}
        title={texts.receiptOf}
      >
        {isFresh ? (
          <>
            <Check size={12} aria-hidden="true" />
            {texts.sent}
          </>
        ) : (
          <Ellipsis size={14} aria-hidden="true" />
        )}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={texts.receiptOf}
        className="pop pop-receipt"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') receipts.ask(messageId);
        }}
      >
        {open && <Answer messageId={messageId} />}
      </div>
    </>
  );
}

const freshMs = 60_000;

/** Whether a message was sent within the last minute. `at`: server time. */
function useIsFresh(at: number): boolean {
  const ahead = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.clock_ahead_ms ?? 0,
  );
  const [now, setNow] = useState(() => Date.now());
  const left = at + ahead + freshMs - now;
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => {
      setNow(Date.now());
    }, left);
    return () => {
      clearTimeout(timer);
    };
  }, [left]);
  return left > 0;
}

function Answer({ messageId }: { messageId: string }) {
  const receipt = useStoreOf(
    (s) => s.receipts,
    (state) => state.known[messageId],
  );
  if (receipt === undefined) return <p className="quiet">{texts.loading}</p>;
  if (receipt === null)
    return (
      <>
        <h2>{texts.notFromHere[0]}</h2>
        <p className="pop-hint">{texts.notFromHere[1]}</p>
      </>
    );
  return <Facts receipt={receipt} />;
}

function Facts({ receipt }: { receipt: JournalItem }) {
  const toasts = usePart((s) => s.toasts);
  const exactlyOnce = useAbility('exactly_once');
  const copy = (text: string): void => {
    toasts.show(
      copyText(text)
        ? { kind: 'info', title: texts.copied, body: '' }
        : { kind: 'error', ...texts.notCopied },
    );
  };
  return (
    <>
      <h2>
        <CheckCheck size={15} aria-hidden="true" className="green" /> {texts.sentOnce}
      </h2>
      <p className="pop-hint">{exactlyOnce ? texts.receiptHint : texts.receiptByReading}</p>
      <dl className="facts">
        <Fact label={texts.queuedAt}>{exactTime(receipt.created_at)}</Fact>
        <Fact label={texts.confirmedAt}>{exactTime(receipt.ended_at)}</Fact>
        <Fact label={texts.attemptsLabel}>{formatCount(receipt.attempts)}</Fact>
        <Fact label={texts.keyLabel}>
          <Copyable text={receipt.id} label={texts.copyWhat(texts.keyLabel)} onCopy={copy} />
        </Fact>
        {receipt.server_id !== null && (
          <Fact label={texts.serverId}>
            <Copyable
              text={receipt.server_id}
              label={texts.copyWhat(texts.serverId)}
              onCopy={copy}
            />
          </Fact>
        )}
      </dl>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
