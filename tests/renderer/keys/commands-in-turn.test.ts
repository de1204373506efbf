import { expect, test } from 'vitest';
import type { Command } from '../../../src/renderer/keys/command.ts';
import { createCommandsInTurn } from '../../../src/renderer/keys/commands-in-turn.ts';

/** A list that is chosen, comes, or does not come; and the commands that ran. */
function turn() {
  const ran: string[] = [];
  let state: 'here' | 'coming' | 'failed' = 'here';
  let then: () => void = () => undefined;
  const inTurn = createCommandsInTurn({
    list: {
      isListed: () => state === 'here',
      isListComing: () => state === 'coming',
      whenListed(next) {
        then = next;
      },
    },
    isOffered: ({ available }) => available?.() ?? true,
  });
  const press = (key: string, given: Partial<Command> = {}): void => {
    const run = (): void => void ran.push(key);
    inTurn.run({ id: 'next', group: 'move', scope: 'tickets', key, run, ...given });
  };
  const choose = (): void => {
    state = 'coming';
  };
  const come = (): void => {
    state = 'here';
    then();
  };
  const fail = (): void => {
    state = 'failed';
    then();
  };
  return { ran, inTurn, press, choose, come, fail };
}

test('a command for tickets waits for the list that was chosen before it', () => {
  const { ran, press, choose, come } = turn();
  press('J');
  choose();
  press('J');
  press('E');
  expect(ran).toEqual(['J']);
  come();
  expect(ran).toEqual(['J', 'J', 'E']);
});

test('one for the window runs at once, but never before one that waits', () => {
  const { ran, inTurn, press, choose, come } = turn();
  choose();
  press('/', { scope: 'everywhere' });
  expect(ran).toEqual(['/']);
  expect(inTurn.waits('everywhere')).toBe(false);
  press('E');
  expect(inTurn.waits('everywhere')).toBe(true);
  press('G A', { scope: 'everywhere' });
  expect(ran).toEqual(['/']);
  come();
  expect(ran).toEqual(['/', 'E', 'G A']);
});

test('those behind a choice that waited wait for its list', () => {
  const { ran, press, choose, come } = turn();
  choose();
  press('E');
  press('G A', { scope: 'everywhere', run: () => (ran.push('G A'), choose()) });
  press('J');
  come();
  expect(ran).toEqual(['E', 'G A']);
  come();
  expect(ran).toEqual(['E', 'G A', 'J']);
});

test('when its turn comes, one that can do nothing does nothing', () => {
  const { ran, press, choose, come } = turn();
  let hasTicket = true;
  choose();
  press('E', { available: () => hasTicket });
  hasTicket = false;
  come();
  expect(ran).toEqual([]);
});

test('of a list that did not come, no ticket is acted on; what is pressed then runs', () => {
  const { ran, press, choose, fail } = turn();
  choose();
  press('E');
  fail();
  expect(ran).toEqual([]);
  press('R');
  expect(ran).toEqual(['R']);
});
