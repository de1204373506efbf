import type { KeepChoice } from '../../../contract/bridge.ts';

/** The words of the settings, in English. */
export const settingsEn = {
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
