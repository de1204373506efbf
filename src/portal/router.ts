import { createStore } from 'zustand/vanilla';

/** The page that an address stands for. */
export type Page =
  | { kind: 'tickets' }
  | { kind: 'faq' }
  | { kind: 'ticket'; id: string }
  /** `next`: the address to continue at after the sign-in. */
  | { kind: 'sign-in' | 'register'; next: string };

export const home = '/support';

export function pageOf(path: string, query: string): Page {
  const ticket = /^\/support\/tickets\/([^/]+)$/.exec(path)?.[1];
  if (ticket !== undefined) return { kind: 'ticket', id: decode(ticket) };
  if (path === `${home}/faq`) return { kind: 'faq' };
  if (path === `${home}/sign-in`) return { kind: 'sign-in', next: nextOf(query) };
  if (path === `${home}/register`) return { kind: 'register', next: nextOf(query) };
  return { kind: 'tickets' };
}

export const ticketPath = (id: string): string => `${home}/tickets/${encodeURIComponent(id)}`;
export const signInPath = (next: string, page: 'sign-in' | 'register' = 'sign-in'): string =>
  `${home}/${page}${next === home ? '' : `?next=${encodeURIComponent(next)}`}`;

/**
 * Only addresses of this page are accepted: a link from elsewhere must not lead away after the
 * sign-in.
 */
function nextOf(query: string): string {
  const next = new URLSearchParams(query).get('next') ?? home;
  return next === home || /^\/support\/[\w/-]*$/.test(next) ? next : home;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not a valid address: no ticket has such an id, and the page says so.
    return part;
  }
}

/** The address as a store. */
export const route = createStore<{ path: string; query: string }>(() => ({
  path: location.pathname,
  query: location.search,
}));
const look = (): void => {
  route.setState({ path: location.pathname, query: location.search });
};
window.addEventListener('popstate', look);

/** Goes to another address of this page. `replace`: without a new entry in the history. */
export function navigate(to: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  look();
  window.scrollTo(0, 0);
}
