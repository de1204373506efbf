import type { Navigation } from '../navigation.ts';
import type { Command } from './command.ts';

/**
 * Runs commands in the order of their keys. A command for tickets waits until the list that was
 * chosen before it is shown: a fast hand presses G, M, J, E before that, and E must not close the
 * ticket of the list that was left.
 */
export interface CommandsInTurn {
  /** Whether a command of this scope waits, if its key is pressed now. */
  waits(scope: Command['scope']): boolean;
  run(command: Command): void;
}

interface TurnParts {
  list: Pick<Navigation, 'isListComing' | 'isListed' | 'whenListed'>;
  isOffered: (command: Command) => boolean;
}

export function createCommandsInTurn({ list, isOffered }: TurnParts): CommandsInTurn {
  let waiting: Command[] = [];

  const waits = (scope: Command['scope']): boolean =>
    waiting.length > 0 || (scope === 'tickets' && list.isListComing());

  function runWaiting(): void {
    const due = waiting;
    waiting = [];
    // A list that did not come has no ticket that they could mean.
    if (!list.isListed()) return;
    // One of them may choose another list, for which the rest waits again.
    for (const command of due) run(command);
  }

  function run(command: Command): void {
    if (waits(command.scope)) {
      waiting.push(command);
      if (waiting.length === 1) list.whenListed(runWaiting);
    } else if (isOffered(command)) command.run();
  }

  return { waits, run };
}
