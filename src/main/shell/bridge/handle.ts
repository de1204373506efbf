import { bridgeCalls, type CallName, type CallResult } from '../../../contract/bridge.ts';
import { BridgeError } from '../../../contract/errors.ts';
import type { Handlers } from '../../desk/handlers.ts';

/** What a shell knows of who calls. Only its own window's main frame is trusted. */
export type Sender = 'own window' | 'stranger';

/**
 * The one way into the desk, on either transport: sender checked, input parsed, answer wrapped. It
 * never throws, so no malformed call can end the process, and nothing but the closed error table
 * reaches the window.
 */
export async function handleCall(
  handlers: Handlers,
  sender: Sender,
  name: unknown,
  input: unknown,
): Promise<CallResult> {
  try {
    if (sender !== 'own window') throw new BridgeError('refused');
    if (!isCallName(name)) throw new BridgeError('invalid-input', { message: 'unknown call' });
    const parsed = bridgeCalls[name].input.safeParse(input);
    if (!parsed.success) throw new BridgeError('invalid-input', { message: parsed.error.message });
    // Name and input belong together by the line above; the compiler cannot follow that through the
    // map.
    const handler = handlers[name] as (input: unknown) => unknown;
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    return { ok: false, error: toBridgeError(name, error).toShape() };
  }
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(bridgeCalls, name);
}

function toBridgeError(name: unknown, error: unknown): BridgeError {
  if (error instanceof BridgeError) return error;
  console.error('Bridge call failed', name, error);
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') return new BridgeError('disk-full', { cause: error });
  if (code !== null) return new BridgeError('storage-failed', { cause: error });
  return new BridgeError('internal', { cause: error });
}

/**
 * SQLite's code of an error that better-sqlite3 threw; read by shape, since only db/ may import it.
 */
function sqliteCode(error: unknown): string | null {
  return error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('SQLITE_')
    ? error.code
    : null;
}
