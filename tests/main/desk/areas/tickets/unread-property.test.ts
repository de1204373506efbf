import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createLevel1World } from '../../../../helpers/unread/level1-world.ts';
import { createUnreadWorld } from '../../../../helpers/unread/level2-world.ts';

const histories = 16;
const steps = 150;

let home: ReturnType<typeof tempDir>;
beforeAll(() => {
  home = tempDir();
});
afterAll(() => {
  home.remove();
});

const worlds = { 1: createLevel1World, 2: createUnreadWorld } as const;

async function history(
  level: 1 | 2,
  seed: number,
): Promise<{ owed: number; wrong: string | null }> {
  const dir = join(home.dir, `${level}-${seed}`);
  mkdirSync(dir);
  const world = worlds[level](dir, seeded(seed));
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

const parts = Array.from({ length: 4 }, (_, part) => part);

describe('whatever is written, merged, answered, read on two desks, marked unread, copied again and in or out of focus', () => {
  test.each(([2, 1] as const).flatMap((level) => parts.map((part) => [level, part] as const)))(
    'what was never on a focused screen is unread, what was is read, and a count is that of its rows: level %d, part %d',
    async (level, part) => {
      let owed = 0;
      for (let seed = part; seed < histories; seed += parts.length) {
        const outcome = await history(level, seed);
        expect(outcome.wrong).toBeNull();
        owed += outcome.owed;
      }
      // The histories are worth something: messages do wait to be seen.
      expect(owed).toBeGreaterThan(histories / parts.length);
    },
  );
});
