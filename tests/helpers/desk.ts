import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/main/clock.ts';
import type { CallInput, CallName, CallOutput, EventName } from '../../src/contract/bridge.ts';
import { bridgeCalls } from '../../src/contract/bridge.ts';
import { BridgeError } from '../../src/contract/errors.ts';
import type { Clock } from '../../src/core/clock.ts';
import { handleCall } from '../../src/main/bridge/handle.ts';
import { checkFile } from '../../src/main/db/file-check.ts';
import type { Desk } from '../../src/main/desk/index.ts';
import { openDesk } from '../../src/main/desk/index.ts';
import type { StartCopyThread } from '../../src/main/sync/copy-thread.ts';
import type { SecretStore } from '../../src/main/sync/secrets.ts';
import { createMemorySecrets } from '../../src/main/sync/secrets.ts';
import type { Transport } from '../../src/main/sync/transport.ts';

export interface TestDesk {
  desk: Desk;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Resolves once `check` holds, asked again after each event of the desk. */
  until(check: () => Promise<boolean> | boolean): Promise<void>;
  /** Every event so far. */
  events: { name: EventName; payload: unknown }[];
}

export function tempDir(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-desk-'));
  return { dir, remove: () => { rmSync(dir, { recursive: true, force: true }); } };
}

/** A real desk on real files, called through the bridge as a window would. */
export function openTestDesk(dataDir: string, server: string, secrets: SecretStore = createMemorySecrets(), clock: Clock = systemClock, transport?: Transport, startCopyThread?: StartCopyThread): TestDesk {
  const desk = openDesk({ dataDir, server, clock, random: Math.random, secrets, standIn: null, checkFile, ...(transport ? { transport } : {}), ...(startCopyThread ? { startCopyThread } : {}) });
  const events: TestDesk['events'] = [];
  const waiting = new Set<() => void>();
  desk.events.listen((name, payload) => {
    events.push({ name, payload });
    for (const look of waiting) look();
  });
  return {
    desk, events,
    async call<N extends CallName>(name: N, input: CallInput<N>) {
      const result = await handleCall(desk.handlers, 'own window', name, input);
      if (!result.ok) throw new BridgeError(result.error.code);
      // Parsed as a window parses it: a value that the contract does not allow must fail here too.
      return bridgeCalls[name].output.parse(result.value) as CallOutput<N>;
    },
    until(check) {
      return new Promise((done, fail) => {
        const ask = async (): Promise<void> => {
          if (!(await check())) return;
          waiting.delete(look);
          done();
        };
        const look = (): void => { ask().catch(fail); };
        waiting.add(look);
        look();
      });
    },
  };
}
