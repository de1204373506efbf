/** A session as this browser stores it: the tag names the sign-in, the key proves it to the server. */
export interface KeptSession {
  tag: string;
  key: string;
}

const name = 'session';

/** Shared by all tabs of this page's origin, and hidden from every other port and host. */
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

/** A tag lets a tab see whether the stored session is still its own. It is no secret. */
export function newTag(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
