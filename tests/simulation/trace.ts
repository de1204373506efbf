import { createHash } from 'node:crypto';

/** Everything that happens in a history, in order; two runs of one seed must give the same hash. */
export interface Trace {
  add(line: string): void;
  hash(): string;
  lines(): string[];
}

/** Lines are kept only where somebody wants to read them. */
export function createTrace(keep: boolean): Trace {
  const hash = createHash('sha256');
  const kept: string[] = [];
  return {
    add(line) {
      hash.update(line);
      hash.update('\n');
      if (keep) kept.push(line);
    },
    hash: () => hash.copy().digest('hex'),
    lines: () => kept,
  };
}
