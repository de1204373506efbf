import { CallResult, type StaffdeskBridge } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { createDeskEvents, type DeskEvents } from './desk-events.ts';
import { enter } from './entry.ts';
import { createKnownDesk, type KnownDesk } from './known-desk.ts';
import { watchLeaving } from './leaving.ts';

/**
 * The bridge over HTTP to 127.0.0.1, for a browser window. Electron's preload offers the same
 * shape.
 */
export interface LoopbackBridge
  extends
    StaffdeskBridge,
    Pick<DeskEvents, 'onReconnect' | 'listening'>,
    Pick<KnownDesk, 'onProblem'> {
  /** Lets this window in. Throws EntryError. */
  enter(): Promise<void>;
}

const sessionHeader = 'x-staffdesk-session';
const windowHeader = 'x-staffdesk-window';
/** Browsers carry no more than 64 KiB beyond the end of a page. */
const mostBeyond = 60_000;

export function createLoopbackBridge(): LoopbackBridge {
  let session = '';
  /** Names this page, so that results that it watches are pushed to it alone. */
  const page = crypto.randomUUID();
  const headers = (): Record<string, string> => ({
    [sessionHeader]: session,
    [windowHeader]: page,
  });
  const isLeaving = watchLeaving();
  const desk = createKnownDesk(() => session);
  const events = createDeskEvents(desk, headers);

  return {
    shell: 'loopback',
    on: events.on,
    onReconnect: events.onReconnect,
    listening: events.listening,
    onProblem: desk.onProblem,
    async enter() {
      session = await enter();
      void events.follow();
    },
    async call(name, input) {
      if (!desk.isKnown()) await desk.makeSure();
      const body = JSON.stringify({ name, input });
      const response = await post(body, headers(), isLeaving()).catch((error: unknown) => {
        // The stream may not have noticed; opened again it says when all is well.
        events.reopen();
        throw desk.fail('shell-gone', error);
      });
      // Another start of Staffdesk has this port.
      if (response.status === 401 || response.status === 429) throw desk.fail('window-stale');
      return resultOf(response);
    },
  };
}

function post(
  body: string,
  headers: Record<string, string>,
  isLeaving: boolean,
): Promise<Response> {
  return fetch('bridge/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    credentials: 'omit',
    body,
    keepalive: isLeaving && body.length < mostBeyond,
  });
}

async function resultOf(response: Response): Promise<CallResult> {
  const result = CallResult.safeParse(await response.json().catch(() => null));
  if (result.success) return result.data;
  throw new BridgeError('internal', { message: `bridge answered ${response.status}` });
}
