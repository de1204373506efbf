/** The words of signing in and the account menu, in English. */
export const sessionEn = {
  // Signing in.
  signIn: 'Sign in',
  signInTitle: 'Sign in to Staffdesk',
  signInLead:
    'Use the email and password of your support account. No account yet? Ask your ' +
    'administrator to add you.',
  signingIn: 'Signing in',
  signInAgain: "You've been signed out. Your work is saved and sends after you sign in.",
  email: 'Email',
  password: 'Password',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  capsLock: 'Caps Lock is on',
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
      'A different server answers at this address now. Nothing was sent to it. Sign in to ' +
      'work with it; your work for the earlier server is kept on this computer.',
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
    unknownServer: 'a server that is no longer known',
    sameServer: 'This is the same server: send them here',
    sameServerHint: 'Choose this only if that server has moved to this address.',
  },

  // Before the first ticket, and before the first key.
  firstSteps: {
    title: 'No tickets yet',
    hint: 'Two steps, and you can reply to your first customer.',
    portalTitle: 'Tell customers where to write',
    portalHint: 'This is the address of your portal:',
    copy: 'Copy link',
    testTitle: 'Open a test ticket',
    testHint:
      'Create a customer account in the portal with another email address, and open a ticket ' +
      'there. It appears here, and you see what a customer sees.',
    open: 'Open portal',
  },
  welcome: {
    title: 'Four keys to begin with',
    does: {
      next: 'next ticket',
      reply: 'reply',
      close: 'close and next',
      palette: 'everything else',
    },
    undo: (seconds: number, key: string) =>
      `You have ${seconds} seconds to undo a reply after you send it: press ${key}.`,
    dismiss: 'Dismiss',
  },

  // The account menu.
  account: 'Account',
  signOut: 'Sign out',
  signOutAsk: {
    label: 'Sign out with unsent work?',
    notSent: (messages: number, changes: number) => {
      const work = [];
      if (messages > 0) work.push(messages === 1 ? '1 message' : `${messages} messages`);
      if (changes > 0) work.push(changes === 1 ? '1 change' : `${changes} changes`);
      if (work.length === 0) return 'Everything is sent now';
      return `${work.join(' and ')} ${messages + changes === 1 ? 'is' : 'are'} not sent yet`;
    },
    sentLater: (n: number) =>
      n === 1
        ? 'It stays on this computer and is sent when you sign in again.'
        : 'They stay on this computer and are sent when you sign in again.',
    reviewLater: (n: number) =>
      n === 1
        ? 'It was stopped. It stays on this computer, and you can review it in the Outbox when ' +
          'you sign in again.'
        : 'They were stopped. They stay on this computer, and you can review them in the Outbox ' +
          'when you sign in again.',
    someStopped: (stopped: number) =>
      'They stay on this computer and are sent when you sign in again, except ' +
      `${stopped} that ${stopped === 1 ? 'was' : 'were'} stopped: review ` +
      `${stopped === 1 ? 'it' : 'them'} in the Outbox then.`,
    nothingLeft: 'You can sign out now.',
    stay: 'Stay signed in',
  },
  memoryToken: 'This computer has no key store, so you sign in again at each start.',
} as const;
