import type {
  BulkOutcome,
  KeepChoice,
  NoticeChannel,
  NoticeEvent,
  NoticeOwner,
  OutboxItem,
  ParkReason,
  SearchProblem,
  SessionState,
  SyncDetail,
  SyncState,
  TicketSort,
  ViewId,
} from '../../contract/bridge.ts';
import { bridgeErrors } from '../../contract/errors.ts';
import type { PresetId } from '../../core/snooze-words.ts';
import type { CommandGroup } from '../keys/command-groups.ts';
import type { PaletteGroup } from '../areas/palette/palette-groups.ts';
import type { Picker } from '../panels.ts';

/**
 * By command: other words that people look for in the palette, with commas between them. Without
 * commands that have none.
 */
const synonyms: Partial<Record<string, string>> = {
  close: 'resolve, done, finish, archive',
  reopen: 'unresolve, open again',
  assignToMe: 'take, mine',
  markUnread: 'unread, not read, new again, keep as new',
  assign: 'owner, hand over, delegate',
  snooze: 'remind, later, postpone',
  unsnooze: 'wake',
  tag: 'label',
  note: 'comment, private',
  reply: 'answer, respond',
  send: 'submit',
  insertMacro: 'template, canned response, snippet',
  search: 'find',
  priority: 'urgent, important',
  status: 'state',
  category: 'type, topic',
  signOut: 'logout, log out, sign off',
  settings: 'preferences, options',
  themeDark: 'dark mode, night mode',
  themeLight: 'light mode, day mode',
  themeSystem: 'auto mode',
  compact: 'dense, density',
  comfortable: 'density, spacious',
  help: 'hotkeys, keys',
  openOutbox: 'unsent, queue',
  tryNow: 'reconnect, retry, sync',
  copyLink: 'url, share',
  undo: 'take back, revert',
  toggleDetails: 'sidebar, panel',
};

/** Every word of the window, in English: the catalogue that the others must match. */
export const en = {
  // All over the window.
  app: 'Staffdesk',
  loading: 'Loading',
  retry: 'Try again',
  closePanel: 'Close panel',
  reload: 'Reload',
  crashed: [
    'This part of the window stopped',
    'Nothing that was saved is lost. Reload the window to go on.',
  ],
  copied: 'Copied',
  markedUnread: {
    title: 'Marked unread',
    body: 'It stays unread until you open it again or reply.',
  },
  notCopied: {
    title: 'Not copied.',
    body: 'Select the text and copy it yourself.',
  },
  colleague: 'a colleague',
  customer: 'Customer',
  customerNamed: (name: string) => `${name} (customer)`,
  nobody: 'Nobody',
  deactivated: (name: string) => `${name} (deactivated)`,
  ago: (age: string | null) => age ?? 'just now',
  noValue: 'none',
  none: 'none',
  never: 'not yet',
  /**
   * Sentences for errors: what happened, what is safe and what to do. Desk and window share them.
   */
  errors: bridgeErrors,
  /** Why nothing can be saved now. */
  storageFaults: {
    full:
      'The disk is full: nothing new can be saved. What is saved is safe. Free some space, ' +
      'and Staffdesk goes on automatically.',
    'read-only':
      'The data folder cannot be written to: nothing new can be saved. What is saved is ' +
      'safe. Allow it to be changed, and Staffdesk goes on automatically.',
    held:
      'Another program is using the data of Staffdesk. Nothing is lost: what cannot be saved ' +
      'now is saved as soon as that program is done.',
    gone:
      'The data folder was moved or deleted. Nothing is lost while Staffdesk runs. Put the ' +
      'folder back, or make room for it at its place.',
    swapped:
      'A file of the data folder was replaced by another program. Nothing is lost while ' +
      'Staffdesk runs. Close that program; Staffdesk then writes its file again.',
    failed:
      'The disk of the data folder does not work as it should: nothing new can be saved. ' +
      'Check the disk, and keep Staffdesk open until this message is gone.',
  } satisfies Record<NonNullable<NonNullable<SessionState['storage']>['fault']>, string>,
  storageReading: 'You see what was saved last; nothing is sent or received meanwhile.',

  // Signing in.
  signIn: 'Sign in',
  signInTitle: 'Sign in to Staffdesk',
  signingIn: 'Signing in',
  signInAgain:
    'Your session has ended. What you write stays on this computer and goes out once you have signed in.',
  email: 'Email',
  password: 'Password',
  server: 'Server',
  notNow: 'Not now',
  notEncrypted:
    'This connection is not encrypted: others on the network can read your password and ' +
    'all conversations. Sign in only on a network that you trust, and ask your ' +
    'administrator for an https:// address.',
  entry: {
    'no-key': [
      'Open Staffdesk again from its link',
      'This window has no key to your desk. Use the newest link that Staffdesk printed, or start it again.',
    ],
    'key-used': [
      'This link was used before',
      'Each link opens one window. Use the newest link that Staffdesk printed, or start it again.',
    ],
    'address-taken': [
      'Another program used this address before',
      'It left something in this browser that could read along, so nothing was opened ' +
        'here. Start Staffdesk again: it then gets a new address.',
    ],
    gone: [
      'Staffdesk is not running any more',
      'Start it again and open its new link. Everything saved so far is kept.',
    ],
  } satisfies Record<string, readonly [title: string, hint: string]>,
  elsewhere: {
    label: 'Work for another server',
    changed:
      'Another server answers at this address now. Nothing was sent to it. Sign in to work ' +
      'with it; everything for the earlier server is kept on this computer.',
    waits: (unsent: number, drafts: number, server: string) => {
      const work = [];
      if (unsent > 0 || drafts === 0)
        work.push(
          unsent === 1 ? '1 unsent message or change' : `${unsent} unsent messages and changes`,
        );
      if (drafts > 0) work.push(drafts === 1 ? '1 draft' : `${drafts} drafts`);
      const wait = unsent + drafts === 1 ? 'waits' : 'wait';
      return `${work.join(' and ')} ${wait} for ${server}.`;
    },
    goBack: 'Start Staffdesk with that server to send them.',
    unknownServer: 'a server that is not known any more',
    sameServer: 'This is the same server: send them here',
    sameServerHint: 'Choose this only if that server has moved to this address.',
  },

  // The account menu.
  account: 'Account',
  signOut: 'Sign out',
  memoryToken: 'This computer has no key store, so Staffdesk asks you to sign in at each start.',

  // A ticket, wherever it is shown.
  status: {
    open: 'Open',
    in_progress: 'In progress',
    waiting: 'Waiting',
    resolved: 'Resolved',
    closed: 'Closed',
  } as Record<string, string>,
  priority: {
    low: 'Low',
    medium: 'Medium',
    high: 'High',
    urgent: 'Urgent',
  } as Record<string, string>,
  category: {
    account: 'Account',
    trading: 'Trading',
    funding: 'Funding',
    technical: 'Technical',
    billing: 'Billing',
    other: 'Other',
  } as Record<string, string>,
  fields: {
    status: 'Status',
    priority: 'Priority',
    category: 'Category',
    assignee_id: 'Assignee',
    subject: 'Subject',
    snoozed_until: 'Snoozed',
  } as Record<string, string>,
  statusLabel: 'Status',
  priorityLabel: 'Priority',
  assigneeLabel: 'Assignee',
  categoryLabel: 'Category',
  tagsLabel: 'Tags',
  cannot: {
    macros: 'This server keeps no macros',
    notes: 'This server cannot keep internal notes',
    changes: 'This server cannot change tickets, only close them',
    assignment: 'This server cannot assign tickets',
    reopen: 'This server cannot reopen tickets',
    reopenOnceClosed:
      'Close: this server cannot reopen tickets, so this can be undone only until it is sent',
    live: 'This server cannot tell when something changes, so Staffdesk looks every minute',
  },
  /** Descriptions of operations, for their lines in the outbox. */
  operations: {
    close: 'Close the ticket',
    reopen: 'Reopen the ticket',
    addTag: (tag: string) => `Add tag ${tag}`,
    removeTag: (tag: string) => `Remove tag ${tag}`,
    set: (field: string, value: string) => `${field}: ${value}`,
  },
  notSnoozed: 'no',
  untilReply: 'until the customer replies',
  until: (time: string) => `until ${time}`,

  // Views.
  viewsLabel: 'Views',
  views: {
    mine: 'Mine',
    unassigned: 'Unassigned',
    open: 'All open',
    urgent: 'Urgent',
    waiting: 'Waiting',
    snoozed: 'Snoozed',
    closed: 'Closed',
    all: 'All',
    drafts: 'Drafts',
    'needs-you': 'Needs you',
  } satisfies Record<ViewId, string>,
  workingCopy: 'Working copy',
  emptyViews: {
    mine: ['Nothing assigned to you', 'Tickets that you take or are given show here.'],
    unassigned: ['Every ticket has an owner', 'New tickets that nobody has taken show here.'],
    open: ['No open tickets', 'Tickets that still want work show here.'],
    urgent: ['Nothing urgent', 'Open tickets with urgent priority show here.'],
    waiting: ['No customer is waiting', 'Tickets whose customer wrote last show here.'],
    snoozed: ['Nothing is snoozed', 'Snoozed tickets come back by themselves.'],
    closed: ['Nothing closed yet', 'Resolved and closed tickets show here.'],
    all: ['No tickets yet', 'When customers write, their tickets show here.'],
    drafts: ['No drafts', 'What you write is saved as you type and listed here until you send it.'],
    'needs-you': [
      'Nothing needs you',
      'If something you did cannot be sent, it waits here with the reason.',
    ],
  } satisfies Record<ViewId, readonly [string, string]>,
  saved: {
    heading: 'Saved views',
    save: 'Save view',
    saveAs: 'Save this view',
    update: 'Save changes',
    name: 'Name of the view',
    actions: (name: string) => `Change ${name}`,
    rename: 'Rename',
    moveUp: 'Move up',
    moveDown: 'Move down',
    remove: 'Delete',
    removed: (name: string) => `View ${name} deleted`,
  },

  // The list of tickets.
  tickets: 'Tickets',
  list: {
    sort: 'Sort',
    sorts: {
      newest: 'Newest',
      oldest: 'Oldest',
      priority: 'Priority',
      waiting: 'Waiting longest',
    } satisfies Record<TicketSort, string>,
    filter: 'Filter',
    filters: 'Filters',
    unread: 'Unread',
    chip: (field: string, values: string) => `${field}: ${values}`,
    removeFilter: (chip: string) => `Remove filter ${chip}`,
    clear: 'Clear',
    clearFilters: 'Clear filters',
    newAbove: (n: string) => `${n} new above`,
    emptyFiltered: ['Nothing passes these filters', 'Take a filter off to see more.'],
  },
  ticketCount: (n: number) => (n === 1 ? '1 ticket' : `${n} tickets`),
  waitingMark: 'waiting to be sent',
  draftMark: 'draft',
  needsYouMark: 'needs you',
  unreadMark: 'unread',
  previewYou: 'You:',
  previewStaff: 'Staff:',
  moreHits: (n: string) => `and ${n} more`,
  firstSync: 'First sync',
  firstSyncHint: 'You can work with what is here already.',
  onlyOwn: [
    'This server shows you only your own tickets',
    "Customers' tickets do not show here, although they may exist. Ask the administrator " +
      'of the server for access to them.',
  ],

  // Search.
  search: 'Search',
  clearSearch: 'Clear search',
  searchResults: 'Results',
  noResults: [
    'Nothing found',
    'Every word must be in one message or subject. Try fewer words, or the beginning of ' +
      'one. "Quotes" keep words together.',
  ],
  noMatches: [
    'Nothing found',
    'No ticket meets all of this. Leave out one condition, or search for the words alone.',
  ],
  wordsAlone: 'Search for the words alone',
  suggestions: 'Search suggestions',
  recentSearches: 'Recent',
  searchOperators: 'Narrow down',
  searchKeys: 'to choose',
  searchToResults: 'to the results',
  /** By operator: what it asks for. */
  searchHelp: {
    from: 'customer, or a colleague who wrote',
    assignee: 'whose ticket it is',
    status: 'where it stands',
    tag: 'a tag that it has',
    priority: 'how urgent',
    category: 'what about',
    before: 'earlier than a day',
    after: 'a day or later',
    is: 'unread, snoozed, open, closed',
    has: 'a note, a draft',
  } satisfies Record<SearchProblem['operator'], string>,
  searchValues: {
    me: 'you',
    none: 'nobody',
    unread: 'with something you have not seen',
    snoozed: 'sleeping now',
    open: 'still wants work',
    closed: 'resolved or closed',
    note: 'an internal note',
    draft: 'a draft of yours',
    today: 'since midnight',
    yesterday: 'the day before',
    '7d': '7 days ago',
    '30d': '30 days ago',
  } as Record<string, string>,
  /** Searches to try where nothing was found. */
  searchStep: {
    any: (words: string) => `Any of these words: ${words}`,
    spelling: (word: string) => `Search for "${word}"`,
  },
  stillIndexing: 'Older messages are still being indexed and may be missing here.',
  searchProblem: {
    person: (value: string) => `No colleague is called "${value}". Left out of the search.`,
    date: (value: string) =>
      `"${value}" is no day. Try 2026-11-01, yesterday or 7d. Left out of the search.`,
    value: (operator: string, value: string, known: string) =>
      `There is no ${operator} "${value}". Possible: ${known}. It is left out of the search.`,
    shown: (operator: string, value: string, known: string) =>
      `"${operator}:${value}" means nothing. Possible: ${known}. It is left out of the search.`,
  },
  /** Search on the server, among tickets that are not on this computer. */
  older: {
    title: 'Older tickets on the server',
    ask: 'Search older tickets on the server',
    asking: 'Asking the server',
    offline: 'Older tickets are on the server, which cannot be reached now.',
    mark: 'on the server',
    found: (n: number) =>
      n === 0
        ? 'No older ticket on the server has these words'
        : n === 1
          ? '1 older ticket on the server'
          : `${n} older tickets on the server`,
  },

  // A conversation.
  noTicket: ['No ticket selected', 'Choose one from the list, or press J to begin at the top.'],
  notHere: ['This ticket is not on this computer', 'It opens when you are online.'],
  notWhole: 'Loading earlier messages',
  notWholeOffline: 'Earlier messages are not on this computer. They come when you are online.',
  back: 'Back',
  opened: 'opened',
  close: 'Close',
  reopen: 'Reopen',
  conversation: 'Conversation',
  you: 'You',
  internalNote: 'Internal note',
  newLine: 'New',
  earlier: 'Load earlier messages',
  newest: 'Newest',
  newBelow: (n: string) => `${n} new`,
  foundHere: 'found by the search',
  noMessages: 'No messages yet.',
  showAll: 'Show all',
  presence: {
    replying: (names: string, n: number) => `${names} ${n === 1 ? 'is' : 'are'} replying`,
    viewing: (names: string, n: number) => `${names} ${n === 1 ? 'is' : 'are'} here`,
    unknown: 'Presence unknown',
  },

  // The composer.
  messageType: 'Message type',
  reply: 'Reply',
  message: 'Message',
  sendWhat: {
    reply: 'Send reply',
    note: 'Add note',
  },
  draftSaved: 'Draft saved',
  saving: 'Saving',
  replyPlaceholder: (name: string) => `Write to ${name}`,
  notePlaceholder: 'Write a note that only colleagues see',
  replyHint: 'The customer sees this',
  noteHint: 'Only colleagues see this',
  closedHint: 'This ticket is closed.',
  reopenToReply: 'Reopen to reply',
  composer: {
    moreWays: 'More ways to send',
    replyAndWaitHint: 'Snoozed until they write, 3 days at most',
    macroButton: 'macro',
    mentionButton: 'mention',
    macros: 'Macros',
    colleagues: 'Colleagues',
    found: (n: number) =>
      n === 0
        ? 'Nothing fits'
        : n === 1
          ? '1 fits, Tab inserts it'
          : `${n} fit, arrows choose, Tab inserts`,
    chooseHint: 'to choose',
    insertHint: 'to insert',
    actions: 'Goes with it',
    takeOff: (what: string) => `Take off: ${what}`,
    field: (field: string, value: string) => `${field}: ${value}`,
    addTag: (tag: string) => `Add tag ${tag}`,
    removeTag: (tag: string) => `Remove tag ${tag}`,
    noValue: (variable: string) => `${variable} has no value`,
    noValueHint: 'Write it in the text, or remove it, then send.',
    sendAsItIs: 'Send as it is',
    tooLong: (n: number, over: string, limit: string) =>
      `${over} ${n === 1 ? 'character' : 'characters'} over the limit of ${limit}.`,
    tooLongHint: 'Nothing was cut, and nothing is sent. Shorten the text, or send it in parts.',
    tooLongForDraft:
      'It is too long to be saved as a draft, so it is kept in this window only. Shorten ' +
      'it, or copy it elsewhere, before you close the window.',
    sentBefore: 'Already sent, as it was before your change',
    sentBeforeHint:
      'Your earlier press of Send had worked, only its answer was lost. The text in the ' +
      'composer was not sent: send it as another message, or undo the first one.',
    keptHere: 'The end of a draft is not saved yet',
    keptHereHint:
      'Staffdesk keeps it in this window. Sign in here with the same account before you ' +
      'close the window, and it is back in its ticket.',
    replySent: 'Reply sent',
    noteAdded: 'Note added',
    putAway: 'Snoozed until the customer writes',
    finish: {
      close: 'closes the ticket',
      wait: 'waits for the customer',
    },
    changes: (n: number) => (n === 1 ? '1 change' : `${n} changes`),
    withMessage: 'with the message before it',
  },
  versions: 'Earlier versions',
  versionsHint: 'Kept for 7 days. What is in the composer now becomes a version too.',
  noVersions: 'No earlier version of this draft yet.',

  // Details of a ticket.
  details: 'Details',
  ticketHeading: 'Ticket',
  addTag: 'Add tag',
  removeTag: (tag: string) => `Remove tag ${tag}`,
  assignToMe: 'Assign to me',
  otherTickets: 'Other tickets',
  allOfCustomer: (n: string) => `Show all ${n}`,
  similarTickets: 'Similar, solved',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  dates: 'Dates',
  created: 'Opened',
  updated: 'Updated',
  resolvedAt: 'Resolved',
  messages: 'Messages',

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

  // A message or change that has not been sent.
  queued: 'Queued, goes out when you are online',
  queuedOnline: 'Queued',
  sending: 'Sending',
  needsYou: 'Needs you',
  heldSinceQuit: 'Held since Staffdesk was closed',
  waits: {
    heldFor: (seconds: number) => `Held, goes in ${seconds} s`,
    heldSinceQuit: 'Held since Staffdesk was closed, goes when you say so',
    sending: 'Sending now',
    behindParked: 'Waits behind one of this ticket that needs you',
    behindHeld: 'Waits behind a held reply of this ticket',
    behind: 'Waits behind an earlier one of this ticket',
    offline: 'Offline, goes out by itself',
    paused: 'The server asked for a pause, goes out by itself',
    signIn: 'Waits for your sign-in',
    again: 'The server could not take it yet, tries again by itself',
    oddAnswers:
      'The answers of the server are not about this, so it does not count as sent. It is ' +
      'kept and tried again. If this lasts, tell the administrator of the server',
    soon: 'Goes out now',
  },
  /** Why an operation waits for the agent. */
  problems: {
    conflict: 'Someone else changed the same field.',
    stale: 'Something new was written after what you saw.',
    lost: 'The server does not have this any more: it was set back to an older state.',
    'ticket-merged': 'The ticket was merged into another one.',
    'ticket-gone': 'The ticket is not there any more.',
    'ticket-closed': 'The ticket was closed before this went out. Reopen it, then retry.',
    'not-allowed': 'Your account may not do this any more.',
    'not-supported': 'This server cannot do that.',
    'unknown-outcome':
      'Unknown - check. It may have arrived: look at the thread, then retry or discard.',
    refused: 'The server did not accept it.',
    unreadable: 'This entry cannot be read by this version of Staffdesk.',
  } satisfies Record<ParkReason, string>,
  edit: 'Edit',
  discard: 'Discard',
  discarded: 'Discarded',
  discardedHint: 'It stays in the bin for 30 days.',
  copy: 'Copy',

  // A card, where something needs the agent.
  cards: {
    conflict: [
      'Someone else changed this too',
      'Your change has not gone out. Choose what the ticket shall say.',
    ],
    stale: ['Something new was written', 'This has not gone out: you had not seen what follows.'],
    lost: [
      'The server does not have this any more',
      'It was set back to an older state. Your text is kept here.',
    ],
    'ticket-merged': [
      'The ticket was merged',
      'This has not gone out. The conversation goes on in another ticket.',
    ],
    'ticket-gone': [
      'The ticket is not there any more',
      'This has not gone out. Copy what you need.',
    ],
    'ticket-closed': [
      'The ticket was closed before this went out',
      'Reopen it to send your reply, or keep the text.',
    ],
    'not-allowed': [
      'Your account may not do this any more',
      'This has not gone out. Ask an administrator, or copy the text.',
    ],
    'not-supported': ['This server cannot do that', 'This has not gone out. Copy what you need.'],
    'unknown-outcome': [
      'It is not known whether this arrived',
      'Its answer was lost, and this server cannot be asked twice. Look at the conversation first.',
    ],
    refused: [
      'The server did not accept this',
      'It has not gone out. Copy the text before you discard it.',
    ],
    unreadable: [
      'This entry cannot be read by this version',
      'It is kept as it was written. Copy it, or start a newer Staffdesk.',
    ],
  } satisfies Record<NonNullable<OutboxItem['reason']>, readonly [string, string]>,
  newSince: (n: number) => (n === 1 ? '1 new message' : `${n} new messages`),
  waitBehind: (n: number) => (n === 1 ? '1 more waits behind it' : `${n} more wait behind it`),
  moreCards: (n: number) => `${n} more in the Outbox`,
  conflictField: 'Field',
  conflictBase: 'You saw',
  conflictMine: 'Mine',
  conflictTheirs: 'Theirs',
  keepMine: 'Use mine',
  keepTheirs: 'Use theirs',
  allMine: 'All mine',
  allTheirs: 'All theirs',
  applyChoice: 'Apply choice',
  sendAnyway: 'Send anyway',
  closeAnyway: 'Close anyway',
  leaveOpen: 'Leave open',
  sendAgain: 'Send again',
  itIsThere: 'It is there',
  reopenAndSend: 'Reopen and send',
  postTo: (subject: string) => `Post to "${subject}"`,
  applyTo: (subject: string) => `Apply to "${subject}"`,

  // The outbox.
  outbox: 'Outbox',
  outboxTabsLabel: 'Outbox lists',
  outboxTabs: {
    waiting: 'Waiting',
    sent: 'Sent',
    bin: 'Bin',
  },
  outboxMove: 'move',
  outboxOpen: 'open ticket',
  outboxNeedsYou: 'Needs you',
  outboxInOrder: 'Waiting',
  outboxEmpty: [
    'Everything has been sent',
    'Replies, notes and changes wait here while the server cannot be reached.',
  ],
  sentEmpty: [
    'Nothing sent from here yet',
    'Each reply, note and change that the server has confirmed is listed here, once.',
  ],
  binEmpty: ['The bin is empty', 'What you discard stays here for 30 days.'],
  operationKinds: {
    reply: 'Reply',
    note: 'Internal note',
    change: 'Change',
    close: 'Close',
    reopen: 'Reopen',
  } satisfies Record<OutboxItem['kind'], string>,
  attempts: (n: number) => (n === 1 ? '1 attempt' : `${n} attempts`),
  openTicket: 'Open ticket',
  restore: 'Restore',
  salvaged: 'The outbox file was damaged',
  salvagedHint: ({ recovered, damaged, file }: NonNullable<SessionState['salvage']>) =>
    `${recovered} entries came out of it unharmed, ${damaged} could not be read. The damaged file is kept as ${file}.`,

  // The receipt of a message.
  receiptOf: 'How this was sent',
  receiptHint: 'One key was used on every try, so the server took it once.',
  receiptByReading:
    'This server knows no keys: a lost answer is settled by reading the conversation, never by sending twice.',
  notFromHere: ['Sent from somewhere else', 'This desk has no record of how it was sent.'],
  sentOnce: 'Went out once',
  sent: 'Sent',
  queuedAt: 'Queued',
  confirmedAt: 'Confirmed',
  discardedAt: 'Discarded',
  attemptsLabel: 'Attempts',
  keyLabel: 'Key',
  serverId: 'Server id',
  copyWhat: (what: string) => `Copy ${what}`,

  // The state of the sync.
  syncLabel: 'Sync',
  sync: {
    signedOut: 'Signed out',
    starting: 'Connecting',
    firstSync: (tickets: string) => `First sync, ${tickets} tickets`,
    catchingUp: 'Catching up',
    catchingUpWaiting: (n: number) => `Catching up, ${n} waiting`,
    live: 'Live',
    liveSending: (n: number) => `Live, ${n} sending`,
    liveToSend: (n: number) => `Live, ${n} to send`,
    offline: 'Offline',
    offlineWaiting: (n: number) => `Offline, ${n} waiting`,
    signIn: 'Sign-in needed',
    signInWaiting: (n: number) => `Sign in to send, ${n} waiting`,
  },
  /** Why the desk is offline, for a person, where that is said more briefly than as an error. */
  offlineReasons: {
    unreachable: 'The server cannot be reached. Everything you do is kept.',
    'unexpected-answer':
      'Something else answers in place of the server, perhaps a Wi-Fi sign-in page.',
    'server-error': 'The server has a problem. Everything you do is kept.',
    'rate-limited': 'The server asked for a pause. Everything you do is kept.',
    'storage-failed':
      'The files of Staffdesk on this computer cannot be read or written. The disk may be ' +
      'full, or another program may hold them. It is tried again.',
  } satisfies Partial<Record<NonNullable<SyncState['reason']>, string>>,
  everyMinute: 'Checks every minute',
  synced: (time: string) => `Synced ${time}`,
  tryNow: 'Try now',
  syncDetails: 'Sync details',
  syncLast: 'Last sync',
  syncStream: 'Live updates',
  syncLag: 'Last delay',
  syncFailures: 'Failed tries',
  syncNext: 'Next try',
  syncOldest: 'Oldest waiting',
  syncRebuilt: 'Rebuilt',
  syncNeedsYou: 'Needs you',
  syncCached: 'Tickets here',
  streams: {
    connected: 'Connected',
    lost: 'Not connected',
    unsupported: 'Not offered by this server',
  } satisfies Record<SyncDetail['stream'], string>,
  inSeconds: (n: number) => (n <= 0 ? 'now' : `in ${n} s`),

  // Notifications.
  openLabel: 'Open',
  notifyAsk: 'Turn on notifications',
  notifyWhy: 'Hear when a customer writes.',

  // Commands and the palette.
  /** By command: how it is called in the palette, in the list of shortcuts and in tooltips. */
  commands: {
    select: 'Select or unselect the ticket',
    extendNext: 'Extend the selection down',
    extendPrevious: 'Extend the selection up',
    selectAll: 'Select all loaded, then all in the view',
    clearSelection: 'Clear the selection',
    next: 'Next ticket',
    previous: 'Previous ticket',
    read: 'Read the conversation',
    back: 'Back to the list',
    reply: 'Reply',
    note: 'Add an internal note',
    close: 'Close and go to the next',
    assignToMe: 'Assign to me',
    markUnread: 'Mark unread',
    undo: 'Undo',
    search: 'Search',
    assign: 'Assign to someone',
    snooze: 'Snooze',
    unsnooze: 'Unsnooze',
    priority: 'Set the priority',
    tag: 'Add or remove a tag',
    status: 'Set the status',
    category: 'Set the category',
    reopen: 'Reopen',
    copyLink: 'Copy link to this ticket',
    copySubject: 'Copy subject',
    goMine: 'Go to Mine',
    goUnassigned: 'Go to Unassigned',
    goOpen: 'Go to All open',
    goUrgent: 'Go to Urgent',
    goWaiting: 'Go to Waiting',
    goSnoozed: 'Go to Snoozed',
    goClosed: 'Go to Closed',
    goAll: 'Go to All',
    goDrafts: 'Go to Drafts',
    goNeedsYou: 'Go to Needs you',
    openOutbox: 'Open the Outbox',
    palette: 'Command palette',
    help: 'Keyboard shortcuts',
    editShortcuts: 'Change keyboard shortcuts',
    toggleDetails: 'Show or hide details',
    settings: 'Settings',
    themeLight: 'Use the light theme',
    themeDark: 'Use the dark theme',
    themeSystem: 'Use the theme of this computer',
    compact: 'Use compact rows',
    comfortable: 'Use comfortable rows',
    tryNow: 'Try to connect now',
    newWindow: 'Open another window',
    signOut: 'Sign out',
    send: 'Send',
    replyAndClose: 'Reply and close',
    replyAndWait: 'Reply and wait for the customer',
    insertMacro: 'Insert a macro',
  },
  commandGroups: {
    move: 'Moving',
    ticket: 'The ticket',
    write: 'Writing',
    views: 'Views',
    app: 'Staffdesk',
  } satisfies Record<CommandGroup, string>,
  synonyms,
  palette: {
    placeholder: 'Search commands, tickets and customers',
    groups: {
      recent: 'Recent',
      commands: 'Commands',
      macros: 'Macros',
      views: 'Views',
      tickets: 'Tickets',
      customers: 'Customers',
      settings: 'Settings',
    } satisfies Record<PaletteGroup | 'recent', string>,
    nothing: ['Nothing by that name', 'Try fewer letters, a customer, or a word of the ticket.'],
    asking: 'Looking for tickets',
  },

  // Shortcuts.
  shortcuts: {
    edit: 'Edit',
    done: 'Done',
    press: 'Press a key',
    none: 'none',
    change: (command: string) => `Change the key of ${command}`,
    reset: 'Reset',
    resetOne: (command: string) => `Reset the key of ${command}`,
    resetAll: 'Reset all',
    remove: 'No key',
    taken: (key: string) => `${key} is needed by the window itself. Choose another key.`,
    clash: (key: string, command: string) => `${key} belongs to "${command}".`,
    swap: 'Swap',
    cancel: 'Cancel',
    hint: 'Plain keys do nothing while you write.',
    editHint: "Press a command's key to give it another one.",
    other: {
      arrows: 'Move in a list',
      escape: 'Leave a field, close a panel',
      send: 'Send what is written',
    },
  },
  /** Labels of keys that do not show the letter itself. */
  keyNames: {
    Mod: 'Ctrl',
    Shift: 'Shift',
    Space: 'Space',
    Enter: '↵',
    Escape: 'Esc',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Delete: 'Del',
    Backspace: '⌫',
  } as Record<string, string>,
  escapeKey: 'Esc',

  // Settings.
  settings: 'Settings',
  done: 'Done',
  settingsSectionsLabel: 'Settings sections',
  settingsSections: {
    account: 'Account',
    notifications: 'Notifications',
    quiet: 'Quiet hours',
    undo: 'Undo send',
    appearance: 'Appearance',
    shortcuts: 'Shortcuts',
    storage: 'Storage',
    about: 'About',
  },
  accountSettings: {
    name: 'Name',
    email: 'Email',
    role: 'Role',
    roles: {
      staff: 'Agent',
      admin: 'Administrator',
    } as Record<string, string>,
    token: 'Sign-in kept',
    tokenPlaces: {
      os: 'In the key store of this computer',
      memory: 'Only until Staffdesk is closed',
    },
    signOutHint: 'Drafts and what waits to be sent stay on this computer, for your account only.',
  },
  undoWindow: 'Undo send',
  undoWindowHint: 'How long a reply is held before it goes, so that you can take it back.',
  undoSeconds: (n: number) => (n === 0 ? 'Off' : `${n} s`),
  heldAtQuitLabel: 'When Staffdesk is closed in that time',
  heldAtQuitHint: 'A reply that cannot go out before Staffdesk ends goes at the next start.',
  heldAtQuit: {
    send: 'Send it',
    ask: 'Ask at the next start',
  },
  appearance: {
    theme: 'Theme',
    themes: {
      system: 'Like the system',
      light: 'Light',
      dark: 'Dark',
    },
    density: 'Density',
    densityHint: 'Compact shows about two fifths more tickets at once.',
    densities: {
      comfortable: 'Comfortable',
      compact: 'Compact',
    },
    language: 'Language',
    languageHint: 'What customers and colleagues wrote stays as it is.',
    languages: {
      system: 'Like the system',
      en: 'English',
      de: 'Deutsch',
    },
  },
  notices: {
    title: 'What you hear of',
    hint: 'By what happened and whose ticket it is. Never for the ticket in front of you.',
    events: {
      reply: 'A customer writes',
      mention: 'A colleague mentions you',
      assigned: 'A ticket is given to you',
    } satisfies Record<NoticeEvent, string>,
    owners: {
      mine: 'Mine',
      unassigned: 'Unassigned',
      others: 'Others',
    } satisfies Record<NoticeOwner, string>,
    channels: {
      banner: 'Banner',
      sound: 'Sound',
      badge: 'Badge',
    } satisfies Record<NoticeChannel, string>,
    what: 'Event',
    cell: (event: string, owner: string, channel: string) => `${event}, ${owner}: ${channel}`,
    legend: 'Banner, sound, number on the icon',
    hideText: 'Hide text on banners',
    hideTextHint: 'A banner then names no customer and shows none of their words.',
    permission: {
      granted: 'Banners are allowed.',
      denied:
        'Banners were refused for Staffdesk, so news shows inside this window. To change ' +
        'that, allow notifications for it in the settings of the browser or system.',
      default: 'Staffdesk has not asked for banners yet, so news shows inside this window.',
      unsupported: 'This system has no banners, so news shows inside this window.',
      system:
        'Banners come from Staffdesk itself. Where none show, allow them for Staffdesk in the settings of the system.',
    },
  },
  quiet: {
    on: 'Keep quiet hours',
    hint: 'No banner and no sound in these hours. The number on the icon still counts.',
    weekday: 'Weekday',
    from: 'From',
    to: 'To',
    fromOf: (day: string) => `${day}, from`,
    toOf: (day: string) => `${day}, to`,
    allDay: 'all day',
    nextDay: 'next day',
    breaks: 'May break them',
    breakers: {
      mention: 'A colleague mentions me',
      urgent: 'An urgent ticket',
    },
  },
  storage: {
    title: 'On this computer',
    tickets: 'Tickets',
    messages: 'Messages',
    drafts: 'Drafts',
    waiting: 'Waiting to be sent',
    cacheSize: 'Copy of the server',
    outboxSize: 'Your own work',
    folder: 'Folder',
    clearTitle: 'Clear the copy',
    clearHint:
      'The copy of the server is removed and loaded again. Drafts, what waits to be sent and settings stay.',
    clear: 'Clear the copy and load again',
    clearing: 'Clearing',
    cleared: {
      title: 'The copy was cleared',
      body: 'It is loading again.',
    },
  },
  /** How far back closed tickets are kept on this computer. */
  kept: {
    label: 'Closed tickets on this computer',
    choices: {
      auto: 'Automatic',
      all: 'All',
      30: '30 days',
      90: '90 days',
      180: '180 days',
      365: '1 year',
    } satisfies Record<KeepChoice, string>,
    all: 'All closed tickets are here.',
    small: 'There are at most 20,000 tickets, so nothing is left out.',
    since: (days: number) =>
      `Closed tickets without news for ${days} days are not kept here. They are fetched when you open or search them.`,
    large: 'There are more than 20,000 tickets.',
    allOfLevel1: 'All closed tickets are kept: this server can only list everything.',
    line: (days: number) => `Closed tickets of the last ${days} days are on this computer.`,
    change: 'Change',
    bounded: 'What leaves makes room for what comes; space beyond 4 MB is given back to the disk.',
  },
  about: {
    version: 'Staffdesk',
    sqlite: 'SQLite',
    node: 'Node.js',
    electron: 'Electron',
    chromium: 'Chromium',
    licence: 'Staffdesk is free software under the MIT licence.',
    licences: 'Licences of what it is made of',
    packages: (n: string) => `${n} packages`,
  },
} as const;

/** A text may differ between languages, its place and its variables may not. */
type Translated<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly [string, string]
      ? readonly [string, string]
      : { readonly [K in keyof T]: Translated<T[K]> };
export type Catalogue = Translated<typeof en>;
