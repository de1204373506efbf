import type {
  BulkAction,
  OutboxItem,
  SendActions,
  SessionState,
  Snooze,
  SyncState,
  TicketFieldChange,
} from '../contract/bridge.ts';
import { singleActions, type SingleAction } from '../core/send-actions.ts';
import { waitsForReply } from '../core/snooze.ts';
import { en, type Catalogue } from './catalogues/en.ts';
import { dateTime, formatCount, nearTime } from './kit/format.ts';

/**
 * The window's words in the language that is shown. Read it while drawing, never keep a part of it:
 * the language can change.
 */
export let texts: Catalogue = en;

/**
 * Changes the language of everything that is drawn from now on; its dates and numbers are
 * kit/format.ts's `setLocale`.
 */
export function setCatalogue(catalogue: Catalogue): void {
  texts = catalogue;
}

/** Why sync stands where it does, and what to do. */
export function reasonText(reason: NonNullable<SyncState['reason']>): string {
  const { offlineReasons, errors } = texts;
  if (reason in offlineReasons) return offlineReasons[reason as keyof typeof offlineReasons];
  const { sentence, remedy } = errors[reason];
  return `${sentence} ${remedy}`;
}

/** Why nothing can be saved on this computer; null while everything can. */
export function storageText(storage: SessionState['storage']): string | null {
  if (!storage?.fault) return null;
  return storage.reading
    ? `${texts.storageFaults[storage.fault]} ${texts.storageReading}`
    : texts.storageFaults[storage.fault];
}

/** When a snooze ends, for a person. */
function snoozeEnd(until: number): string {
  return waitsForReply(until)
    ? texts.snooze.untilReply
    : texts.snooze.until(nearTime(until, Date.now()));
}

/** Why a ticket sleeps, or has come back. */
export function snoozeText(snooze: Snooze, now: number): string {
  if (snooze.state === 'asleep')
    return snooze.until === null
      ? texts.snooze.asleepUntilReply
      : texts.snooze.asleep(nearTime(snooze.until, now));
  return snooze.by === 'reply'
    ? texts.snooze.wokeByReply
    : texts.snooze.wokeByTime(nearTime(snooze.at, now));
}

/** Title of a change of fields, for the line that offers to undo it. */
export function changeText(change: TicketFieldChange, staffName: (id: string) => string): string {
  const { undo } = texts;
  const { tags, ...fields } = change;
  const parts = [
    fields.status === undefined
      ? null
      : undo.statusSet(texts.status[fields.status] ?? fields.status),
    fields.priority === undefined
      ? null
      : undo.prioritySet(texts.priority[fields.priority] ?? fields.priority),
    fields.category === undefined
      ? null
      : undo.categorySet(texts.category[fields.category] ?? fields.category),
    fields.snoozed_until === undefined
      ? null
      : fields.snoozed_until === null
        ? undo.unsnoozed
        : undo.snoozed(snoozeEnd(Date.parse(fields.snoozed_until))),
    fields.assignee_id === undefined
      ? null
      : fields.assignee_id === null
        ? undo.unassigned
        : undo.assigned(staffName(fields.assignee_id)),
    ...(tags?.add ?? []).map(undo.tagAdded),
    ...(tags?.remove ?? []).map(undo.tagRemoved),
  ].filter((part) => part !== null);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : undo.changed;
}

/** Describes an operation in one line: its text, or the fields that it sets. */
export function operationText(
  { kind, text, change }: Pick<OutboxItem, 'kind' | 'text' | 'change'>,
  staffName: (id: string) => string,
): string {
  const { operations } = texts;
  if (text !== null) return text;
  if (kind === 'close' || kind === 'reopen') return operations[kind];
  const { tags, ...fields } = change ?? {};
  return [
    ...Object.entries(fields).map(([field, value]) =>
      operations.set(texts.fields[field] ?? field, fieldText(field, value ?? null, staffName)),
    ),
    ...(tags?.add ?? []).map(operations.addTag),
    ...(tags?.remove ?? []).map(operations.removeTag),
  ].join(', ');
}

/**
 * The value of a ticket's field, for a person. One that this window does not know is shown as it
 * is.
 */
export function fieldText(
  field: string,
  value: string | null,
  staffName: (id: string) => string,
): string {
  switch (field) {
    case 'assignee_id':
      return value === null ? texts.nobody : staffName(value);
    case 'snoozed_until':
      return value === null
        ? texts.notSnoozed
        : waitsForReply(Date.parse(value))
          ? texts.untilReply
          : texts.until(dateTime(Date.parse(value)));
    case 'status':
      return texts.status[value ?? ''] ?? value ?? texts.noValue;
    case 'priority':
      return texts.priority[value ?? ''] ?? value ?? texts.noValue;
    case 'category':
      return texts.category[value ?? ''] ?? value ?? texts.noValue;
    default:
      return value ?? texts.noValue;
  }
}

/** Title of a bulk, in one line. */
export function bulkText(
  action: BulkAction,
  total: number,
  staffName: (id: string) => string,
): string {
  const { bulk } = texts;
  const count = formatCount(total);
  switch (action.kind) {
    case 'close':
      return bulk.closed(count, total);
    case 'reopen':
      return bulk.reopened(count, total);
    case 'read':
      return bulk.read(count, total);
    case 'unread':
      return bulk.unread(count, total);
    case 'change':
      return bulk.changed(count, total, changeText(action.change, staffName));
  }
}

/** One change that goes with a message, as its chip says it. */
export function actionText(action: SingleAction, staffName: (id: string) => string): string {
  const { composer } = texts;
  if (action.kind === 'tag')
    return action.change === 'add' ? composer.addTag(action.tag) : composer.removeTag(action.tag);
  const { field, value } = action;
  switch (field) {
    case 'status':
      return composer.field(texts.statusLabel, texts.status[value ?? ''] ?? String(value));
    case 'priority':
      return composer.field(texts.priorityLabel, texts.priority[value ?? ''] ?? String(value));
    case 'category':
      return composer.field(texts.categoryLabel, texts.category[value ?? ''] ?? String(value));
    case 'assignee_id':
      return composer.field(texts.assigneeLabel, value === null ? texts.nobody : staffName(value));
  }
}

export function actionsText(actions: SendActions, staffName: (id: string) => string): string {
  return singleActions(actions)
    .map((action) => actionText(action, staffName))
    .join(', ');
}

/** Summary of what is sent with a message: its finish and the number of changes; empty for none. */
export function sentWithText({ sent_with: sentWith }: Pick<OutboxItem, 'sent_with'>): string {
  if (!sentWith) return '';
  const count = singleActions(sentWith.actions).length;
  const finish = sentWith.finish === null ? [] : [texts.composer.finish[sentWith.finish]];
  return [...finish, ...(count > 0 ? [texts.composer.changes(count)] : [])].join(', ');
}
