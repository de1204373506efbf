import { join } from 'node:path';
import { makeDataFolder } from '../src/server/data-folder.ts';
import { buildPortal, buildWindow } from './build.ts';
import { ChildEndedError, startChild, type Child } from './child.ts';
import { findElectron } from './electron-binary.ts';
import { root } from './paths.ts';
import { stablePort } from './ports.ts';
import { readStartOptions, type StartOptions } from './start-options.ts';

const demoSignIn = { email: 'maya@staffdesk.test', password: 'staffdesk-demo' };

/** `npm start`: the demo with its own server, or the app on the server of --api. */
async function main(): Promise<number> {
  const options = readStartOptions(process.argv.slice(2));
  const electron = chooseElectron(options);
  makeDataFolder(options.data);
  buildWindow();
  if (options.api === null) buildPortal();
  // Everything created below the data folder is for its owner only, whatever the folder's own mode.
  process.umask(0o077);

  const running: Child[] = [];
  let stopping: Promise<void> | null = null;
  // The window ends first, so that it does not show a lost server; then the server.
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      for (const child of running.toReversed()) await child.stop();
    })());
  const interrupted = new Promise<number>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        done(0);
      });
    process.on('disconnect', () => {
      done(0);
    });
  });
  try {
    return await Promise.race([run(options, electron, running), interrupted]);
  } finally {
    await stop();
  }
}

async function run(
  options: StartOptions,
  electron: string | null,
  running: Child[],
): Promise<number> {
  const server = options.api ?? (await startDemoServer(options, running));
  const env =
    options.api === null
      ? { STAFFDESK_DEMO_SIGN_IN: `${demoSignIn.email}:${demoSignIn.password}` }
      : {};
  const desk =
    electron === null
      ? await startLoopback(options, server, env)
      : startChild(electron, [root, ...deskOptions(options, server)], 'Staffdesk ready:', env);
  running.push(desk);
  await desk.ready;
  if (options.api === null) sayDemo();
  return desk.ended;
}

async function startDemoServer(options: StartOptions, running: Child[]): Promise<string> {
  console.log(
    'Starting the demo: PostgreSQL, the support API and customers who now and then write ...',
  );
  const port = await stablePort(join(options.data, 'demo', 'port'));
  const api = startChild(
    process.execPath,
    [
      join(root, 'src/server/listen.ts'),
      '--data',
      join(options.data, 'demo'),
      '--port',
      String(port),
      '--demo-tickets',
      String(options.demoTickets),
      '--portal-phone',
      '+1 (555) 010-0142',
      ...(options.demoTraffic ? ['--demo-traffic'] : []),
    ],
    'Support API ready:',
  );
  running.push(api);
  return new URL(await api.ready).origin;
}

async function startLoopback(
  options: StartOptions,
  server: string,
  env: NodeJS.ProcessEnv,
): Promise<Child> {
  const windowOptions = options.window
    ? ['--window-port', String(await stablePort(join(options.data, 'desk-port')))]
    : ['--no-window'];
  return startChild(
    process.execPath,
    [
      join(root, 'out/main/loopback.js'),
      ...deskOptions(options, server),
      '--port',
      String(options.port ?? 0),
      ...windowOptions,
    ],
    'Staffdesk ready:',
    env,
  );
}

/** The options that both shells take. */
function deskOptions({ data, allowHttp }: StartOptions, server: string): string[] {
  return ['--api', server, ...(allowHttp ? ['--allow-http'] : []), '--data', join(data, 'desk')];
}

/** The path of Electron's executable if it is to be used; null for the loopback shell. */
function chooseElectron(options: StartOptions): string | null {
  if (options.shell === 'loopback' || !options.window) return null;
  const program = findElectron();
  const display =
    process.platform !== 'linux' ||
    Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (options.shell === 'electron') {
    if (program === null)
      throw new Error(
        "Electron's program is not here: its download needs GitHub. Run npx " +
          'install-electron where that is reachable, or use --shell loopback.',
      );
    if (!display)
      throw new Error(
        'There is no display for an Electron window. Use --shell loopback, or --no-window.',
      );
    return program;
  }
  return display ? program : null;
}

function sayDemo(): void {
  const agents = [
    'maya@staffdesk.test (admin, signed in here)',
    'alex@staffdesk.test',
    'jonas@staffdesk.test',
    'priya@staffdesk.test',
  ];
  console.log(`
Demo sign-ins, password ${demoSignIn.password}:
  agents     ${agents.join(', ')}
  customers  dana@customer.test, omar@customer.test
Ctrl-C stops everything.`);
}

main().then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    if (!(error instanceof ChildEndedError))
      console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
