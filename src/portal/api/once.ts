import { apiBase } from '../../contract/api.ts';
import { newTag } from './kept-session.ts';

/**
 * A browser repeats a request, a POST too, when a connection that it had used before breaks before
 * the answer begins. A server that takes no keys then writes it twice. A request on a new
 * connection is not repeated, so this closes the others first.
 */
export interface Once {
  /**
   * One request after the other, in all tabs: a connection that one has used is not left to the
   * next.
   */
  inTurn<T>(write: () => Promise<T>): Promise<T>;
  fetch(url: string, init: RequestInit): Promise<Response>;
}

const connectionsOfBrowser = 6;
/** The server has nothing to write for it, should it ever arrive. */
const nothing = `${apiBase}/support/faq`;

export function createOnce(): Once {
  let unreadable: Promise<File | null> | null = null;

  /**
   * A request whose body cannot be read takes an idle connection, sends nothing and closes it.
   * These are as many as there can be, of the kind that sends cookies: the page's other requests
   * send none, so they bring none of that kind back meanwhile.
   */
  async function closeIdleConnections(): Promise<void> {
    unreadable ??= unreadableFile();
    const body = await unreadable;
    if (body === null) return;
    const failing = Array.from({ length: connectionsOfBrowser }, () =>
      fetch(nothing, { method: 'PUT', credentials: 'same-origin', cache: 'no-store', body }),
    );
    await Promise.allSettled(failing);
  }

  return {
    inTurn: (write) => (isSecureContext ? navigator.locks.request('write-once', write) : write()),
    async fetch(url, init) {
      await closeIdleConnections();
      return fetch(url, { ...init, credentials: 'same-origin' });
    },
  };
}

/**
 * A file that was removed once the browser had it in hand. Null: this browser has no place for one,
 * as over plain http.
 */
async function unreadableFile(): Promise<File | null> {
  try {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle(newTag(), { create: true });
    const writing = await handle.createWritable();
    await writing.write('x');
    await writing.close();
    const file = await handle.getFile();
    await folder.removeEntry(handle.name);
    return file;
  } catch {
    return null;
  }
}
