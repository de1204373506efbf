import { bridgeCalls, type CallName, type CallResult } from '../../../contract/bridge.ts';
import { BridgeError } from '../../../contract/errors.ts';
import { toBridgeError } from '../../desk/bridge-error.ts';
import type { Desk } from '../../desk/desk.ts';

/** Where a call comes from. Only the main frame of the shell's own window is trusted. */
export type Sender = 'own window' | 'stranger';

/**
 * The one way into the desk, on either transport: sender checked, input parsed, answer wrapped. It
 * never throws, so no malformed call can end the process, and nothing but the closed error table
 * reaches the window. `window`: the shell's name for the window that calls, where that is connected.
 */
export async function handleCall(
  { handlers, live }: Pick<Desk, 'handlers' | 'live'>,
  sender: Sender,
  name: unknown,
  input: unknown,
  window?: string,
): Promise<CallResult> {
  try {
    if (sender !== 'own window') throw new BridgeError('refused');
    if (!isCallName(name)) throw new BridgeError('invalid-input', { message: 'unknown call' });
    const parsed = bridgeCalls[name].input.safeParse(input);
    if (!parsed.success) throw new BridgeError('invalid-input', { message: parsed.error.message });
    // Name and input belong together by the line above; the compiler cannot follow that through the
    // map.
    const handler = handlers[name] as (input: unknown) => unknown;
    const value = live.by(window, () => handler(parsed.data));
    if (value instanceof Promise) return { ok: true, value: await value };
    // Of this moment: a promise would let others commit before it is read.
    return { ok: true, value, revision: live.revision() };
  } catch (error) {
    return { ok: false, error: toBridgeError(name, error).toShape() };
  }
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(bridgeCalls, name);
}
