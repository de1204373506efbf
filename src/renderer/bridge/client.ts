import type { z } from 'zod';
import {
  bridgeCalls,
  bridgeEvents,
  type CallInput,
  type CallName,
  type CallOutput,
  type EventName,
  type EventPayload,
  type StaffdeskBridge,
} from '../../contract/bridge.ts';
import { BridgeError, type BridgeErrorCode } from '../../contract/errors.ts';
import { createAttempts } from './attempts.ts';

/** The desk as the window sees it: typed by the contract, answers and events parsed with it. */
export interface Desk {
  shell: StaffdeskBridge['shell'];
  /** Throws BridgeError. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
}

export function createDesk(bridge: StaffdeskBridge): Desk {
  const attempts = createAttempts();

  async function call<N extends CallName>(name: N, input: object): Promise<CallOutput<N>> {
    const result = await bridge.call(name, input);
    if (!result.ok) {
      const { code, retry_after: retryAfter } = result.error;
      throw new BridgeError(code, retryAfter === undefined ? {} : { retryAfter });
    }
    const schema: z.ZodType = bridgeCalls[name].output;
    const parsed = schema.safeParse(result.value);
    if (!parsed.success)
      throw new BridgeError('internal', { message: `${name}: ${parsed.error.message}` });
    // The map ties each call's name to its output schema, which CallOutput<N> is inferred from.
    return parsed.data as CallOutput<N>;
  }

  return {
    shell: bridge.shell,
    call: (name, input) => attempts.during(name, input, (named) => call(name, named)),
    on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) {
      const schema: z.ZodType = bridgeEvents[name];
      return bridge.on(name, (payload) => {
        const parsed = schema.safeParse(payload);
        // As above: the schema belongs to the name.
        if (parsed.success) listener(parsed.data as EventPayload<N>);
        else console.error(`Event ${name} has an unknown shape`);
      });
    },
  };
}

/**
 * What to show of any failure, as a code that the catalogue words; what is not in the closed table
 * is 'internal'.
 */
export function errorCode(error: unknown): BridgeErrorCode {
  if (!(error instanceof BridgeError)) console.error(error);
  return error instanceof BridgeError ? error.code : 'internal';
}
