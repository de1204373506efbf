import type { BrowserWindow } from 'electron';
import type { EventName } from '../../../contract/bridge.ts';
import { eventChannel } from '../../../preload/channels.ts';

/** The one window there is, or none while it is closed (macOS keeps an app without windows). */
export interface AppWindow {
  current(): BrowserWindow | null;
  /**
   * Brings the window to the front, opening it where it is closed. Settles when its page is loaded.
   */
  show(): Promise<void>;
  onClosed(listener: () => void): void;
  /** Hands an event of the desk to the window; without a window nobody is there to hear it. */
  send(name: EventName, payload: unknown): void;
}

/** Keeps the app to one window, made by `open` as often as it is needed. */
export function createAppWindow(
  open: () => { window: BrowserWindow; loaded: Promise<void> },
): AppWindow {
  let opened: { window: BrowserWindow; loaded: Promise<void> } | null = null;

  const closed = new Set<() => void>();

  function current(): BrowserWindow | null {
    return opened && !opened.window.isDestroyed() ? opened.window : null;
  }

  return {
    current,
    onClosed(listener) {
      closed.add(listener);
    },
    show() {
      const window = current();
      if (opened && window) {
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
        return opened.loaded;
      }
      const fresh = open();
      opened = fresh;
      fresh.window.once('closed', () => {
        if (opened === fresh) opened = null;
        for (const listener of closed) listener();
      });
      return fresh.loaded;
    },
    send(name, payload) {
      const contents = current()?.webContents;
      if (contents && !contents.isDestroyed()) contents.send(eventChannel, name, payload);
    },
  };
}
