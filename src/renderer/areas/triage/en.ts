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
      total === 1 ? `1 ticket: ${what}` : `${n} tickets: ${what}`,
    label: 'Bulk action',
    results: 'Results',
    showResults: 'Show results',
    retry: (n: string) => `Try ${n} again`,
    undoAll: 'Undo all',
    taking: 'Being taken back',
    progress: 'Progress',
    more: (n: string) => `${n} more`,
    empty: 'No results yet.',
    outcomes: {
      todo: (n: string) => `${n} to go`,
      waiting: (n: string) => `${n} waiting`,
      done: (n: string) => `${n} done`,
      'needs-you': (n: string) => `${n} need you`,
      failed: (n: string) => `${n} failed`,
      skipped: (n: string) => `${n} already so`,
      undone: (n: string) => `${n} undone`,
    } satisfies Record<BulkOutcome, (n: string) => string>,
    outcome: {
      todo: 'To go',
      waiting: 'Waiting',
      done: 'Done',
      'needs-you': 'Needs you',
      failed: 'Failed',
      skipped: 'Already so',
      undone: 'Undone',
    } satisfies Record<BulkOutcome, string>,
    gone: 'The ticket is not here any more',
    notUndoable: 'It cannot be taken back any more',
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
    nothing: ['Nothing by that name', 'Delete some letters, or press Escape.'],
    noTime: ['That is not a time', "Try 'tomorrow 9', 'in 3 h', 'fri' or '25 dec'."],
    me: (name: string) => `${name} (you)`,
    newTag: (tag: string) => `New tag "${tag}"`,
    addTags: (tags: string) => `Add the tags ${tags}`,
    current: 'now',
    remove: 'take off',
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
    sooner: 'Wake earlier when the customer replies',
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
    held: 'Reply held',
    goesIn: (seconds: number) => `goes in ${seconds} s`,
    undone: (what: string) => `Undone: ${what}`,
    nothing: 'Nothing to undo',
    closed: 'Ticket closed',
    reopened: 'Ticket reopened',
    statusSet: (to: string) => `Status set to ${to}`,
    prioritySet: (to: string) => `Priority set to ${to}`,
    categorySet: (to: string) => `Category set to ${to}`,
    assigned: (to: string) => `Assigned to ${to}`,
    unassigned: 'Assigned to nobody',
    tagAdded: (tag: string) => `Tag ${tag} added`,
    tagRemoved: (tag: string) => `Tag ${tag} removed`,
    changed: 'Ticket changed',
    snoozed: (until: string) => `Snoozed ${until}`,
    unsnoozed: 'Snooze ended',
    onlyUntilSent: 'This server cannot reopen tickets, so undo before it is sent',
    final: 'This server cannot reopen tickets, so this cannot be undone.',
    leftHeld: (n: number) =>
      n === 1
        ? '1 reply was held when Staffdesk was closed'
        : `${n} replies were held when Staffdesk was closed`,
    leftHeldHint: 'Nothing goes out until you say so.',
    openOutbox: 'Open Outbox',
  },
} as const;
