/** The words of the composer, in English. */
export const composeEn = {
  internalNote: 'Internal note',
  newLine: 'New',

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
} as const;
