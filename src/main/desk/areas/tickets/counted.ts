/** Keeps answers that cost a read of many rows until what they were read from has changed. */
export interface Memo {
  <T>(key: string, ask: () => T): T;
}

/** `version`: differs whenever an answer may differ. */
export function createMemo(version: () => string): Memo {
  let kept = new Map<string, unknown>();
  let of = '';
  return <T>(key: string, ask: () => T): T => {
    const now = version();
    if (now !== of) {
      kept = new Map();
      of = now;
    }
    // Each key is only ever asked for one type.
    if (kept.has(key)) return kept.get(key) as T;
    const answer = ask();
    kept.set(key, answer);
    return answer;
  };
}
