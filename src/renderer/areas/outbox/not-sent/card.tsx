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
export function NotSentCard({ item, behind, place }: Props) {
  const [title, hint] = texts.cards[item.reason ?? 'refused'];
  const text = textOf(item, place, useStaffName());
  return (
    <div className="card" data-card role="group" aria-label={`${texts.notSent}: ${title}`}>
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

/** The ways on from here, the most likely one first. */
function Actions({ item }: { item: OutboxItem }): ReactNode {
  const { reason } = item;
  switch (reason) {
    case 'stale':
      return (
        <>
          <Retry item={item} label={item.kind === 'close' ? texts.closeAnyway : texts.sendAnyway} />
          <Edit item={item} />
          <Discard item={item} />
        </>
      );
    case 'unknown-outcome':
      return (
        <>
          <Discard item={item} look="main" label={texts.itIsThere} />
          <CopyAction item={item} />
          <Retry item={item} label={texts.sendAgain} look="quiet" />
        </>
      );
    case 'lost':
      return (
        <>
          <Retry item={item} label={texts.sendAgain} />
          <CopyAction item={item} />
          <Discard item={item} />
        </>
      );
    case 'ticket-closed':
      return (
        <>
          <ReopenAndSend item={item} />
          <Edit item={item} />
          <CopyAction item={item} />
          <Discard item={item} />
        </>
      );
    case 'ticket-merged':
    case 'ticket-gone':
      return (
        <>
          <Repost item={item} />
          <CopyAction item={item} />
          <Discard item={item} />
        </>
      );
    default:
      return (
        <>
          <CopyAction item={item} />
          <Discard item={item} />
          {(reason === 'not-allowed' || reason === 'refused') && (
            <Retry item={item} label={texts.retry} look="quiet" />
          )}
        </>
      );
  }
}

type Look = 'main' | 'plain' | 'quiet';

const isMessage = (item: OutboxItem): boolean => item.kind === 'reply' || item.kind === 'note';

function Retry({ item, label, look = 'main' }: { item: OutboxItem; label: string; look?: Look }) {
  const outbox = usePart((s) => s.outbox);
  return (
    <Action
      label={label}
      hotkey="G"
      look={look}
      onPress={() => {
        outbox.retry(item.id);
      }}
    />
  );
}

/** Takes a message back into the composer. */
function Edit({ item }: { item: OutboxItem }) {
  const undo = usePart((s) => s.undo);
  if (!isMessage(item)) return null;
  return (
    <Action
      label={texts.edit}
      hotkey="W"
      look="plain"
      onPress={() => {
        void undo.takeBack(item.id);
      }}
    />
  );
}

function Discard({
  item,
  look = 'quiet',
  label = item.kind === 'close' ? texts.leaveOpen : texts.discard,
}: {
  item: OutboxItem;
  look?: Look;
  label?: string;
}) {
  const outbox = usePart((s) => s.outbox);
  return (
    <Action
      label={label}
      look={look}
      hotkey="Delete"
      onPress={() => {
        outbox.discard(item);
      }}
    />
  );
}

function ReopenAndSend({ item }: { item: OutboxItem }) {
  const outbox = usePart((s) => s.outbox);
  if (!useAbility('reopen')) return null;
  return (
    <Action
      label={isMessage(item) ? texts.reopenAndSend : texts.retry}
      hotkey="G"
      look="main"
      onPress={() => {
        outbox.reopenAndSend(item);
      }}
    />
  );
}

/** Sends it to the ticket that this one was merged into. */
function Repost({ item }: { item: OutboxItem }) {
  const outbox = usePart((s) => s.outbox);
  if (!item.merged_into) return null;
  const { subject } = item.merged_into;
  return (
    <Action
      label={isMessage(item) ? texts.postTo(subject) : texts.applyTo(subject)}
      hotkey="G"
      look="main"
      onPress={() => {
        outbox.repost(item.id);
      }}
    />
  );
}

function CopyAction({ item }: { item: OutboxItem }) {
  const toasts = usePart((s) => s.toasts);
  const text = operationText(item, useStaffName());
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
