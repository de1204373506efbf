/**
 * What a browser keeps of a session: which sign-in it is, and the key that the server takes for it.
 */
export interface KeptSession {
  tag: string;
  key: string;
}

const name = 'session';

/** In the storage of this page's origin, so for all of its tabs, and for no other port or host. */
export const keptSession = {
  read(): KeptSession | null {
    const [tag, key] = localStorage.getItem(name)?.split(' ') ?? [];
    return tag === undefined || key === undefined ? null : { tag, key };
  },
  write({ tag, key }: KeptSession): void {
    localStorage.setItem(name, `${tag} ${key}`);
  },
  clear(): void {
    localStorage.removeItem(name);
  },
};

/**
 * Names a sign-in, so that a tab can tell whether the session that is kept is still its own. No
 * secret.
 */
export function newTag(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
