import { show } from '../numbers.ts';
import { table } from '../report.ts';
import type { FirstSync } from './first-sync.ts';
import type { Reading } from './reading.ts';
import { atATime, type Rest } from './rest.ts';

/** `requests`: what the first sync took, sign-in and event stream included. */
export interface Linked {
  sync: Pick<FirstSync, 'completeMs'>;
  requests: number;
  rest: Rest;
}
export interface RestFigures {
  near: Linked;
  far: Linked;
  farMs: number;
  sample: number;
  readings: readonly Reading[];
}

/** The desk beside a client that keeps no copy and asks the same API for each screen. */
export function restSection({ near, far, farMs, sample, readings }: RestFigures): string {
  const [view, thread] = readings;
  const ms = (value: number): string => (value < 10 ? value.toFixed(2) : show(Math.round(value)));
  const line = (what: string, { sync, requests, rest }: Linked): string[][] => [
    [
      `every row once, s, ${what}`,
      show(sync.completeMs / 1000),
      show(rest.completeMs / 1000),
      times(rest.completeMs, sync.completeMs),
    ],
    [
      `requests for it, ${what}`,
      show(requests),
      show(rest.requests),
      times(rest.requests, requests),
    ],
    [
      `a view, ms at p50, ${what}`,
      ms(view?.p50 ?? Number.NaN),
      ms(rest.viewMs),
      times(rest.viewMs, view?.p50 ?? Number.NaN),
    ],
    [
      `a thread, ms at p50, ${what}`,
      ms(thread?.p50 ?? Number.NaN),
      ms(rest.threadMs),
      times(rest.threadMs, thread?.p50 ?? Number.NaN),
    ],
  ];
  const rows = [...line('127.0.0.1', near), ...line(`${farMs} ms away`, far)];
  return `### Beside a client without a copy

REST: a list call a status and a call a thread, ${atATime} at a time, with the app's
own client; ${show(sample)} threads are called and the time is scaled to all. Its
view is one list call, without the counts that the desk's view has.
Far: a proxy keeps each request of either back for ${farMs} ms. The desk's views and
threads come from its copy, so no distance is in them.

${table(['', 'Staffdesk', 'REST', 'REST to Staffdesk'], rows)}`;
}

const times = (rest: number, ours: number): string => `${show(rest / ours)} x`;
