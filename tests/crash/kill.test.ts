import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startApi } from '../helpers/api.ts';
import { tempDir } from '../helpers/desk.ts';
import { runKillLoop, type KillResult } from './kill-loop.ts';

/** `npm run kill` goes on for longer. */
const kills = Number(process.env['KILLS'] ?? 30);

test(
  `${kills} desks killed while they write and send: nothing lost, nothing twice, all in order, nothing half written`,
  { timeout: 300_000 + kills * 4_000 },
  async () => {
    const api = await startApi();
    const home = tempDir();
    try {
      // Two desks at once: most of the time is the start of a process.
      const results = await Promise.all(
        [1, 2].map((n) =>
          runKillLoop(api, join(home.dir, `desk-${n}`), {
            kills: Math.ceil(kills / 2),
            seed: 20_261_125 + n,
          }),
        ),
      );
      const sum = (key: keyof KillResult): number =>
        results.reduce((total, one) => total + one[key], 0);
      const result: KillResult = {
        kills: sum('kills'),
        committed: sum('committed'),
        arrived: sum('arrived'),
        lost: sum('lost'),
        twice: sum('twice'),
        outOfOrder: sum('outOfOrder'),
        halfWritten: sum('halfWritten'),
      };
      console.log(
        `${result.kills} kills, ${result.committed} actions answered for, ${result.arrived} on the server: ${result.lost} lost, ${result.twice} twice, ${result.outOfOrder} out of order, ${result.halfWritten} half written`,
      );
      expect(result).toMatchObject({ lost: 0, twice: 0, outOfOrder: 0, halfWritten: 0 });
      expect(result.committed).toBeGreaterThan(kills);
    } finally {
      await api.close();
      home.remove();
    }
  },
);
