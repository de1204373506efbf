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
    undo: 'Zurücknehmen',
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
    token: 'Anmeldung bleibt',
    tokenPlaces: {
      os: 'Im Schlüsselspeicher dieses Computers',
      memory: 'Nur, bis Staffdesk beendet wird',
    },
    signOutHint:
      'Entwürfe und was noch zu senden ist, bleiben auf diesem Computer, nur für Ihr Konto.',
  },
  undoWindow: 'Senden zurücknehmen',
  undoWindowHint: 'Wie lange eine Antwort zurückgehalten wird, damit Sie sie zurücknehmen können.',
  undoSeconds: (n) => (n === 0 ? 'Aus' : `${n} s`),
  heldAtQuitLabel: 'Wenn Staffdesk in dieser Zeit beendet wird',
  heldAtQuitHint: 'Eine Antwort, die vorher nicht mehr hinausgeht, geht beim nächsten Start.',
  heldAtQuit: {
    send: 'Senden',
    ask: 'Beim nächsten Start fragen',
  },
  appearance: {
    theme: 'Farben',
    themes: {
      system: 'Wie das System',
      light: 'Hell',
      dark: 'Dunkel',
    },
    density: 'Dichte',
    densityHint: 'Kompakt zeigt etwa zwei Fünftel mehr Tickets auf einmal.',
    densities: {
      comfortable: 'Bequem',
      compact: 'Kompakt',
    },
    language: 'Sprache',
    languageHint: 'Was Kunden und Kollegen geschrieben haben, bleibt, wie es ist.',
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
    cacheSize: 'Kopie des Servers',
    outboxSize: 'Ihre eigene Arbeit',
    folder: 'Ordner',
    clearTitle: 'Kopie löschen',
    clearHint:
      'Die Kopie des Servers wird entfernt und neu geladen. Entwürfe, noch zu Sendendes und Einstellungen bleiben.',
    clear: 'Kopie löschen und neu laden',
    clearing: 'Löscht',
    cleared: {
      title: 'Die Kopie ist gelöscht',
      body: 'Sie wird neu geladen.',
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
    small: 'Es gibt höchstens 20.000 Tickets, darum fehlt keines.',
    since: (days) =>
      `Geschlossene Tickets, in denen sich ${days} Tage lang nichts getan hat, bleiben ` +
      'nicht hier. Sie werden geholt, wenn Sie sie öffnen oder suchen.',
    large: 'Es gibt mehr als 20.000 Tickets.',
    allOfLevel1: 'Alle geschlossenen Tickets bleiben hier: Dieser Server kann nur alles auflisten.',
    line: (days) => `Geschlossene Tickets der letzten ${days} Tage sind auf diesem Computer.`,
    change: 'Ändern',
    bounded:
      'Was geht, macht Platz für das, was kommt; mehr als 4 MB freier Platz gehen an die Festplatte zurück.',
  },
  about: {
    version: 'Staffdesk',
    sqlite: 'SQLite',
    node: 'Node.js',
    electron: 'Electron',
    chromium: 'Chromium',
    licence: 'Staffdesk ist freie Software unter der MIT-Lizenz.',
    licences: 'Lizenzen der Bestandteile',
    packages: (n) => `${n} Pakete`,
  },
};
