import type { SyncState, ViewId } from '../contract/bridge.ts';

/** Every word of the window, in one place. */
export const texts = {
  app: 'Staffdesk',
  views: {
    mine: 'Mine', unassigned: 'Unassigned', open: 'All open', urgent: 'Urgent', waiting: 'Waiting', snoozed: 'Snoozed', closed: 'Closed', all: 'All',
    drafts: 'Drafts', 'needs-you': 'Needs you',
  } satisfies Record<ViewId, string>,
  viewsLabel: 'Views',
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
    'needs-you': ['Nothing needs you', 'If something you did cannot be sent, it waits here with the reason.'],
  } satisfies Record<ViewId, readonly [string, string]>,
  status: { open: 'Open', in_progress: 'In progress', waiting: 'Waiting', resolved: 'Resolved', closed: 'Closed' } as Record<string, string>,
  priority: { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent' } as Record<string, string>,
  category: { account: 'Account', trading: 'Trading', funding: 'Funding', technical: 'Technical', billing: 'Billing', other: 'Other' } as Record<string, string>,
  tickets: 'Tickets', search: 'Search', searchHint: 'Search all tickets', searchResults: 'Results', clearSearch: 'Clear search',
  noResults: ['Nothing found', 'Every word must be in one message or subject. "Quotes" keep words together.'],
  noTicket: ['No ticket selected', 'Choose one from the list, or press J to begin at the top.'],
  conversation: 'Conversation', you: 'You', internalNote: 'Internal note', newLine: 'New', earlier: 'Load earlier messages', noMessages: 'No messages yet.', showAll: 'Show all', opened: 'opened',
  close: 'Close', reopen: 'Reopen', details: 'Details',
  messageType: 'Message type', reply: 'Reply', message: 'Message', send: 'Send', sendWhat: { reply: 'reply', note: 'note' }, draftSaved: 'Draft saved', saving: 'Saving',
  replyPlaceholder: (name: string) => `Write to ${name}`, notePlaceholder: 'Write a note that only colleagues see', noteHint: 'Only colleagues see this', replyHint: 'The customer sees this',
  closedHint: 'This ticket is closed.', reopenToReply: 'Reopen to reply',
  queued: 'Queued, goes out when you are online', queuedOnline: 'Queued', sending: 'Sending', needsYou: 'Needs you', retry: 'Retry', discard: 'Discard', copy: 'Copy', useMine: 'Use mine',
  waitingMark: 'waiting to be sent', draftMark: 'draft', needsYouMark: 'needs you', unreadMark: 'unread', previewYou: 'You:', previewStaff: 'Staff:',
  ticketHeading: 'Ticket', statusLabel: 'Status', priorityLabel: 'Priority', assigneeLabel: 'Assignee', categoryLabel: 'Category', tagsLabel: 'Tags', addTag: 'Add tag', removeTag: (tag: string) => `Remove tag ${tag}`,
  nobody: 'Nobody', customer: 'Customer', otherTickets: 'Other tickets', dates: 'Dates', created: 'Opened', updated: 'Updated', resolvedAt: 'Resolved', messages: 'Messages', notConfirmed: 'not sent yet', assignToMe: 'Assign to me',
  outbox: 'Outbox', outboxEmpty: ['Everything has been sent', 'Replies, notes and changes wait here while the server cannot be reached.'], attempts: (n: number) => (n === 1 ? '1 attempt' : `${n} attempts`), openTicket: 'Open ticket', closePanel: 'Close panel', waitingFor: 'Waiting for the server',
  signIn: 'Sign in', signInTitle: 'Sign in to Staffdesk', signingIn: 'Signing in', email: 'Email', password: 'Password', notNow: 'Not now', signInAgain: 'Sign in again to send what is waiting', server: 'Server', signOut: 'Sign out',
  memoryToken: 'This computer has no key store, so Staffdesk asks you to sign in at each start.',
  notifyAsk: 'Turn on notifications', notifyWhy: 'Hear when a customer writes.',
  linkNeeded: ['Open Staffdesk again from its link', 'This window has no key to your desk. Use the link that Staffdesk printed, or start it again.'],
  gone: 'Staffdesk is not running any more. Start it again: everything saved so far is kept.',
  crashed: ['This part of the window stopped', 'Nothing that was saved is lost. Reload the window to go on.'], reload: 'Reload',
  firstSync: 'First sync', firstSyncHint: 'You can work with what is here already.', loading: 'Loading', synced: (time: string) => `Synced ${time}`, tryNow: 'Try now', account: 'Account',
  cannot: {
    notes: 'This server cannot keep internal notes', changes: 'This server cannot change tickets, only close them', assignment: 'This server cannot assign tickets', reopen: 'This server cannot reopen tickets',
    live: 'This server cannot tell when something changes, so Staffdesk looks every minute',
  }, everyMinute: 'Checks every minute',
  discarded: 'Discarded. It stays in the bin for 30 days.', copied: 'Copied', notCopied: { title: 'Not copied.', body: 'Select the text and copy it yourself.' }, openLabel: 'Open',
} as const;

/** The one line that says where sync stands. */
export function syncText(state: SyncState): string {
  switch (state.phase) {
    case 'signed-out': return 'Signed out';
    case 'starting': return 'Connecting';
    case 'first-sync': return `First sync, ${state.tickets_cached.toLocaleString('en')} tickets`;
    case 'catching-up': return state.waiting > 0 ? `Catching up, ${state.waiting} waiting` : 'Catching up';
    case 'live': return state.waiting > 0 ? `Live, ${state.waiting} sending` : 'Live';
    case 'offline': return state.waiting > 0 ? `Offline, ${state.waiting} waiting` : 'Offline';
    case 'sign-in-needed': return state.waiting > 0 ? `Sign in to send, ${state.waiting} waiting` : 'Sign-in needed';
  }
}

/** Why the desk is offline, for a person. */
export const offlineReasons: Record<NonNullable<SyncState['reason']>, string> = {
  unreachable: 'The server cannot be reached. Everything you do is kept.',
  'unexpected-answer': 'Something else answers in place of the server, perhaps a Wi-Fi sign-in page.',
  'server-error': 'The server has a problem. Everything you do is kept.',
  'rate-limited': 'The server asked for a pause. Everything you do is kept.',
};
