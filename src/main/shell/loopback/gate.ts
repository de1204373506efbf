import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Decides who may talk to the loopback shell: a window that exchanged a key for a session. */
export interface Gate {
  /**
   * A new key for one window. It stays good until it is used, since an agent may open the link an
   * hour later.
   */
  mint(): string;
  /**
   * A new session for a key that nobody has used, else null. Two calls at once cannot both get one:
   * it runs in one go.
   */
  exchange(key: unknown): string | null;
  /**
   * The id of the session, which is not secret; null for one that was not handed out by this
   * process.
   */
  sessionOf(session: string | undefined): string | null;
  /**
   * Proves to a window that this is the process that it got its session from, without either of
   * them saying the session.
   */
  prove(sessionId: unknown, challenge: unknown): string | null;
  /** How often a key or session was wrong. */
  readonly wrong: number;
}

/**
 * Keys that are printed or handed over and not used yet. The oldest one ends when there is one
 * more.
 */
const mostKeys = 16;
const longestChallenge = 200;

export function createGate(): Gate {
  const keys = createKeys();
  const secrets = new Map<string, string>();
  let wrong = 0;
  return {
    get wrong() {
      return wrong;
    },
    mint: keys.mint,
    exchange(offered) {
      if (!keys.use(offered)) {
        wrong += 1;
        return null;
      }
      const [id, secret] = [randomSecret(12), randomSecret(32)];
      secrets.set(id, secret);
      return `${id}.${secret}`;
    },
    sessionOf(session) {
      const [id = '', offered = ''] = session?.split('.') ?? [];
      if (sameSecret(offered, secrets.get(id) ?? randomSecret(32))) return id;
      wrong += 1;
      return null;
    },
    prove(sessionId, challenge) {
      if (typeof sessionId !== 'string' || typeof challenge !== 'string') return null;
      const secret = secrets.get(sessionId);
      if (secret === undefined || challenge.length > longestChallenge) return null;
      return createHmac('sha256', secret).update(challenge).digest('hex');
    },
  };
}

/** Keys that are good for one session each. */
function createKeys() {
  const keys: string[] = [];
  return {
    mint() {
      const key = randomSecret(32);
      keys.push(key);
      if (keys.length > mostKeys) keys.shift();
      return key;
    },
    /** False for a key that is not good. */
    use(offered: unknown): boolean {
      if (typeof offered !== 'string') return false;
      const at = keys.findIndex((key) => sameSecret(offered, key));
      if (at >= 0) keys.splice(at, 1);
      return at >= 0;
    },
  };
}

function randomSecret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
