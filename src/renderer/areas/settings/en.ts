import type { KeepChoice, Settings } from '../../../contract/bridge.ts';

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
    tickets: 'Tickets',
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
    token: 'Stay signed in',
    tokenPlaces: {
      os: 'Yes, in the key store of this computer',
      memory: 'Until you quit',
    },
    signOutHint: 'Drafts and unsent work stay on this computer, for your account only.',
  },
  undoWindow: 'Undo send',
  undoWindowHint: 'How long a reply waits before it is sent, so that you can undo it.',
  undoSeconds: (n: number) => (n === 0 ? 'Off' : `${n} s`),
  heldAtQuitLabel: 'If you quit during that time',
  heldAtQuitHint: 'A reply that cannot be sent before Staffdesk closes is sent at the next start.',
  heldAtQuit: {
    send: 'Send it',
    ask: 'Ask at the next start',
  },
  afterAction: 'After an action',
  afterActionHint:
    'When closing, snoozing, assigning or another change takes the ticket out of the view.',
  afterActions: {
    next: 'Go to the next ticket',
    stay: 'Stay on the ticket',
  } satisfies Record<Settings['after_action'], string>,
  appearance: {
    theme: 'Theme',
    themes: {
      system: 'Match system',
      light: 'Light',
      dark: 'Dark',
    },
    density: 'Density',
    densityHint: 'Compact fits about 40 % more tickets.',
    densities: {
      comfortable: 'Comfortable',
      compact: 'Compact',
    },
    language: 'Language',
    languageHint: 'Messages stay in the language they were written in.',
    languages: {
      system: 'Match system',
      en: 'English',
      de: 'Deutsch',
    },
  },
  storage: {
    title: 'On this computer',
    tickets: 'Tickets',
    messages: 'Messages',
    drafts: 'Drafts',
    waiting: 'To send',
    cacheSize: 'Synced data',
    outboxSize: 'Unsent work',
    folder: 'Folder',
    clearTitle: 'Clear synced data',
    clearHint:
      'Synced data is removed and downloaded again. Drafts, unsent work and settings stay.',
    clear: 'Clear synced data and re-download',
    clearing: 'Clearing',
    cleared: {
      title: 'Synced data cleared',
      body: 'It is downloading again.',
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
    small: 'With up to 20,000 tickets, all of them are kept.',
    since: (days: number) => `Closed tickets inactive for ${days} days are loaded on demand.`,
    large: 'There are more than 20,000 tickets.',
    allOfLevel1: 'All closed tickets are kept: this server can only list everything.',
    line: (days: number) => `Closed tickets of the last ${days} days are on this computer.`,
    change: 'Change',
  },
  about: {
    version: 'Staffdesk',
    sqlite: 'SQLite',
    node: 'Node.js',
    electron: 'Electron',
    chromium: 'Chromium',
    licence: 'Staffdesk is free software under the MIT licence.',
    licences: 'Open-source licences',
    packages: (n: string) => `${n} packages`,
  },
} as const;
