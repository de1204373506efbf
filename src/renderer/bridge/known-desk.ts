import { BridgeError } from '../../contract/errors.ts';
import { isSameDesk } from './proof.ts';

/** A problem that keeps a window from its desk, or from hearing of changes. */
export type WindowProblem = 'shell-gone' | 'window-stale' | 'too-many-windows';

/** Whether the program at this address is still the desk that let this window in. */
export interface KnownDesk {
  isKnown(): boolean;
  /** Another program or another start has this address: nothing more is sent there. */
  isLost(): boolean;
  /** A connection broke, so that another program may have the port by now. */
  doubt(): void;
  /** `problem`: null once there is none any more. */
  report(problem: WindowProblem | null): void;
  onProblem(listener: (problem: WindowProblem | null) => void): void;
  /** Reports the problem, and returns the error for the call that met it. */
  fail(problem: WindowProblem, cause?: unknown): BridgeError;
  /** Nothing is said to a program that may not be the desk. Throws BridgeError. */
  makeSure(): Promise<void>;
}

export function createKnownDesk(session: () => string): KnownDesk {
  let desk: 'known' | 'unsure' | 'lost' = 'known';
  let proving: Promise<void> | null = null;
  const problems = createProblems();

  function fail(problem: WindowProblem, cause?: unknown): BridgeError {
    desk = problem === 'window-stale' ? 'lost' : 'unsure';
    problems.report(problem);
    return new BridgeError(problem, { cause });
  }

  async function prove(): Promise<void> {
    const same = await isSameDesk(session()).catch((error: unknown) => {
      throw fail('shell-gone', error);
    });
    if (!same) throw fail('window-stale');
    desk = 'known';
  }

  return {
    ...problems,
    fail,
    isKnown: () => desk === 'known',
    isLost: () => desk === 'lost',
    doubt() {
      desk = 'unsure';
    },
    async makeSure() {
      if (desk === 'lost') throw new BridgeError('window-stale');
      proving ??= prove().finally(() => {
        proving = null;
      });
      await proving;
    },
  };
}

/** Problems are told to the one who shows them. */
function createProblems(): Pick<KnownDesk, 'report' | 'onProblem'> {
  let tell: KnownDesk['report'] = () => undefined;
  return {
    report(problem) {
      tell(problem);
    },
    onProblem(listener) {
      tell = listener;
    },
  };
}
