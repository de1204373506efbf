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
  const staffName = useStaffName();
  const kind = texts.operationKinds[item.kind];
  return (
    <article className="line" data-item tabIndex={0} aria-label={`${kind}: ${item.subject}`}>
      <div className="line-top">
        <Kind kind={item.kind} />
        <Subject item={item} />
        <Time at={at} note={note} />
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

function Kind({ kind }: { kind: OutboxItem['kind'] }) {
  const Icon = icons[kind];
  return (
    <span className={`line-kind line-${kind}`}>
      <Icon size={13} aria-hidden="true" /> {texts.operationKinds[kind]}
    </span>
  );
}

/** Opens the ticket, with the focus in its conversation. */
function Subject({ item }: Pick<Props, 'item'>) {
  const navigation = usePart((s) => s.navigation);
  function open(): void {
    navigation.openTicket(item.ticket_id);
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('[role=log]')?.focus();
    });
  }
  return (
    <button
      type="button"
      className="line-subject"
      dir="auto"
      aria-keyshortcuts="Enter"
      onClick={open}
    >
      {item.subject || texts.openTicket}
    </button>
  );
}

function Time({ at, note }: Pick<Props, 'at' | 'note'>) {
  const now = useNow();
  return (
    <span className="line-time">
      {note !== undefined && `${note} · `}
      <time title={fullTime(at)}>{texts.ago(age(at, now))}</time>
    </span>
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
