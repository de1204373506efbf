import { apiBase } from '../../contract/wire/api.ts';
import { newTag } from './kept-session.ts';

/**
 * Requests that the browser does not repeat. A browser repeats a request, even a POST, if a
 * connection that it has used before breaks before the response begins; a server that takes no keys
 * then writes it twice. A request on a new connection is not repeated, so this closes the idle ones
 * first.
 */
export interface Once {
  /**
   * Runs one write at a time across all tabs, so that none uses a connection that another has left
   * open.
   */
  inTurn<T>(write: () => Promise<T>): Promise<T>;
  fetch(url: string, init: RequestInit): Promise<Response>;
}

const connectionsOfBrowser = 6;
/** A PUT here changes nothing on the server, should it ever arrive. */
const harmlessUrl = `${apiBase}/support/faq`;

export function createOnce(): Once {
  let unreadable: Promise<File | null> | null = null;

  /**
   * A request whose body cannot be read takes an idle connection, sends nothing and closes it. There
   * are as many of these as a browser has connections, and they send cookies: browsers keep
   * connections with and without cookies apart, and the page's other requests send none.
   */
  async function closeIdleConnections(): Promise<void> {
    unreadable ??= unreadableFile();
    const body = await unreadable;
    if (body === null) return;
    const failing = Array.from({ length: connectionsOfBrowser }, () =>
      fetch(harmlessUrl, { method: 'PUT', credentials: 'same-origin', cache: 'no-store', body }),
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
 * A file that was removed after the browser had opened it. Null: this browser offers no place for
 * one, as over plain http.
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
