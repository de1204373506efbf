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
import { createWatching, type Soon, type Watching } from './live.ts';

/** The desk as the window sees it: typed by the contract, answers and events parsed with it. */
export interface Desk extends Watching {
  shell: StaffdeskBridge['shell'];
  /** Throws BridgeError. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /**
   * The value of a call that reads what `event` tells; null where such an event came since the
   * call. A response and the events travel apart, and the event is newer. Throws BridgeError.
   */
  readUnlessTold<N extends CallName>(
    name: N,
    input: CallInput<N>,
    event: EventName,
  ): Promise<CallOutput<N> | null>;
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** How much the desk had committed by the newest result of a call. */
  revision(): number;
}

/** `soon`: when what is pushed is shown. */
export function createDesk(bridge: StaffdeskBridge, soon: Soon = (work) => work()): Desk {
  const attempts = createAttempts();
  let revision = 0;

  async function callAt<N extends CallName>(
    name: N,
    input: object,
  ): Promise<{ value: CallOutput<N>; revision: number | null }> {
    const result = await bridge.call(name, input);
    if (!result.ok) {
      const { code, retry_after: retryAfter } = result.error;
      throw new BridgeError(code, retryAfter === undefined ? {} : { retryAfter });
    }
    revision = Math.max(revision, result.revision ?? 0);
    return { value: outputOf(name, result.value), revision: result.revision ?? null };
  }

  const watching = createWatching({
    call: callAt,
    listen: (heard) => listen(bridge, 'live.changed', heard),
    soon,
  });
  return {
    ...watching,
    shell: bridge.shell,
    revision: () => revision,
    async readUnlessTold(name, input, event) {
      let told = false;
      const end = bridge.on(event, () => {
        told = true;
      });
      try {
        const { value } = await callAt(name, input);
        return told ? null : value;
      } finally {
        end();
      }
    },
    call: (name, input) =>
      attempts.during(name, input, async (named) => (await callAt(name, named)).value),
    on: (name, listener) => listen(bridge, name, listener),
  };
}

/** The value of a call, as the contract has it. Throws BridgeError. */
function outputOf<N extends CallName>(name: N, value: unknown): CallOutput<N> {
  const schema: z.ZodType = bridgeCalls[name].output;
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new BridgeError('internal', { message: `${name}: ${parsed.error.message}` });
  // The map ties each call's name to its output schema, which CallOutput<N> is inferred from.
  return parsed.data as CallOutput<N>;
}

function listen<N extends EventName>(
  bridge: StaffdeskBridge,
  name: N,
  listener: (payload: EventPayload<N>) => void,
): () => void {
  const schema: z.ZodType = bridgeEvents[name];
  return bridge.on(name, (payload) => {
    const parsed = schema.safeParse(payload);
    // As above: the schema belongs to the name.
    if (parsed.success) listener(parsed.data as EventPayload<N>);
    else console.error(`Event ${name} has an unknown shape`);
  });
}

/**
 * Code of any failure, for which the catalogue has the words; a failure that is not in the closed
 * table is 'internal'.
 */
export function errorCode(error: unknown): BridgeErrorCode {
  if (!(error instanceof BridgeError)) console.error(error);
  return error instanceof BridgeError ? error.code : 'internal';
}
