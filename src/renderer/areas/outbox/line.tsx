import { Lock, PenLine, Reply, RotateCcw, SlidersHorizontal, SquareCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OutboxItem } from '../../../contract/bridge.ts';
import { useStaffName, usePart } from '../../stores-context.tsx';
import { operationText, texts } from '../../texts.ts';
import { Action } from '../../kit/action.tsx';
import { copyText } from '../../kit/copy.ts';
import { age, fullTime } from '../../kit/format.ts';
import { useNow } from '../../kit/use-now.ts';

const icons: Record<OutboxItem['kind'], typeof PenLine> = {
  reply: Reply,
  note: Lock,
  change: SlidersHorizontal,
  close: SquareCheck,
  reopen: RotateCcw,
};

interface Props {
  item: Pick<OutboxItem, 'ticket_id' | 'subject' | 'kind' | 'text' | 'change' | 'created_at'>;
  /** Time of the event that the list is about. */
  at: number;
  children?: ReactNode;
  /** Under the summary: why it waits, or how it went. */
  under?: ReactNode;
  actions?: ReactNode;
  /** Said before the time. */
  note?: string | undefined;
}

/** One operation in any of the outbox's lists. */
export function Line({ item, at, children, under, actions, note }: Props) {
  const navigation = usePart((s) => s.navigation);
  const now = useNow();
  const staffName = useStaffName();
  const Icon = icons[item.kind];
  const kind = texts.operationKinds[item.kind];
  function open(): void {
    navigation.openTicket(item.ticket_id);
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('[role=log]')?.focus();
    });
  }
  return (
    <article className="line" data-item tabIndex={0} aria-label={`${kind}: ${item.subject}`}>
      <div className="line-top">
        <span className={`line-kind line-${item.kind}`}>
          <Icon size={13} aria-hidden="true" /> {kind}
        </span>
        <button
          type="button"
          className="line-subject"
          dir="auto"
          aria-keyshortcuts="Enter"
          onClick={open}
        >
          {item.subject || texts.openTicket}
        </button>
        <span className="line-time">
          {note !== undefined && `${note} · `}
          <time title={fullTime(at)}>{texts.ago(age(at, now))}</time>
        </span>
      </div>
      {children ?? (
        <p className="line-summary" dir="auto">
          {operationText(item, staffName)}
        </p>
      )}
      {(under || actions) && (
        <div className="line-under">
          <div className="line-why">{under}</div>
          {actions && <div className="line-actions">{actions}</div>}
        </div>
      )}
    </article>
  );
}

/** Puts a text on the clipboard and says whether that worked. */
export function useCopy(): (text: string) => void {
  const toasts = usePart((s) => s.toasts);
  return (text) => {
    toasts.show(
      copyText(text)
        ? { kind: 'info', title: texts.copied, body: '' }
        : { kind: 'error', ...texts.notCopied },
    );
  };
}

export function CopyAction({ item }: { item: Pick<OutboxItem, 'kind' | 'text' | 'change'> }) {
  const copy = useCopy();
  const staffName = useStaffName();
  return (
    <Action
      label={texts.copy}
      hotkey="C"
      onPress={() => {
        copy(operationText(item, staffName));
      }}
    />
  );
}
