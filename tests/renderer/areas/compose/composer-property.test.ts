import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../../../src/main/desk/sqlite/outbox-file.ts';
import { seeded } from '../../../../src/server/demo/random.ts';
import { tempDir } from '../../../helpers/desk.ts';
import { createTwoWindows } from '../../../helpers/two-windows.ts';

const histories = 1_600;
const steps = 45;
const parts = 8;

let home: ReturnType<typeof tempDir>;
let db: WriteDb;
beforeAll(() => {
  home = tempDir();
  db = openOutbox(join(home.dir, 'outbox.db')).db;
  // Thousands of histories; none of them loses power.
  db.pragma('synchronous = OFF');
});
afterAll(() => {
  db.close();
  home.remove();
});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Outcome {
  owed: number;
  /** Null: nothing was lost. */ wrong: string | null;
}

async function history(seed: number): Promise<Outcome> {
  const world = createTwoWindows(db, seeded(seed));
  const tell = (where: string, problems: readonly string[]): Outcome => ({
    owed: 0,
    wrong: `seed ${seed}, ${where}: ${problems.join('; ')}\n${world.trace.join('\n')}`,
  });
  try {
    for (let i = 0; i < steps; i += 1) {
      await world.step();
      const missing = world.missing();
      if (missing.length > 0) return tell(`step ${i}`, missing);
    }
    await world.rest();
    if (world.missing().length > 0) return tell('at rest', world.missing());
    const unlike = (await world.agree()).filter((texts) => new Set(texts).size > 1);
    if (unlike.length > 0)
      return tell(
        'desk and windows differ',
        unlike.map((texts) => JSON.stringify(texts)),
      );
    if (world.doubles().length > 0) return tell('in the end', world.doubles());
    return world.missing().length > 0
      ? tell('in the end', world.missing())
      : { owed: world.owe(), wrong: null };
  } finally {
    world.end();
  }
}

describe('whatever is typed, sent, taken back and restored in two windows, and however late, lost or refused the answers are', () => {
  test.each(Array.from({ length: parts }, (_, part) => part))(
    'what was on screen is in a composer, a version, the outbox or on the server: part %d',
    async (part) => {
      let owed = 0;
      for (let seed = part; seed < histories; seed += parts) {
        const outcome = await history(seed);
        expect(outcome.wrong).toBeNull();
        owed += outcome.owed;
      }
      // The histories are worth something: texts do leave the screen.
      expect(owed).toBeGreaterThan(histories / parts / 3);
    },
  );
});
