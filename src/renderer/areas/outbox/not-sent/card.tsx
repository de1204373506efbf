import { AlertTriangle, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OutboxItem } from '../../../../contract/bridge.ts';
import { useAbility, useStaffName, usePart } from '../../../stores-context.tsx';
import { operationText, texts } from '../../../texts.ts';
import { Action } from '../../../kit/action.tsx';
import { copyText } from '../../../kit/copy.ts';
import { ConflictCard } from './conflict.tsx';
import { NewMessages } from './new-messages.tsx';

interface Props {
  item: OutboxItem;
  /** How many operations of the ticket wait behind this one. */
  behind: number;
  /** In its thread the text stands just above already. */
  place: 'thread' | 'outbox';
}

/**
 * One thing that waits for the agent: what happened, what is safe, what can be done, each with its
 * key.
 */
export function NeedsYouCard({ item, behind, place }: Props) {
  const [title, hint] = texts.cards[item.reason ?? 'refused'];
  const text = textOf(item, place, useStaffName());
  return (
    <div className="card" data-card role="group" aria-label={`${texts.needsYou}: ${title}`}>
      <div className="card-head">
        <AlertTriangle size={15} aria-hidden="true" />
        <div>
          <strong>{title}</strong> <span className="card-hint">{hint}</span>
        </div>
      </div>
      {text !== null && (
        <p className="card-text" dir="auto">
          {text}
        </p>
      )}
      {item.newer.length > 0 && <NewMessages messages={item.newer} />}
      {item.reason === 'conflict' ? (
        <ConflictCard item={item} />
      ) : (
        <div className="card-actions">
          <Actions item={item} />
        </div>
      )}
      {behind > 0 && <p className="card-behind">{texts.waitBehind(behind)}</p>}
    </div>
  );
}

/** A conflict says it field by field, and what cannot be read is only there to be copied. */
function textOf(
  item: OutboxItem,
  place: Props['place'],
  staffName: (id: string) => string,
): string | null {
  if (item.reason === 'conflict' || item.reason === 'unreadable') return null;
  return item.text === null
    ? operationText(item, staffName)
    : place === 'outbox'
      ? item.text
      : null;
}

function Actions({ item }: { item: OutboxItem }): ReactNode {
  const outbox = usePart((s) => s.outbox);
  const undo = usePart((s) => s.undo);
  const canReopen = useAbility('reopen');
  const staffName = useStaffName();
  const isMessage = item.kind === 'reply' || item.kind === 'note';
  const go = (label: string, run: () => void): ReactNode => (
    <Action label={label} hotkey="G" look="main" onPress={run} />
  );
  const retry = (label: string): ReactNode =>
    go(label, () => {
      outbox.retry(item.id);
    });
  const edit = isMessage && (
    <Action
      label={texts.edit}
      hotkey="W"
      look="plain"
      onPress={() => {
        void undo.takeBack(item.id);
      }}
    />
  );
  const unknown = item.reason === 'unknown-outcome';
  const discard = (
    <Action
      label={unknown ? texts.itIsThere : item.kind === 'close' ? texts.leaveOpen : texts.discard}
      look={unknown ? 'main' : 'quiet'}
      hotkey="Delete"
      onPress={() => {
        outbox.discard(item);
      }}
    />
  );
  const copy = <CopyAction text={operationText(item, staffName)} />;
  switch (item.reason) {
    case 'stale':
      return (
        <>
          {retry(item.kind === 'close' ? texts.closeAnyway : texts.sendAnyway)}
          {edit}
          {discard}
        </>
      );
    case 'unknown-outcome':
      return (
        <>
          {discard}
          {copy}
          <Action
            label={texts.sendAgain}
            hotkey="G"
            onPress={() => {
              outbox.retry(item.id);
            }}
          />
        </>
      );
    case 'lost':
      return (
        <>
          {retry(texts.sendAgain)}
          {copy}
          {discard}
        </>
      );
    case 'ticket-closed':
      return (
        <>
          {canReopen &&
            go(isMessage ? texts.reopenAndSend : texts.retry, () => {
              outbox.reopenAndSend(item);
            })}
          {edit}
          {copy}
          {discard}
        </>
      );
    case 'ticket-merged':
    case 'ticket-gone':
      return (
        <>
          {item.merged_into &&
            go(
              isMessage
                ? texts.postTo(item.merged_into.subject)
                : texts.applyTo(item.merged_into.subject),
              () => {
                outbox.repost(item.id);
              },
            )}
          {copy}
          {discard}
        </>
      );
    case 'not-allowed':
    case 'refused':
      return (
        <>
          {copy}
          {discard}
          <Action
            label={texts.retry}
            hotkey="G"
            onPress={() => {
              outbox.retry(item.id);
            }}
          />
        </>
      );
    default:
      return (
        <>
          {copy}
          {discard}
        </>
      );
  }
}

function CopyAction({ text }: { text: string }) {
  const toasts = usePart((s) => s.toasts);
  return (
    <Action
      label={texts.copy}
      hotkey="C"
      look="plain"
      icon={<Copy size={13} aria-hidden="true" />}
      onPress={() => {
        toasts.show(
          copyText(text)
            ? { kind: 'info', title: texts.copied, body: '' }
            : { kind: 'error', ...texts.notCopied },
        );
      }}
    />
  );
}
