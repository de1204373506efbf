import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../src/main/clock.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { DeskEvent } from '../../src/main/desk/events.ts';
import { portOf } from '../../src/main/shell/bridge/desk-port.ts';
import { checkFile } from '../../src/main/desk/sqlite/file-check.ts';
import { openDesk, type Desk } from '../../src/main/desk/desk.ts';
import type { StartCopyThread } from '../../src/main/desk/feed/copy-thread.ts';
import {
  createMemorySecrets,
  type SecretStore,
} from '../../src/main/desk/areas/session/secrets.ts';
import type { Transport } from '../../src/main/desk/feed/transport.ts';
import { callsOn, type CalledDesk } from './desk-calls.ts';

export interface TestDesk extends CalledDesk {
  desk: Desk;
  /** Every event so far. */
  events: { name: DeskEvent; payload: unknown }[];
}

/** Room for the largest copies of the tests, several at once. */
const roomyBytes = 1024 ** 3;

/**
 * A folder of a desk: in memory where the system has room there. A desk waits for the disk at each
 * commit, and what a killed process has written is there on both.
 */
export function tempDir(place = hasRoom('/dev/shm') ? '/dev/shm' : tmpdir()): {
  dir: string;
  remove: () => void;
} {
  const dir = mkdtempSync(join(place, 'staffdesk-desk-'));
  return {
    dir,
    remove: () => {
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function hasRoom(place: string): boolean {
  if (!existsSync(place)) return false;
  const { bavail, bsize } = statfsSync(place);
  return bavail * bsize > roomyBytes;
}

/** A real desk on real files, called through the bridge as a window would. */
export function openTestDesk(
  dataDir: string,
  server: string,
  secrets: SecretStore = createMemorySecrets(),
  clock: Clock = systemClock,
  transport?: Transport,
  startCopyThread?: StartCopyThread,
): TestDesk {
  const desk = openDesk({
    dataDir,
    server,
    clock,
    random: systemRandom,
    secrets,
    standIn: null,
    checkFile,
    ...(transport ? { transport } : {}),
    ...(startCopyThread ? { startCopyThread } : {}),
  });
  const events: TestDesk['events'] = [];
  desk.events.listen((name, payload) => {
    events.push({ name, payload });
  });
  return { desk, events, ...callsOn(portOf(desk)) };
}
