/**
 * What only a real clock or real chance could answer: in a simulation it is a fault of the code
 * under test.
 */
export class RealWorldError extends Error {
  constructor(what: string) {
    super(
      `${what} was used in a simulation: take the clock, the timers and chance that are passed in`,
    );
  }
}

/**
 * Forbids real time, timers and chance until the answered function is called; `onBreach` hears of
 * it even where the error itself is swallowed. Code that kept a reference from before is not caught
 * here, but by the trace's hash.
 */
export function forbidRealWorld(onBreach: (error: RealWorldError) => void): () => void {
  const breach = (what: string): never => {
    const error = new RealWorldError(what);
    onBreach(error);
    throw error;
  };
  const refuse = (what: string) => (): never => breach(what);
  const real = {
    Date: globalThis.Date,
    random: Math.random,
    setTimeout: globalThis.setTimeout,
    setInterval: globalThis.setInterval,
    now: performance.now,
    randomUUID: crypto.randomUUID,
  };
  globalThis.Date = new Proxy(real.Date, {
    construct(target, args: [], newTarget) {
      if (args.length === 0) breach('new Date()');
      // A proxied constructor hands its arguments on as they came.
      return Reflect.construct(
        target,
        args,
        newTarget === globalThis.Date ? target : newTarget,
      ) as Date;
    },
    get(target, key, receiver): unknown {
      return key === 'now' ? refuse('Date.now') : Reflect.get(target, key, receiver);
    },
  });
  Math.random = refuse('Math.random');
  // The declared types carry Node's promisified forms, which nobody may use here either.
  globalThis.setTimeout = refuse('setTimeout') as unknown as typeof setTimeout;
  globalThis.setInterval = refuse('setInterval');
  performance.now = () => (isAxios() ? 0 : breach('performance.now'));
  crypto.randomUUID = refuse('crypto.randomUUID');
  return () => {
    globalThis.Date = real.Date;
    Math.random = real.random;
    globalThis.setTimeout = real.setTimeout;
    globalThis.setInterval = real.setInterval;
    performance.now = real.now;
    crypto.randomUUID = real.randomUUID;
  };
}

let asked = 0;

/**
 * axios takes the time of each request for a field that nobody reads. Looking who asks costs more
 * than a request, so it is done now and then.
 */
function isAxios(): boolean {
  asked += 1;
  if (asked > 100 && asked % 97 !== 0) return true;
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 4;
  const stack = new Error('who asks').stack ?? '';
  Error.stackTraceLimit = before;
  return /[\\/]node_modules[\\/]axios[\\/]/.test(stack);
}
