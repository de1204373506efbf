import type { TokenPair } from '../../contract/wire/api.ts';
import { keptSession, type KeptSession } from './kept-session.ts';

/**
 * The tokens of this tab. The access token exists only here: in no storage and in no address. The
 * key of the session is in the storage of this page's origin, which no other port or host can read
 * or write.
 */
export interface Credentials {
  access: string | null;
  /** From a server without page sessions: the session then lasts as long as the page. */
  refreshToken: string | null;
  /** The sign-in that this tab is part of; null before the first. */
  tag: string | null;
}

export const noCredentials = (): Credentials => ({ access: null, refreshToken: null, tag: null });

export function take(credentials: Credentials, pair: TokenPair, tag: string): void {
  const { access_token: access, refresh_token: refreshToken, page_key: key } = pair;
  credentials.access = access;
  credentials.refreshToken = key === undefined ? refreshToken : null;
  credentials.tag = tag;
  if (key !== undefined) keptSession.write({ tag, key });
}

/** Leaves a session in storage that another tab has opened since. */
export function forget(credentials: Credentials): void {
  if (keptSession.read()?.tag === credentials.tag) keptSession.clear();
  Object.assign(credentials, noCredentials());
}

/**
 * The stored session, if this tab may continue it. Null: there is none, or another tab has opened a
 * new one, perhaps for another person.
 */
export function ownSession({ tag }: Credentials): KeptSession | null {
  const kept = keptSession.read();
  return kept !== null && (tag === null || kept.tag === tag) ? kept : null;
}
