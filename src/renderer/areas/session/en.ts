/** The words of signing in and the account menu, in English. */
export const sessionEn = {
  // Signing in.
  signIn: 'Sign in',
  signInTitle: 'Sign in to Staffdesk',
  signingIn: 'Signing in',
  signInAgain: "You've been signed out. Your work is saved and sends after you sign in.",
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

  // The account menu.
  account: 'Account',
  signOut: 'Sign out',
  memoryToken: 'This computer has no key store, so you sign in again at each start.',
} as const;
