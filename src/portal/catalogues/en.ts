/** Every word of the customer's page in English: the catalogue that the others must match. */
export const en = {
  // Around every screen.
  support: 'Support',
  tickets: 'Tickets',
  faq: 'FAQ',
  sections: 'Support sections',
  skip: 'Skip to the content',
  language: 'Language',
  signOut: 'Sign out',
  signedInAs: (name: string) => `Signed in as ${name}`,

  // Signing in, registering, signing out.
  signIn: {
    title: 'Sign in to support',
    email: 'Email',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in...',
    needed: 'Sign in to see your tickets.',
    noAccount: 'No account yet?',
    register: 'Create an account',
  },
  register: {
    title: 'Create an account',
    name: 'Full name',
    submit: 'Create account',
    busy: 'Creating...',
    passwordHint: (n: number) => `At least ${n} characters`,
    haveOne: 'Already have an account?',
    signIn: 'Sign in',
  },
  leave: {
    title: 'Sign out with unsent text?',
    hint:
      'Signing out removes text that you have not sent from this browser, so that nobody ' +
      'else who uses it can read it. To keep it, stay signed in and send it first.',
    stay: 'Stay signed in',
    signOut: 'Sign out',
  },

  // The list of tickets.
  list: {
    older: 'Show older tickets',
    begun: 'You began a ticket and have not sent it:',
    goOn: 'Continue writing',
    title: 'Your tickets',
    create: 'New ticket',
    empty: 'No tickets yet',
    emptyHint: "Something not working? Open a ticket and we'll reply here.",
    updated: (when: string) => `Updated ${when}`,
    loading: 'Loading your tickets',
  },

  // A new ticket.
  create: {
    title: 'New ticket',
    subject: 'Subject',
    category: 'Category',
    priority: 'Priority',
    message: 'Message',
    messageHint: (least: number) =>
      `What happened, and what did you expect? At least ${least} characters.`,
    submit: 'Create ticket',
    busy: 'Creating...',
    cancel: 'Cancel',
    created: 'Ticket created',
    twins:
      'Your ticket is here twice, because the connection broke while it was being sent. ' +
      'Write in one of the two, and close the other one.',
    otherTwin: 'Open the other one',
    subjectError: 'Use 5 to 200 characters for the subject.',
    messageError: (least: number) => `Use at least ${least} characters, so that we can help.`,
  },

  // A ticket.
  ticket: {
    earlier: 'Show earlier messages',
    earlierBusy: 'Loading...',
    back: 'Back to tickets',
    conversation: 'Conversation',
    empty: 'No messages yet',
    you: 'You',
    team: 'Support Team',
    loading: 'Loading the conversation',
    message: 'Message',
    placeholder: 'Type your message',
    hint: (least: number) => `Minimum ${least} ${least === 1 ? 'character' : 'characters'}`,
    keys: 'Enter sends, Shift+Enter starts a new line',
    tooShort: (least: number) =>
      `Please write at least ${least} ${least === 1 ? 'character' : 'characters'}.`,
    send: 'Send',
    sending: 'Sending...',
    sent: 'Message sent successfully',
    notSent: 'Your message was not sent. It is still here.',
    retry: 'Try again',
    arrivedBefore:
      'Your message had already arrived. Text that you added since is still here: send it when it is ready.',
    arrivedTwice:
      'Your message is here twice, because the connection broke while it was being sent. ' +
      'You do not need to do anything.',
    unsentHint:
      'You wrote this before it was closed, and it was not sent. You can copy it into a new ticket:',
    printedFrom:
      'This page does not have the earliest messages of this conversation. Choose "Show ' +
      'earlier messages" before you print to include them.',
    close: 'Close Ticket',
    closeAsk: 'Close this ticket?',
    closeHint: 'Close it when your question is answered. You can still read the conversation.',
    closeYes: 'Close ticket',
    cancel: 'Cancel',
    closing: 'Closing...',
    closed: 'Ticket closed successfully',
    isClosed: 'This ticket is closed',
    isClosedHint: 'You can read it here. Open a new ticket if you need more help.',
    details: 'Ticket details',
    status: 'Status',
    category: 'Category',
    priority: 'Priority',
    created: 'Created',
    updated: 'Last updated',
    help: 'Need help sooner?',
    helpHint: 'Call us:',
    newMessages: 'New message from support',
    number: (id: string) => `Ticket ${id}`,
  },
  openMerged: 'Open that ticket',
  statuses: {
    open: 'Open',
    in_progress: 'In progress',
    waiting: 'Waiting for us',
    resolved: 'Resolved',
    closed: 'Closed',
  } as Record<string, string>,
  priorities: {
    low: 'Low',
    medium: 'Medium',
    high: 'High',
    urgent: 'Urgent',
  } as Record<string, string>,
  categories: {
    account: 'Account',
    trading: 'Trading',
    funding: 'Funding',
    technical: 'Technical',
    billing: 'Billing',
    other: 'Other',
  } as Record<string, string>,

  // Questions and answers.
  help: {
    title: 'Frequently asked questions',
    search: 'Search the questions',
    searchHint: 'Type at least 3 characters',
    categories: 'Topics',
    all: 'All topics',
    none: 'Nothing found',
    noneHint: 'Try other words, or open a ticket.',
    empty: 'No questions yet',
    loading: 'Loading the questions',
  },

  // When something fails.
  failures: {
    unreachable: [
      'We cannot be reached',
      'Check your network, then try again. What you wrote is still here.',
    ],
    'signed-out': ['You are signed out', 'Sign in to continue.'],
    'not-found': ['Ticket not found', 'It does not exist, or it belongs to someone else.'],
    merged: ['This conversation goes on in another ticket', 'We put two of your tickets together.'],
    closed: ['This ticket is closed', 'Open a new ticket if you need more help.'],
    taken: [
      'The account could not be created',
      'If you already have an account with this email address, sign in with its password.',
    ],
    'wrong-credentials': ['Wrong email or password', 'Check both and try again.'],
    deactivated: [
      'This account was deactivated',
      'Contact our support team if you did not expect this.',
    ],
    'in-progress': [
      'We are still receiving it',
      'Wait a moment, then try again. It will not be sent twice.',
    ],
    'key-used': [
      'Something went wrong on our side',
      'It is not your fault. Try again in a moment.',
    ],
    'slow-down': ['Too many tries', 'Wait a minute, then try again.'],
    'too-much': [
      'You have written a lot in a short time',
      'Your text is still here. Wait a while, then send it again.',
    ],
    'too-long': [
      'That is too long to send',
      'Your text is still here. Shorten it, or send it in parts.',
    ],
    invalid: ['Something is missing', 'Check what you entered and try again.'],
    'invalid-name': [
      'This name cannot be used',
      'Enter your own name. Names such as Support Team are reserved for us.',
    ],
    'invalid-email': [
      'This email address cannot be used',
      'Type it again. It may hold invisible characters or letters of another alphabet.',
    ],
    server: ['Something went wrong on our side', 'It is not your fault. Try again in a moment.'],
  },
  serverSays: (words: string) => `The server says: ${words}`,
  tooLong: (over: number) =>
    `This is too long by ${over.toLocaleString('en-GB')} ` +
    `${over === 1 ? 'character' : 'characters'}. Nothing was cut: shorten it, or send it ` +
    'in parts.',
  notKept:
    'This browser has no room to keep your text. Send it, or copy it, before you leave this page.',
  retry: 'Try again',
  dismiss: 'Dismiss',
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
