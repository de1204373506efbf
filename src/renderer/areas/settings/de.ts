import type { Translated } from '../../kit/translated.ts';
import type { settingsEn } from './en.ts';

/** The words of the settings, in German. */
export const settingsDe: Translated<typeof settingsEn> = {
  settings: 'Einstellungen',
  done: 'Fertig',
  settingsSectionsLabel: 'Bereiche der Einstellungen',
  settingsSections: {
    account: 'Konto',
    notifications: 'Hinweise',
    quiet: 'Ruhezeiten',
    undo: 'Senden rückgängig',
    tickets: 'Tickets',
    appearance: 'Aussehen',
    shortcuts: 'Tastenkürzel',
    storage: 'Speicher',
    about: 'Über Staffdesk',
  },
  accountSettings: {
    name: 'Name',
    email: 'E-Mail',
    role: 'Rolle',
    roles: {
      staff: 'Agent',
      admin: 'Administration',
    },
    token: 'Angemeldet bleiben',
    tokenPlaces: {
      os: 'Ja, im Schlüsselspeicher dieses Computers',
      memory: 'Bis Sie Staffdesk beenden',
    },
    signOutHint: 'Entwürfe und nicht Gesendetes bleiben auf diesem Computer, nur für Ihr Konto.',
  },
  undoWindow: 'Senden rückgängig',
  undoWindowHint:
    'Wie lange eine Antwort vor dem Senden wartet, damit Sie sie rückgängig machen können.',
  undoSeconds: (n) => (n === 0 ? 'Aus' : `${n} s`),
  heldAtQuitLabel: 'Wenn Sie Staffdesk in dieser Zeit beenden',
  heldAtQuitHint:
    'Eine Antwort, die vorher nicht mehr gesendet werden kann, wird beim nächsten Start gesendet.',
  heldAtQuit: {
    send: 'Senden',
    ask: 'Beim nächsten Start fragen',
  },
  afterAction: 'Nach einer Aktion',
  afterActionHint:
    'Wenn Schließen, Zurückstellen, Zuweisen oder eine andere Änderung das Ticket aus der Ansicht ' +
    'nimmt.',
  afterActions: {
    next: 'Zum nächsten Ticket',
    stay: 'Beim Ticket bleiben',
  },
  appearance: {
    theme: 'Farben',
    themes: {
      system: 'Wie das System',
      light: 'Hell',
      dark: 'Dunkel',
    },
    density: 'Dichte',
    densityHint: 'Kompakt zeigt etwa 40 % mehr Tickets.',
    densities: {
      comfortable: 'Komfortabel',
      compact: 'Kompakt',
    },
    language: 'Sprache',
    languageHint: 'Nachrichten bleiben in der Sprache, in der sie geschrieben wurden.',
    languages: {
      system: 'Wie das System',
      en: 'English',
      de: 'Deutsch',
    },
  },
  storage: {
    title: 'Auf diesem Computer',
    tickets: 'Tickets',
    messages: 'Nachrichten',
    drafts: 'Entwürfe',
    waiting: 'Noch zu senden',
    cacheSize: 'Synchronisierte Daten',
    outboxSize: 'Noch nicht gesendet',
    folder: 'Ordner',
    clearTitle: 'Synchronisierte Daten löschen',
    clearHint:
      'Die synchronisierten Daten werden entfernt und neu geladen. Entwürfe, nicht ' +
      'Gesendetes und Einstellungen bleiben.',
    clear: 'Daten löschen und neu laden',
    clearing: 'Löscht',
    cleared: {
      title: 'Synchronisierte Daten gelöscht',
      body: 'Sie werden neu geladen.',
    },
  },
  kept: {
    label: 'Geschlossene Tickets auf diesem Computer',
    choices: {
      auto: 'Automatisch',
      all: 'Alle',
      30: '30 Tage',
      90: '90 Tage',
      180: '180 Tage',
      365: '1 Jahr',
    },
    all: 'Alle geschlossenen Tickets sind hier.',
    small: 'Bis 20.000 Tickets bleiben alle hier.',
    since: (days) =>
      `Geschlossene Tickets ohne Aktivität seit ${days} Tagen werden bei Bedarf geladen.`,
    large: 'Es gibt mehr als 20.000 Tickets.',
    allOfLevel1: 'Alle geschlossenen Tickets bleiben hier: Dieser Server kann nur alles auflisten.',
    line: (days) => `Geschlossene Tickets der letzten ${days} Tage sind auf diesem Computer.`,
    change: 'Ändern',
  },
  about: {
    version: 'Staffdesk',
    sqlite: 'SQLite',
    node: 'Node.js',
    electron: 'Electron',
    chromium: 'Chromium',
    licence: 'Staffdesk ist freie Software unter der MIT-Lizenz.',
    licences: 'Open-Source-Lizenzen',
    packages: (n) => `${n} Pakete`,
  },
};
