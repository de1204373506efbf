import { app, BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron';
import { entryPage } from './address.ts';

/**
 * The page's own background in either theme, so that the window does not flash before its first
 * paint.
 */
const background = { light: '#ffffff', dark: '#111318' };

/**
 * How every window of the app is made: sandboxed, isolated, without Node, webviews or drag-and-drop
 * navigation.
 */
export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    title: 'Staffdesk',
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 640,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools: !app.isPackaged,
    },
  };
}

/** Opens a window on the app's one page; it shows itself once it has something to show. */
export function createWindow(preload: string): { window: BrowserWindow; loaded: Promise<void> } {
  const window = new BrowserWindow(windowOptions(preload));
  window.once('ready-to-show', () => {
    window.show();
  });
  const loaded = window.loadURL(entryPage).catch((error: unknown) => {
    // Closed before it had loaded: what the user asked for, not a failure.
    if (!window.isDestroyed()) throw error;
  });
  return { window, loaded };
}
