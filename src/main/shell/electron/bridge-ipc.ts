import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { NotificationPayload } from '../../../contract/bridge.ts';
import { callChannel } from '../../../preload/channels.ts';
import type { DeskPort } from '../bridge/desk-port.ts';
import type { Sender } from '../bridge/handle.ts';
import { isOwnAddress } from './address.ts';
import type { AppWindow } from './app-window.ts';
import type { Notifications } from './notifications.ts';

/**
 * There is one window at a time; a page that is loaded again ends what the previous page watched.
 */
const onlyWindow = 'electron';

/**
 * Connects the desk with the window: calls in, events out. Banners go to the system instead of the
 * window.
 */
export function connectBridge(
  desk: DeskPort,
  parts: { ipcMain: IpcMain; appWindow: AppWindow; notifications: Notifications },
): void {
  const { ipcMain, appWindow, notifications } = parts;
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) =>
    desk.call(whoCalls(event, appWindow), name, input, onlyWindow),
  );
  appWindow.onClosed(() => {
    desk.left(onlyWindow);
  });
  desk.listen((name, payload) => {
    // Parsed, since comparing the name does not tell the compiler which payload goes with it.
    if (name === 'notification.show') notifications.show(NotificationPayload.parse(payload));
    else if (name !== 'committed') appWindow.send(name, payload);
  });
}

/** Only the main frame of our own window, while it shows our own page, is trusted. */
function whoCalls(event: IpcMainInvokeEvent, appWindow: AppWindow): Sender {
  try {
    const contents = appWindow.current()?.webContents;
    const frame = event.senderFrame;
    if (
      !contents ||
      !frame ||
      event.sender !== contents ||
      frame.frameTreeNodeId !== contents.mainFrame.frameTreeNodeId
    )
      return 'stranger';
    return isOwnAddress(frame.url) ? 'own window' : 'stranger';
  } catch (error) {
    // Electron throws when a frame is asked for its address after it has gone.
    console.error('A bridge call came from a frame that is gone', error);
    return 'stranger';
  }
}
