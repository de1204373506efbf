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
    wakesAtLatest: 'Without a reply it wakes after',
    waitFor: (days: number) =>
      days % 7 === 0
        ? days === 7
          ? '1 week'
          : `${days / 7} weeks`
        : days === 1
          ? '1 day'
          : `${days} days`,
    macroButton: 'macro',
    mentionButton: 'mention',
    macros: 'Macros',
    colleagues: 'Colleagues',
    found: (n: number) =>
      n === 0
        ? 'No match'
        : n === 1
          ? '1 match, Tab inserts it'
          : `${n} matches, arrow keys choose, Tab inserts`,
    chooseHint: 'to choose',
    insertHint: 'to insert',
    actions: 'Also applies',
    takeOff: (what: string) => `Remove ${what}`,
    field: (field: string, value: string) => `${field}: ${value}`,
    addTag: (tag: string) => `Add tag ${tag}`,
    removeTag: (tag: string) => `Remove tag ${tag}`,
    noValue: (variable: string) => `${variable} has no value`,
    noValueHint: 'Write it in the text or remove it, then send.',
    sendAsItIs: 'Send as it is',
    tooLong: (n: number, over: string, limit: string) =>
      `${over} ${n === 1 ? 'character' : 'characters'} over the limit of ${limit}.`,
    tooLongHint: 'Nothing was cut, and nothing is sent. Shorten the text, or send it in parts.',
    tooLongForDraft:
      'It is too long to be saved as a draft, so it is kept in this window only. Shorten ' +
      'it, or copy it elsewhere, before you close the window.',
    sentBefore: 'Already sent, as it was before your change',
    sentBeforeHint:
      'Your first Send worked, but its confirmation was lost. The text in the composer was ' +
      'not sent: send it as another message, or undo the first one.',
    keptHere: 'The end of a draft is not saved yet',
    keptHereHint:
      'Staffdesk keeps it in this window. To get it back into its ticket, sign in here with ' +
      'the same account before you close the window.',
    replySent: 'Reply sent',
    noteAdded: 'Note added',
    putAway: 'Snoozed until the customer replies',
    finish: {
      close: 'closes the ticket',
      wait: 'snoozes the ticket until they reply',
    },
    changes: (n: number) => (n === 1 ? '1 change' : `${n} changes`),
    withMessage: 'with the message before it',
  },
  versions: 'Earlier versions',
  versionsHint: 'Kept for 7 days. The current text becomes a version too.',
  noVersions: 'No earlier version of this draft yet.',
} as const;
