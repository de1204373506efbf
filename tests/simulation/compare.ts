import { parseWireMicros } from '../../src/core/time.ts';

/** The same thing at the real server and at the model. */
export interface Pair<T> {
  real: T;
  model: T;
}

/** Compares answers of two servers that give ids and times of their own. */
export interface Comparison {
  /** Two ids that mean the same. */
  ids(pair: Pair<string>): void;
  /**
   * Where the two bodies differ; empty when they say the same. Ids must correspond one to one over
   * all answers, times must stand in the same order within an answer.
   */
  bodies(pair: Pair<unknown>): string[];
  count(): number;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const wireTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
/** Each side makes these as it likes. */
const opaque = new Set(['access_token', 'refresh_token', 'next_cursor', 'after', 'server_time']);
/** Rows without an order that both could share: within one transaction the feed goes by id. */
const unordered = new Set(['tickets', 'messages', 'removed', 'staff']);
/** A customer's version of a ticket is a time, of each side's own clock; staff's counts changes. */
const leastTimeVersion = 1e12;
/** Two calls of the clock in one statement of PostgreSQL lie at most this far apart. */
const sameInstantMicros = 60;

export function createComparison(): Comparison {
  const toModel = new Map<string, string>();
  const toReal = new Map<string, string>();
  let count = 0;

  function ids({ real, model }: Pair<string>): void {
    toModel.set(real, model);
    toReal.set(model, real);
  }

  function sameId(real: string, model: string): boolean {
    if (!toModel.has(real) && !toReal.has(model)) ids({ real, model });
    return toModel.get(real) === model && toReal.get(model) === real;
  }

  function walk(real: unknown, model: unknown, path: string, times: Pair<number[]>): string[] {
    if (typeof real === 'string' && typeof model === 'string') {
      if (uuid.test(real) && uuid.test(model))
        return sameId(real, model) ? [] : [`${path}: id ${real} is not ${model}`];
      if (wireTime.test(real) && wireTime.test(model)) {
        times.real.push(parseWireMicros(real));
        times.model.push(parseWireMicros(model));
        return [];
      }
    }
    if (
      typeof real === 'number' &&
      typeof model === 'number' &&
      path.endsWith('.version') &&
      Math.min(real, model) > leastTimeVersion
    )
      return [];
    if (Array.isArray(real) && Array.isArray(model)) {
      if (real.length !== model.length)
        return [`${path}: ${real.length} entries, not ${model.length}`];
      return real.flatMap((one, i) => walk(one, model[i], `${path}[${i}]`, times));
    }
    if (isRecord(real) && isRecord(model)) {
      const names = [...new Set([...Object.keys(real), ...Object.keys(model)])].filter(
        (name) => !opaque.has(name),
      );
      return names.flatMap((name) => {
        const [a, b] = unordered.has(name)
          ? aligned(real[name], model[name])
          : [real[name], model[name]];
        return walk(a, b, `${path}.${name}`, times);
      });
    }
    return real === model ? [] : [`${path}: ${JSON.stringify(real)}, not ${JSON.stringify(model)}`];
  }

  /** Puts rows whose ids are known on both sides next to each other; new ones keep their place. */
  function aligned(real: unknown, model: unknown): [unknown, unknown] {
    if (!Array.isArray(real) || !Array.isArray(model)) return [real, model];
    const places = new Map(model.filter(isRecord).map((row) => [String(row['id']), row]));
    const known = real
      .filter(isRecord)
      .filter((row) => places.has(toModel.get(String(row['id'])) ?? ''));
    const partners = known.map((row) => places.get(toModel.get(String(row['id'])) ?? ''));
    const rest = (list: unknown[], taken: unknown[]): unknown[] =>
      list.filter((row) => !taken.includes(row));
    return [
      [...known, ...rest(real, known)],
      [...partners, ...rest(model, partners)],
    ];
  }

  return {
    ids,
    bodies({ real, model }) {
      count += 1;
      const times: Pair<number[]> = { real: [], model: [] };
      const found = walk(real, model, 'body', times);
      return found.length > 0 || sameOrder(times)
        ? found.slice(0, 5)
        : ['the times of the two bodies stand in another order'];
    },
    count: () => count,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal times of the one are equal in the other, and what is earlier is earlier. */
function sameOrder({ real, model }: Pair<number[]>): boolean {
  const ranks = (times: number[]): number[] => {
    const sorted = times.toSorted((a, b) => a - b);
    const starts = sorted.filter(
      (at, i) => i === 0 || at - (sorted[i - 1] ?? 0) > sameInstantMicros,
    );
    return times.map((at) => starts.findLastIndex((start) => start <= at));
  };
  const [a, b] = [ranks(real), ranks(model)];
  return a.every((rank, i) => rank === b[i]);
}
