import { join } from 'node:path';
import { watchExits } from './exits.ts';
import { runHistory, type History } from './history.ts';
import { shrink, writeRanges } from './shrink.ts';
import { watchSqlite } from './sqlite-hook.ts';
import { openWorkplace } from './workplace.ts';

/**
 * What a worker process is asked to do: seeds come one by one, so that all workers end together.
 */
export interface Order {
  seed: number;
  steps: number;
  keep?: number[];
  without?: readonly string[];
  trace: boolean;
  shrinks: boolean;
}
export type Report = Omit<History, 'done'> & {
  shrunk: { steps: string; count: number; list: string[]; detail: string } | null;
};

watchSqlite();
watchExits();
const workplace = openWorkplace();

async function live(order: Order): Promise<Report> {
  const { done, ...history } = await runHistory({
    ...order,
    home: join(workplace.dir, `seed-${order.seed}`),
  });
  if (!history.failure || !order.shrinks) return { ...history, shrunk: null };
  const least = await shrink({ ...history, done }, order, workplace.dir);
  const list = least.done.map(({ step, what }) => `${step.index}. ${what}`);
  return {
    ...history,
    shrunk: {
      steps: writeRanges(least.done.map(({ step }) => step.index)),
      count: list.length,
      list,
      detail: least.failure?.detail ?? '',
    },
  };
}

process.on('message', (order: Order) => {
  void live(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => {
  workplace.remove();
  process.exit(0);
});
