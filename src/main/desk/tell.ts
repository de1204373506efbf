import type { Events } from './events.ts';

/** To be called after a commit: the window is told of it, and operations are sent. */
export interface Tell {
  /** These tickets look different now (null: any may). */
  changed(ticketIds: string[] | null): void;
  /** An operation was queued: it is shown and sent. */
  operationAdded(ticketId: string): void;
  operationsAdded(ticketIds: string[]): void;
  /** The same by a bulk, which says itself how it stands. */
  bulkAdded(ticketIds: string[]): void;
}

type Step = () => void;

/** What else has to be done after a commit, by what was committed. */
export interface After {
  changed: Step[];
  queued: Step[];
  /** Operations moved that may be of a bulk. */
  moved: Step[];
}

export function createTell(
  events: Events,
  onFault: (error: unknown) => void,
): { tell: Tell; after: After; afterCommit: (steps: readonly Step[]) => void } {
  const after: After = { changed: [], queued: [], moved: [] };

  /**
   * An error that a step threw would tell the agent that nothing was kept, and the agent would do
   * it again. Most often a database cannot be read just then.
   */
  function afterCommit(steps: readonly Step[]): void {
    for (const step of steps) {
      try {
        step();
      } catch (error) {
        onFault(error);
      }
    }
  }

  function changed(ticketIds: string[] | null): void {
    const emit = (): void => {
      events.emit('data.changed', { ticket_ids: ticketIds });
    };
    afterCommit([emit, ...after.changed]);
  }

  function bulkAdded(ticketIds: string[]): void {
    changed(ticketIds);
    afterCommit(after.queued);
  }

  function operationsAdded(ticketIds: string[]): void {
    bulkAdded(ticketIds);
    afterCommit(after.moved);
  }

  return {
    tell: {
      changed,
      bulkAdded,
      operationsAdded,
      operationAdded(ticketId) {
        operationsAdded([ticketId]);
      },
    },
    after,
    afterCommit,
  };
}
