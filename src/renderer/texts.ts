import type { Snooze, SyncState, TicketFieldChange } from '../contract/bridge.ts';
import { waitsForReply } from '../core/snooze.ts';
import type { Catalogue } from './catalogues/en.ts';
import { en } from './catalogues/en.ts';
import { formatCount, nearTime } from './ui/format.ts';

/** The window's words in the language that is shown. Read it while drawing, never keep a part of it: the language can change. */
export let texts: Catalogue = en;

/** Changes the language of everything that is drawn from now on; its dates and numbers are ui/format.ts's `setLocale`. */
export function setCatalogue(catalogue: Catalogue): void {
  texts = catalogue;
}

/** The one line that says where sync stands. */
export function syncText({ phase, waiting, tickets_cached: cached }: SyncState): string {
  const { sync } = texts;
  switch (phase) {
    case 'signed-out': return sync.signedOut;
    case 'starting': return sync.starting;
    case 'first-sync': return sync.firstSync(formatCount(cached));
    case 'catching-up': return waiting > 0 ? sync.catchingUpWaiting(waiting) : sync.catchingUp;
    case 'live': return waiting > 0 ? sync.liveSending(waiting) : sync.live;
    case 'offline': return waiting > 0 ? sync.offlineWaiting(waiting) : sync.offline;
    case 'sign-in-needed': return waiting > 0 ? sync.signInWaiting(waiting) : sync.signIn;
  }
}

/** When a snooze ends, for a person. */
function snoozeEnd(until: number): string {
  return waitsForReply(until) ? texts.snooze.untilReply : texts.snooze.until(nearTime(until, Date.now()));
}

/** Why a ticket sleeps, or has come back. */
export function snoozeText(snooze: Snooze, now: number): string {
  if (snooze.state === 'asleep') return snooze.until === null ? texts.snooze.asleepUntilReply : texts.snooze.asleep(nearTime(snooze.until, now));
  return snooze.by === 'reply' ? texts.snooze.wokeByReply : texts.snooze.wokeByTime(nearTime(snooze.at, now));
}

/** What a change of fields did, for the line that offers to take it back. */
export function changeText(change: TicketFieldChange, staffName: (id: string) => string): string {
  const { undo } = texts;
  const { tags, ...fields } = change;
  const parts = [
    fields.status === undefined ? null : undo.statusSet(texts.status[fields.status] ?? fields.status),
    fields.priority === undefined ? null : undo.prioritySet(texts.priority[fields.priority] ?? fields.priority),
    fields.category === undefined ? null : undo.categorySet(texts.category[fields.category] ?? fields.category),
    fields.snoozed_until === undefined ? null : fields.snoozed_until === null ? undo.unsnoozed : undo.snoozed(snoozeEnd(Date.parse(fields.snoozed_until))),
    fields.assignee_id === undefined ? null : fields.assignee_id === null ? undo.unassigned : undo.assigned(staffName(fields.assignee_id)),
    ...(tags?.add ?? []).map(undo.tagAdded), ...(tags?.remove ?? []).map(undo.tagRemoved),
  ].filter((part) => part !== null);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : undo.changed;
}
