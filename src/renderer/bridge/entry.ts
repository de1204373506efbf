/** Why a window cannot be let in; the catalogue words it. */
export type EntryProblem = 'no-key' | 'key-used' | 'address-taken' | 'gone';

export class EntryError extends Error {
  readonly problem: EntryProblem;
  constructor(problem: EntryProblem) {
    super(problem);
    this.name = 'EntryError';
    this.problem = problem;
  }
}

declare global {
  interface Window {
    staffdeskKey?: string | undefined;
  }
}

/**
 * Kept by the browser for this scheme, host and port and this tab alone: no other port is ever sent
 * it, as a cookie would be.
 */
const place = 'staffdesk-session';
/**
 * Of the window that Staffdesk opens itself, which is given its key instead of having it in its
 * address.
 */
const ownWindowMark = '#window';
const handOverMs = 60_000;

/**
 * The session of this window, bought with the key that it came with or kept from before a reload.
 * Throws EntryError.
 */
export async function enter(): Promise<string> {
  await refuseWorkers();
  const kept = keptSession();
  const key = await keyOfWindow();
  if (key === null) {
    if (kept === null) throw new EntryError('no-key');
    return kept;
  }
  const session = (await exchange(key)) ?? kept;
  if (session === null) throw new EntryError('key-used');
  keepSession(session);
  return session;
}

/** Staffdesk has no service worker: one of who stood at this address before would read along. */
async function refuseWorkers(): Promise<void> {
  // Not there in a private window of some browsers.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers?.controller) return;
  for (const registration of await workers.getRegistrations()) await registration.unregister();
  throw new EntryError('address-taken');
}

function keptSession(): string | null {
  try {
    return sessionStorage.getItem(place);
  } catch {
    // This browser keeps nothing for any page.
    return null;
  }
}

function keepSession(session: string): void {
  try {
    sessionStorage.setItem(place, session);
  } catch {
    // As above: the window works until it is reloaded, and then asks for a link.
  }
}

async function keyOfWindow(): Promise<string | null> {
  const isOwnWindow = location.hash === ownWindowMark;
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  // The secret leaves the address at once: it must not stay in a history or a screenshot.
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return isOwnWindow ? handedKey() : key;
}

/** Waits until Staffdesk has left the key in this page. */
function handedKey(): Promise<string | null> {
  return new Promise((done) => {
    const take = (): void => {
      const { staffdeskKey: key } = window;
      if (key === undefined) return;
      delete window.staffdeskKey;
      done(key);
    };
    addEventListener('staffdesk-key', take);
    setTimeout(() => {
      done(null);
    }, handOverMs);
    take();
  });
}

async function exchange(key: string): Promise<string | null> {
  const response = await fetch('bridge/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'omit',
    body: JSON.stringify({ key }),
  }).catch(() => {
    throw new EntryError('gone');
  });
  if (!response.ok) return null;
  const answer: unknown = await response.json();
  return typeof answer === 'object' &&
    answer !== null &&
    'session' in answer &&
    typeof answer.session === 'string'
    ? answer.session
    : null;
}
