import type { OutboxItem, ParkReason, SessionState } from '../../../contract/bridge.ts';

/** The words of the outbox and its cards, in English. */
export const outboxEn = {
  /** Descriptions of operations, for their lines in the outbox. */
  operations: {
    close: 'Close the ticket',
    reopen: 'Reopen the ticket',
    addTag: (tag: string) => `Add tag ${tag}`,
    removeTag: (tag: string) => `Remove tag ${tag}`,
    set: (field: string, value: string) => `${field}: ${value}`,
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
} as const;
