import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createUnreadWorld } from '../../../../helpers/unread/level2-world.ts';

const histories = 16;
const steps = 150;
const parts = 4;

let home: ReturnType<typeof tempDir>;
beforeAll(() => {
  home = tempDir();
});
afterAll(() => {
  home.remove();
});

async function history(seed: number): Promise<{ owed: number; wrong: string | null }> {
  const dir = join(home.dir, String(seed));
  mkdirSync(dir);
  const world = createUnreadWorld(dir, seeded(seed));
  let owed = 0;
  try {
    for (let i = 0; i < steps; i += 1) {
      const wrong = await world.step();
      if (wrong.length > 0)
        return {
          owed,
          wrong: `seed ${seed}, step ${i}: ${wrong.join('; ')}\n${world.trace.join('\n')}`,
        };
      owed = Math.max(owed, ...world.desks.map((desk) => desk.worth()));
    }
    return { owed, wrong: null };
  } finally {
    world.close();
  }
}

describe('whatever is written, merged, read on two desks, copied again and in or out of focus', () => {
  test.each(Array.from({ length: parts }, (_, part) => part))(
    'what was never on a focused screen is unread, what was is read, and a count is that of its rows: part %d',
    async (part) => {
      let owed = 0;
      for (let seed = part; seed < histories; seed += parts) {
        const outcome = await history(seed);
        expect(outcome.wrong).toBeNull();
        owed += outcome.owed;
      }
      // The histories are worth something: messages do wait to be seen.
      expect(owed).toBeGreaterThan(histories / parts);
    },
  );
});
