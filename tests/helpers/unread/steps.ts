import { pick, type Random } from '../../../src/server/demo/random.ts';
import type { UnreadDesk } from './desk.ts';

/** A desk that can be brought up to its server. */
type SyncedDesk = Omit<UnreadDesk, 'clearCache'> & {
  sync: () => void | Promise<void>;
  clearCache: () => void | Promise<void>;
};

/** A kind of step, how often it comes, and what it does: returns what to note of it. */
export type Act<Desk> = [
  name: string,
  weight: number,
  act: (desk: Desk) => string | void | Promise<string | void>,
];

/** Acts of an agent on any desk. */
export const deskActs = <Desk extends SyncedDesk>(anyTicket: () => string): Act<Desk>[] => [
  ['sync', 8, (desk) => desk.sync()],
  [
    'open a ticket',
    5,
    (desk) => {
      const ticketId = anyTicket();
      desk.open(ticketId);
      return ticketId;
    },
  ],
  [
    'refresh',
    5,
    (desk) => {
      desk.refresh();
    },
  ],
  [
    'mark unread',
    3,
    (desk) => {
      const ticketId = desk.shown() ?? anyTicket();
      return desk.markUnread(ticketId) ? ticketId : 'not here';
    },
  ],
  [
    'reply',
    2,
    (desk) => {
      const ticketId = desk.shown() ?? anyTicket();
      desk.reply(ticketId);
      return ticketId;
    },
  ],
  [
    'focus',
    2,
    (desk) => {
      desk.setFocus(true);
    },
  ],
  [
    'blur',
    2,
    (desk) => {
      desk.setFocus(false);
    },
  ],
  ['clear', 0.5, (desk) => desk.clearCache()],
  [
    'restart',
    0.5,
    (desk) => {
      desk.restart();
    },
  ],
];

export interface UnreadWorld {
  desks: readonly Pick<UnreadDesk, 'worth'>[];
  trace: string[];
  /** Returns what is wrong after it. */
  step: () => Promise<string[]>;
  close: () => void;
}

/** Desks and their server, moved a step at a time by chance. */
export function createSteps<Desk extends SyncedDesk>(
  desks: readonly Desk[],
  acts: readonly Act<Desk>[],
  random: Random,
): UnreadWorld {
  const trace: string[] = [];
  const moments = 8;
  const total = acts.reduce((sum, [, weight]) => sum + weight, moments);
  return {
    desks,
    trace,
    async step() {
      const desk = pick(random, desks);
      const at = desks.indexOf(desk);
      let left = random() * total;
      const chosen = acts.find(([, weight]) => (left -= weight) < 0);
      if (!chosen) {
        trace.push(`desk ${at}: a moment with ${desk.shown() ?? 'no ticket'}`);
        return [...desk.moment(), ...desk.problems()];
      }
      const [name, , act] = chosen;
      const line = trace.push(`desk ${at}: ${name}`) - 1;
      const told = await act(desk);
      if (told) trace[line] += `: ${told}`;
      return desk.problems();
    },
    close() {
      for (const desk of desks) desk.close();
    },
  };
}
