import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { portOf, type DeskPort } from './shell/bridge/desk-port.ts';
import type { DeskCalls, DeskStart, ShellCalls } from './shell/bridge/desk-thread.ts';
import { systemClock, systemRandom } from './clock.ts';
import { checkFile } from './desk/sqlite/file-check.ts';
import { openDesk } from './desk/desk.ts';
import { noTimeout } from './desk/rpc.ts';
import { programBeside } from './program.ts';
import { copyThreadOf } from './desk/feed/copy-thread.ts';
import type { SecretStore } from './desk/areas/session/secrets.ts';

let desk: DeskPort | null = null;

/** The open desk; the shell calls nothing before it is. */
function opened(): DeskPort {
  if (!desk) throw new Error('the desk is not open');
  return desk;
}

function open({ dataDir, server, standIn, secretStore }: DeskStart): void {
  const secrets: SecretStore = {
    kind: secretStore,
    get: (account) => shell.getSecret(account),
    set: (account, secret) => shell.setSecret(account, secret),
    remove: (account) => shell.removeSecret(account),
  };
  desk = portOf(
    openDesk({
      dataDir,
      server,
      clock: systemClock,
      random: systemRandom,
      secrets,
      standIn,
      checkFile,
      startCopyThread: copyThreadOf(programBeside(import.meta.url, 'copy')),
    }),
  );
  desk.listen((name, payload, to) => {
    void shell.event(name, payload, to);
  });
}

/** The desk thread's entry: the application, for a shell on the thread that started this one. */
const shell = createBirpc<ShellCalls, DeskCalls>(
  {
    open,
    call: (sender, name, input, window) => opened().call(sender, name, input, window),
    left: (window) => {
      desk?.left(window);
    },
    close: () => opened().close(),
    end: () => {
      process.exit();
    },
  },
  {
    post: (message) => {
      parentPort?.postMessage(message);
    },
    on: (hear) => {
      parentPort?.on('message', hear);
    },
    eventNames: ['event'],
    timeout: noTimeout,
  },
);
