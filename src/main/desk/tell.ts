import type { Topic, Touched } from '../../contract/bridge.ts';

/** To be called after a commit: notifies the windows, and sends operations. */
export interface Tell {
  /** Something was committed that has nothing to do with a ticket. */
  touch(topics: readonly Topic[]): void;
  /** These tickets look different now (null: any may), since this was committed. */
  changed(ticketIds: string[] | null, topics: readonly Topic[]): void;
  /** An operation was queued: it is shown and sent. */
  operationAdded(ticketId: string): void;
  operationsAdded(ticketIds: string[]): void;
  /** As `operationsAdded`, for a bulk, which reports its own progress. */
  bulkAdded(ticketIds: string[]): void;
}

type Step = () => void;

/** Further steps after a commit, by the kind of commit. */
export interface After {
  changed: Step[];
  queued: Step[];
  /** Operations moved that may be of a bulk. */
  moved: Step[];
}

/** Topics that an operation of any kind may touch; a message takes its draft along. */
const byOperations: readonly Topic[] = ['operations', 'drafts', 'snoozes'];

interface TellParts {
  touched: (touched: Touched) => void;
  /** Something failed that should not. */
  fault: (error: unknown) => void;
}

export function createTell({ touched, fault }: TellParts): {
  tell: Tell;
  after: After;
  afterCommit: (steps: readonly Step[]) => void;
} {
  const after: After = { changed: [], queued: [], moved: [] };
  const afterCommit = (steps: readonly Step[]): void => {
    runSteps(steps, fault);
  };
  const touch = (topics: readonly Topic[], tickets: Touched['tickets']): Step => {
    return () => {
      touched({ topics, tickets });
    };
  };

  function changed(ticketIds: string[] | null, topics: readonly Topic[]): void {
    afterCommit([touch(topics, ticketIds ?? 'all'), ...after.changed]);
  }
  function operationsAdded(ticketIds: string[]): void {
    changed(ticketIds, byOperations);
    afterCommit([...after.queued, ...after.moved]);
  }
  const tell: Tell = {
    touch(topics) {
      afterCommit([touch(topics, [])]);
    },
    changed,
    bulkAdded(ticketIds) {
      changed(ticketIds, [...byOperations, 'reads']);
      afterCommit(after.queued);
    },
    operationsAdded,
    operationAdded(ticketId) {
      operationsAdded([ticketId]);
    },
  };
  return { tell, after, afterCommit };
}

/**
 * An error that a step threw would tell the agent that nothing was kept, and the agent would do it
 * again. Most often a database cannot be read just then.
 */
function runSteps(steps: readonly Step[], fault: TellParts['fault']): void {
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      fault(error);
    }
  }
}
