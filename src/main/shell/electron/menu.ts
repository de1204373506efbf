import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * The system's usual items only. No reload and no links: shortcuts beyond these belong to the
 * window's page.
 */
export function setMenu(platform: NodeJS.Platform = process.platform): void {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const first: MenuItemConstructorOptions[] =
    platform === 'darwin' ? [{ role: 'appMenu' }] : [{ role: 'fileMenu' }];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...first, { role: 'editMenu' }, view, { role: 'windowMenu' }]),
  );
}
