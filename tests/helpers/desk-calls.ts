import {
  bridgeCalls,
  type CallInput,
  type CallName,
  type CallOutput,
} from '../../src/contract/bridge.ts';
import { BridgeError } from '../../src/contract/errors.ts';
import type { DeskPort } from '../../src/main/shell/bridge/desk-port.ts';

/** A desk as a window meets it. */
export interface CalledDesk {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Resolves once `check` holds, asked again after each event of the desk. */
  until(check: () => Promise<boolean> | boolean): Promise<void>;
}

/** Calls the desk behind a port as a window would. */
export function callsOn(port: DeskPort): CalledDesk {
  const waiting = new Set<() => void>();
  port.listen(() => {
    for (const look of waiting) look();
  });
  return {
    async call<N extends CallName>(name: N, input: CallInput<N>) {
      const result = await port.call('own window', name, input);
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
        const look = (): void => {
          ask().catch(fail);
        };
        waiting.add(look);
        look();
      });
    },
  };
}
