import type { BulkOutcome } from '../../../contract/bridge.ts';
import type { PresetId } from '../../../core/snooze-words.ts';
import type { Picker } from '../../panels.ts';

/** The words of changes of one ticket and of many, and undo, in English. */
export const triageEn = {
  // Several tickets at once.
  selection: {
    label: 'Selection',
    selected: (n: string) => `${n} selected`,
    all: (n: string) => `Select all ${n} in this view`,
    clear: 'Clear',
    hint: 'Clear the selection',
    close: 'Close',
    assign: 'Assign',
    status: 'Status',
    priority: 'Priority',
    category: 'Category',
    tag: 'Tag',
    snooze: 'Snooze',
    read: 'Mark read',
    me: 'Me',
    tagName: 'Tag to add',
    addTag: 'Add tag',
    pick: 'select',
  },
  bulk: {
    closed: (n: string, total: number) => (total === 1 ? '1 ticket closed' : `${n} tickets closed`),
    reopened: (n: string, total: number) =>
      total === 1 ? '1 ticket reopened' : `${n} tickets reopened`,
    read: (n: string, total: number) =>
      total === 1 ? '1 ticket marked read' : `${n} tickets marked read`,
    unread: (n: string, total: number) =>
      total === 1 ? '1 ticket marked unread' : `${n} tickets marked unread`,
    changed: (n: string, total: number, what: string) =>
      `${total === 1 ? '1 ticket' : `${n} tickets`} ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
    label: 'Bulk action',
    results: 'Results',
    showResults: 'Show results',
    retry: (n: string) => `Try ${n} again`,
    undoAll: 'Undo all',
    taking: 'Undoing',
    progress: 'Progress',
    more: (n: string) => `${n} more`,
    empty: 'No results yet.',
    outcomes: {
      todo: (n: string) => `${n} to go`,
      waiting: (n: string) => `${n} to send`,
      done: (n: string) => `${n} done`,
      'not-sent': (n: string) => `${n} not sent`,
      failed: (n: string) => `${n} failed`,
      skipped: (n: string) => `${n} unchanged`,
      undone: (n: string) => `${n} undone`,
    } satisfies Record<BulkOutcome, (n: string) => string>,
    outcome: {
      todo: 'To go',
      waiting: 'To send',
      done: 'Done',
      'not-sent': 'Not sent',
      failed: 'Failed',
      skipped: 'Unchanged',
      undone: 'Undone',
    } satisfies Record<BulkOutcome, string>,
    gone: 'This ticket is no longer here',
    notUndoable: 'This can no longer be undone',
    showMore: (n: string) => `Show ${n} more`,
  },

  // Pickers and snoozing.
  pickers: {
    titles: {
      assignee: 'Assign',
      snooze: 'Snooze',
      priority: 'Priority',
      tags: 'Tags',
      status: 'Status',
      category: 'Category',
    } satisfies Record<Picker, string>,
    placeholders: {
      assignee: 'Assign to',
      snooze: 'Snooze until: tomorrow 9, in 3 h, fri',
      priority: 'Set the priority',
      tags: 'Add or remove a tag',
      status: 'Set the status',
      category: 'Set the category',
    } satisfies Record<Picker, string>,
    nothing: ['No results', 'Delete some letters, or press Escape.'],
    noTime: ['That is not a time', "Try 'tomorrow 9', 'in 3 h', 'fri' or '25 dec'."],
    me: (name: string) => `${name} (you)`,
    newTag: (tag: string) => `New tag "${tag}"`,
    addTags: (tags: string) => `Add the tags ${tags}`,
    current: 'now',
    remove: 'remove',
  },
  snooze: {
    presets: {
      laterToday: 'Later today',
      tomorrow: 'Tomorrow',
      weekend: 'This weekend',
      nextWeek: 'Next week',
      nextMonth: 'Next month',
    } satisfies Record<PresetId, string>,
    untilReplyOption: 'When the customer replies',
    wake: 'Unsnooze',
    sooner: 'Wake if the customer replies',
    until: (time: string) => `until ${time}`,
    untilReply: 'until the customer replies',
    asleep: (time: string) => `Until ${time}`,
    asleepUntilReply: 'Until a reply',
    wokeByTime: (time: string) => `Snoozed until ${time}`,
    wokeByReply: 'Customer replied',
    asleepLabel: 'Snoozed',
  },

  // Undo.
  undo: {
    undo: 'Undo',
    sendNow: 'Send now',
    sendingIn: (seconds: number) => `Sending in ${seconds} s`,
    undone: (what: string) => `Undone: ${what}`,
    nothing: 'Nothing to undo',
    closed: 'Ticket closed',
    reopened: 'Ticket reopened',
    statusSet: (to: string) => `Set to ${to}`,
    prioritySet: (to: string) => `Set to ${to} priority`,
    categorySet: (to: string) => `Moved to ${to}`,
    assigned: (to: string) => `Assigned to ${to}`,
    unassigned: 'Unassigned',
    tagAdded: (tag: string) => `Tagged ${tag}`,
    tagRemoved: (tag: string) => `No longer tagged ${tag}`,
    changed: 'Changed',
    snoozed: (until: string) => `Snoozed ${until}`,
    unsnoozed: 'No longer snoozed',
    unread: 'Marked unread',
    staysUnread: {
      title: 'Still unread',
      body: 'Something new has come since you marked it unread.',
    },
    onlyUntilSent: 'This server cannot reopen tickets, so undo before it is sent',
    final: 'This server cannot reopen tickets, so this cannot be undone.',
    leftHeld: (n: number) =>
      n === 1
        ? '1 reply was not sent before you quit'
        : `${n} replies were not sent before you quit`,
    leftHeldHint: 'Review it in the Outbox.',
    openOutbox: 'Open Outbox',
  },
} as const;
