import type { Stores } from '../stores.ts';
import type { Command } from './command.ts';

/** The window itself. */
export const appCommands: readonly Command[] = [
  {
    id: 'palette',
    group: 'app',
    scope: 'everywhere',
    key: 'Mod+K',
    run: (stores) => {
      stores.palette.open();
      stores.panels.open({ kind: 'palette' });
    },
  },
  {
    id: 'help',
    group: 'app',
    scope: 'everywhere',
    key: '?',
    run: (stores) => {
      stores.panels.open({ kind: 'shortcuts', editing: false });
    },
  },
  {
    id: 'editShortcuts',
    group: 'app',
    scope: 'everywhere',
    key: null,
    run: (stores) => {
      stores.panels.open({ kind: 'shortcuts', editing: true });
    },
  },
  {
    id: 'undo',
    group: 'app',
    scope: 'everywhere',
    key: 'Z',
    fixedKey: 'Mod+Z',
    run: (stores) => {
      void stores.undo.last();
    },
  },
  {
    id: 'toggleDetails',
    group: 'app',
    scope: 'tickets',
    key: 'D',
    run: (stores) => {
      stores.panels.toggleDetails();
    },
  },
  {
    id: 'settings',
    group: 'app',
    scope: 'everywhere',
    key: 'Mod+,',
    run: (stores) => {
      stores.settings.show();
    },
  },
  {
    id: 'themeLight',
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: (stores) => chosen(stores)?.theme !== 'light',
    run: (stores) => {
      stores.settings.set({ theme: 'light' });
    },
  },
  {
    id: 'themeDark',
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: (stores) => chosen(stores)?.theme !== 'dark',
    run: (stores) => {
      stores.settings.set({ theme: 'dark' });
    },
  },
  {
    id: 'themeSystem',
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: (stores) => chosen(stores)?.theme !== 'system',
    run: (stores) => {
      stores.settings.set({ theme: 'system' });
    },
  },
  {
    id: 'compact',
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: (stores) => chosen(stores)?.density !== 'compact',
    run: (stores) => {
      stores.settings.set({ density: 'compact' });
    },
  },
  {
    id: 'comfortable',
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: (stores) => chosen(stores)?.density !== 'comfortable',
    run: (stores) => {
      stores.settings.set({ density: 'comfortable' });
    },
  },
  {
    id: 'tryNow',
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: (stores) => stores.session.state.getState().sync?.phase === 'offline',
    run: (stores) => {
      stores.syncDetails.retry();
    },
  },
  // The page that opens another of its own origin hands its session on to it.
  {
    id: 'newWindow',
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: (stores) => stores.desk.shell === 'loopback',
    run: () => {
      window.open(location.pathname, '_blank', 'popup,width=1280,height=800');
    },
  },
  {
    id: 'signOut',
    group: 'app',
    scope: 'everywhere',
    key: null,
    run: (stores) => {
      void stores.composer.flush().then(stores.session.signOut);
    },
  },
];

function chosen({ settings }: Stores) {
  return settings.state.getState().settings;
}
