import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who may talk to the loopback shell: whoever exchanged the per-launch secret, from the shell's own origin. */
export interface Gate {
  /** For the link's fragment; good for one exchange at a time until the app ends. */
  readonly key: string;
  /** Answers a new session for the right key, else null. */
  exchange(key: unknown): string | null;
  hasSession(cookie: string | undefined): boolean;
}

export const sessionCookie = 'staffdesk_session';

/** 256 bits each. The key can be exchanged again after a reload without a cookie only if the link is opened anew. */
export function createGate(): Gate {
  const key = randomBytes(32).toString('base64url');
  const sessions = new Set<string>();
  return {
    key,
    exchange(offered) {
      if (typeof offered !== 'string' || !sameSecret(offered, key)) return null;
      const session = randomBytes(32).toString('base64url');
      sessions.add(digest(session));
      return session;
    },
    hasSession: (cookie) => cookie !== undefined && sessions.has(digest(cookie)),
  };
}

function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digest(a), 'hex'), Buffer.from(digest(b), 'hex'));
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
