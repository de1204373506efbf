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
  queued: "Sends when you're back online",
  queuedOnline: 'To send',
  sending: 'Sending',
  notSent: 'Not sent',
  heldSinceQuit: 'Not sent: Staffdesk was closed',
  waits: {
    heldFor: (seconds: number) => `Sending in ${seconds} s`,
    heldSinceQuit: 'Not sent: Staffdesk was closed. Send it now?',
    sending: 'Sending',
    behindParked: 'Blocked by a reply that needs your review',
    behindHeld: 'Sends after the reply before it',
    behind: 'Sends after the change before it',
    offline: "Sends when you're back online",
    paused: 'Too many requests: retrying shortly',
    signIn: 'Sends after you sign in',
    again: 'The server could not take it yet: retrying shortly',
    oddAnswers:
      "The server's answers do not match this, so it does not count as sent. It is kept and " +
      "retried. If this lasts, tell the server's administrator",
    soon: 'Sending shortly',
  },
  /** Why an operation waits for the agent. */
  problems: {
    conflict: 'Someone else changed the same field.',
    stale: 'New messages arrived after you wrote this.',
    lost: 'The server no longer has this: it was restored to an earlier state.',
    'ticket-merged': 'This ticket was merged into another one.',
    'ticket-gone': 'This ticket was deleted.',
    'ticket-closed': 'The ticket was closed before this was sent. Reopen it, then retry.',
    'not-allowed': 'Your account is no longer allowed to do this.',
    'not-supported': 'This server cannot do that.',
    'unknown-outcome':
      "We can't tell if this was delivered. Check the conversation, then send again or discard.",
    refused: 'The server rejected this.',
    unreadable: 'This version of Staffdesk cannot read this entry.',
  } satisfies Record<ParkReason, string>,
  edit: 'Edit',
  sendLater: 'Send when online',
  review: 'review',
  discard: 'Discard',
  discarded: 'Discarded',
  discardedHint: 'Kept for 30 days in the Outbox, under Discarded.',
  copy: 'Copy',

  // A card, where something needs the agent.
  cards: {
    conflict: [
      'Someone else also changed this ticket',
      'Your change was not sent. Which value should it keep?',
    ],
    stale: ['New messages arrived before this was sent', 'Not sent yet. Read them first:'],
    lost: [
      'The server no longer has this',
      'It was restored to an earlier state. Your text is kept here.',
    ],
    'ticket-merged': [
      'This ticket was merged',
      'Not sent yet. The conversation continues in another ticket.',
    ],
    'ticket-gone': ['This ticket was deleted', 'Your text was not sent. Copy what you need.'],
    'ticket-closed': [
      'The ticket was closed before this was sent',
      'Reopen it to send your reply, or keep the text.',
    ],
    'not-allowed': [
      'Your account is no longer allowed to do this',
      'Not sent. Ask an administrator, or copy the text.',
    ],
    'not-supported': ['This server cannot do that', 'Not sent. Copy what you need.'],
    'unknown-outcome': [
      "We can't tell if this was delivered",
      'The confirmation was lost. Check the conversation first.',
    ],
    refused: ['The server rejected this', 'Not sent. Copy the text before you discard it.'],
    unreadable: [
      'This version of Staffdesk cannot read this entry',
      'It is kept as written. Copy it, or start a newer version.',
    ],
  } satisfies Record<NonNullable<OutboxItem['reason']>, readonly [string, string]>,
  newSince: (n: number) => (n === 1 ? '1 new message' : `${n} new messages`),
  waitBehind: (n: number) => (n === 1 ? '1 more will follow' : `${n} more will follow`),
  moreCards: (n: number) => `${n} more in the Outbox`,
  conflictField: 'Field',
  conflictBase: 'Before',
  conflictMine: 'Yours',
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
  itIsThere: 'It arrived',
  reopenAndSend: 'Reopen and send',
  postTo: (subject: string) => `Post to "${subject}"`,
  applyTo: (subject: string) => `Apply to "${subject}"`,

  // The outbox.
  outbox: 'Outbox',
  outboxTabsLabel: 'Outbox lists',
  outboxTabs: {
    waiting: 'Unsent',
    sent: 'Sent',
    bin: 'Discarded',
  },
  outboxMove: 'move',
  outboxOpen: 'open ticket',
  outboxNotSent: 'Not sent',
  outboxInOrder: 'To send',
  outboxEmpty: [
    'Nothing to send',
    'Replies, notes and changes are listed here until the server has confirmed them.',
  ],
  sentEmpty: [
    'Nothing sent from here yet',
    'Each reply, note and change that the server has confirmed is listed here once.',
  ],
  binEmpty: ['Nothing discarded', 'Discarded items are kept here for 30 days.'],
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
  salvaged: 'The Outbox file was damaged',
  salvagedHint: ({ recovered, damaged, file }: NonNullable<SessionState['salvage']>) =>
    `${recovered} entries were recovered, ${damaged} could not be read. The damaged file is kept as ${file}.`,

  // The receipt of a message.
  receiptOf: 'How this was sent',
  receiptHint: "Retries can't create a duplicate.",
  receiptByReading:
    'If a confirmation is lost, Staffdesk checks the conversation instead of sending twice.',
  notFromHere: ['Sent from somewhere else', 'This computer has no record of how it was sent.'],
  sentOnce: 'Delivered once',
  sent: 'Sent',
  queuedAt: 'Queued',
  confirmedAt: 'Confirmed',
  discardedAt: 'Discarded',
  attemptsLabel: 'Attempts',
  keyLabel: 'Key',
  serverId: 'Server id',
  copyWhat: (what: string) => `Copy ${what}`,
} as const;
