import { expect, test } from 'vitest';
import { History, settled } from './history.ts';

/**
 * Typing, sending, late, lost and refused answers, reloads, sign-ins and tabs: 11 s of one core.
 */
const histories = 2_000;
const steps = 45;

async function live(seed: number): Promise<History> {
  const history = new History(seed);
  for (let step = 0; step < steps && history.faults.length === 0; step += 1) {
    await history.step();
    await settled();
    history.model.deliverEvents();
    history.check();
  }
  if (history.faults.length === 0) await history.finish();
  return history;
}

test(`in ${histories} histories, what was typed is in a field, kept or on the server, and nothing is there twice`, async () => {
  for (let seed = 1; seed <= histories; seed += 1) {
    const history = await live(seed);
    expect(
      history.faults,
      `seed ${seed}${history.faults.length > 0 ? history.told() : ''}`,
    ).toEqual([]);
  }
});
