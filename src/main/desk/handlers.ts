import type { z } from 'zod';
import {
  callNames,
  type CallName,
  type CallOutput,
  type bridgeCalls,
} from '../../contract/bridge.ts';

type Input<N extends CallName> = z.output<(typeof bridgeCalls)[N]['input']>;
/** One function per call of the contract; inputs arrive parsed. */
export type Handlers = {
  [N in CallName]: (input: Input<N>) => CallOutput<N> | Promise<CallOutput<N>>;
};
/** Those of one area. */
export type Calls<N extends CallName> = Pick<Handlers, N>;

/** Calls of the desk itself, which it takes without an account as well. */
export type DeskCallName =
  | 'session.get'
  | 'session.signIn'
  | 'session.signOut'
  | 'session.takeOver'
  | 'sync.get'
  | 'sync.retry'
  | 'draft.save'
  | 'storage.clear'
  | 'about.get'
  | 'window.front'
  | 'live.watch'
  | 'live.end';
/** The calls of an area by its contract, without those that the desk itself takes. */
export type CallsOf<C extends { calls: object }> = Calls<
  Exclude<keyof C['calls'] & CallName, DeskCallName>
>;
/** Calls of the account that is signed in. */
export type AccountCalls = Omit<Handlers, DeskCallName>;

interface HandlerParts {
  own: Pick<Handlers, DeskCallName>;
  /** Those of the account, at once or soon; throws BridgeError 'not-signed-in'. */
  account: () => AccountCalls | Promise<AccountCalls>;
  /** May refuse a call. */
  require: (name: CallName) => void;
  /** Turns what a call threw into the error for the window. */
  explain: (error: unknown) => unknown;
}

/** Every call of the contract, for the desk or for the account that works now. */
export function handlersOf({ own, account, require, explain }: HandlerParts): Handlers {
  const fail = (error: unknown): never => {
    throw explain(error);
  };
  // Name and input belong together; the compiler cannot follow that through the map.
  function run(name: CallName, input: never): unknown {
    const runOf = (calls: Partial<Handlers>): unknown =>
      (calls[name] as (input: never) => unknown)(input);
    if (name in own) return runOf(own);
    const calls = account();
    return calls instanceof Promise ? calls.then(runOf) : runOf(calls);
  }
  return Object.fromEntries(
    callNames.map((name) => [
      name,
      (input: never) => {
        try {
          require(name);
          const answer = run(name, input);
          return answer instanceof Promise ? answer.catch(fail) : answer;
        } catch (error) {
          return fail(error);
        }
      },
    ]),
  ) as unknown as Handlers;
}
