import { EventEmitter } from 'node:events';

/**
 * As much of Electron as the shell touches: it records what it was told and lets a test play the
 * system's part.
 */
export interface FakeElectron {
  module: Record<string, unknown>;
  app: FakeApp;
  windows: FakeWindow[];
  banners: FakeNotification[];
  handlers: Map<string, (event: unknown, ...args: unknown[]) => unknown>;
  opened: string[];
  errorBoxes: [string, string][];
  schemes: unknown[];
  protocolHandlers: Map<string, (request: Request) => Promise<Response>>;
  session: FakeSession;
  safeStorage: FakeSafeStorage;
  notificationsSupported: boolean;
}

class FakeApp extends EventEmitter {
  isPackaged = false;
  sandboxed = false;
  firstInstance = true;
  quits = 0;
  exitCodes: number[] = [];
  readonly paths = new Map<string, string>([['userData', '/nowhere']]);
  getPath = (name: string): string => this.paths.get(name) ?? '';
  setPath = (name: string, path: string): void => {
    this.paths.set(name, path);
  };
  requestSingleInstanceLock = (): boolean => this.firstInstance;
  enableSandbox = (): void => {
    this.sandboxed = true;
  };
  whenReady = (): Promise<void> => Promise.resolve();
  exit = (code: number): void => {
    this.exitCodes.push(code);
  };
  /** As Electron does: windows first, then `will-quit`, which may be held back. */
  quit = (): void => {
    this.quits += 1;
    this.emit('will-quit', fakeEvent());
  };
}

export class FakeContents extends EventEmitter {
  readonly mainFrame = { url: 'app://staffdesk/index.html', frameTreeNodeId: 1 };
  readonly sent: unknown[][] = [];
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  destroyed = false;
  isDestroyed = (): boolean => this.destroyed;
  send = (...args: unknown[]): void => {
    this.sent.push(args);
  };
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }): void => {
    this.openHandler = handler;
  };
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly did: string[] = [];
  minimized = false;
  destroyed = false;
  url = '';
  readonly options: { webPreferences: Record<string, unknown> } & Record<string, unknown>;
  constructor(options: { webPreferences: Record<string, unknown> } & Record<string, unknown>) {
    super();
    this.options = options;
  }
  loadURL = (url: string): Promise<void> => {
    this.url = url;
    return Promise.resolve();
  };
  isDestroyed = (): boolean => this.destroyed;
  isMinimized = (): boolean => this.minimized;
  restore = (): void => {
    this.minimized = false;
    this.did.push('restore');
  };
  show = (): void => {
    this.did.push('show');
  };
  focus = (): void => {
    this.did.push('focus');
  };
  close(): void {
    this.destroyed = true;
    this.webContents.destroyed = true;
    this.emit('closed');
  }
}

class FakeNotification extends EventEmitter {
  closed = false;
  shown = false;
  readonly options: { title: string; body: string };
  constructor(options: { title: string; body: string }) {
    super();
    this.options = options;
  }
  show(): void {
    this.shown = true;
  }
  close(): void {
    this.closed = true;
    this.emit('close');
  }
}

class FakeSession extends EventEmitter {
  readonly handlers: Record<string, (...args: unknown[]) => unknown> = {};
  setPermissionRequestHandler = (handler: (...args: unknown[]) => unknown): void => {
    this.handlers['request'] = handler;
  };
  setPermissionCheckHandler = (handler: (...args: unknown[]) => unknown): void => {
    this.handlers['check'] = handler;
  };
  setDevicePermissionHandler = (handler: (...args: unknown[]) => unknown): void => {
    this.handlers['device'] = handler;
  };
  setDisplayMediaRequestHandler = (handler: (...args: unknown[]) => unknown): void => {
    this.handlers['display'] = handler;
  };
}

/**
 * Encrypts by flipping every bit, which is enough to see that no secret lies in the file as it is.
 */
export class FakeSafeStorage {
  available = true;
  backend = 'gnome_libsecret';
  shouldReEncrypt = false;
  broken = false;
  encryptions = 0;
  isAsyncEncryptionAvailable = (): Promise<boolean> => Promise.resolve(this.available);
  getSelectedStorageBackend = (): string => this.backend;
  encryptStringAsync = (text: string): Promise<Buffer> => {
    this.encryptions += 1;
    return Promise.resolve(Buffer.from(Buffer.from(text).map((byte) => byte ^ 255)));
  };
  decryptStringAsync = (bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> =>
    this.broken
      ? Promise.reject(new Error('the key is gone'))
      : Promise.resolve({
          result: Buffer.from(Buffer.from(bytes).map((byte) => byte ^ 255)).toString(),
          shouldReEncrypt: this.shouldReEncrypt,
        });
}

export function fakeEvent(
  fields: Record<string, unknown> = {},
): { prevented: boolean; preventDefault(): void } & Record<string, unknown> {
  return {
    ...fields,
    prevented: false,
    preventDefault() {
      this.prevented = true;
    },
  };
}

/**
 * Hands a fake to code that takes Electron's own type: the fake has the part of it that this code
 * touches.
 */
export function asElectron(part: object): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the purpose of this function
  return part as never;
}

/** A fresh module for `vi.doMock('electron', ...)`. */
export function createFakeElectron(): FakeElectron {
  const fake: FakeElectron = {
    module: {},
    app: new FakeApp(),
    windows: [],
    banners: [],
    handlers: new Map(),
    opened: [],
    errorBoxes: [],
    schemes: [],
    protocolHandlers: new Map(),
    session: new FakeSession(),
    safeStorage: new FakeSafeStorage(),
    notificationsSupported: true,
  };
  fake.module = {
    app: fake.app,
    BrowserWindow: class extends FakeWindow {
      constructor(options: FakeWindow['options']) {
        super(options);
        fake.windows.push(this);
        fake.app.emit('web-contents-created', {}, this.webContents);
      }
    },
    Notification: class extends FakeNotification {
      static isSupported = (): boolean => fake.notificationsSupported;
      constructor(options: FakeNotification['options']) {
        super(options);
        fake.banners.push(this);
      }
    },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: () => undefined,
    },
    dialog: {
      showErrorBox: (title: string, text: string) => {
        fake.errorBoxes.push([title, text]);
      },
    },
    ipcMain: {
      handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => {
        fake.handlers.set(channel, handler);
      },
    },
    nativeTheme: { shouldUseDarkColors: false },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => {
        fake.schemes.push(...schemes);
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
        fake.protocolHandlers.set(scheme, handler);
      },
    },
    safeStorage: fake.safeStorage,
    session: { defaultSession: fake.session },
    shell: {
      openExternal: (url: string) => {
        fake.opened.push(url);
        return Promise.resolve();
      },
    },
  };
  return fake;
}
