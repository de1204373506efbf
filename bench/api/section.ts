import { sizes, type Size } from '../data.ts';
import { show } from '../numbers.ts';
import { table } from '../report.ts';
import type { PlanFigure } from './check-plans.ts';
import type { LoadFigures } from './load.ts';
import { loadSize, pacedMs, restSample } from './sizes.ts';
import type { ReadFigure } from './reads.ts';
import type { CopyFigures } from './snapshot.ts';

type Transfer = Pick<CopyFigures, 'seconds' | 'bytes'>;
export interface ApiFigures {
  size: Size;
  repeat: number;
  conditions: string;
  plans: readonly PlanFigure[];
  reads: readonly ReadFigure[];
  raw: Transfer;
  copies: Record<'brotli' | 'gzip' | 'plain', CopyFigures>;
  rest: Transfer & Pick<CopyFigures, 'pages'>;
  paced: LoadFigures;
  flatOut: LoadFigures;
}

/** The figures as the API's section of docs/performance.md. */
export function sectionOf(figures: ApiFigures): string {
  const { tickets, messages } = sizes[figures.size];
  return [
    `\`npm run bench -- api\` with ${show(tickets)} tickets and ${show(messages)} ` +
      `messages, made by the demo's generator from a fixed seed. ${figures.conditions}`,
    'API, PostgreSQL (its defaults, every commit synced) and the measuring client are ' +
      'processes of one machine and share its cores, over 127.0.0.1. Other work ran on it ' +
      'too. Each measurement ran ' +
      `${figures.repeat === 1 ? 'once' : `${figures.repeat} times; the figures are medians`}.`,
    `### ${loadSize.streams} open event streams, ${loadSize.agents} agents who read and write`,
    load(figures),
    '### The full copy',
    copy(figures),
    '### Single reads, one agent',
    reads(figures),
    '### Indexes that each call uses',
    plans(figures),
  ].join('\n\n');
}

function load({ paced, flatOut }: ApiFigures): string {
  const line = (name: string, of: (run: LoadFigures) => string): string[] => [
    name,
    of(paced),
    of(flatOut),
  ];
  const pair = (name: 'pull' | 'reply' | 'note' | 'patch') =>
    line(
      `${name}, p50 / p99 ms`,
      (run) => `${show(run[`${name} p50`])} / ${show(run[`${name} p99`])}`,
    );
  return `Each agent ${loadSize.writesEach} times pulls the feed to its end, which brings what
all the others wrote, and writes: half replies, a quarter notes, a quarter changed
fields, all with an Idempotency-Key. Event: from sending a reply or note until a
stream says 'look again', over all streams and messages; the client's own work is in
it.

${table(
  ['', `a write each ${pacedMs / 1000} s`, 'no pause'],
  [
    line('requests', (run) =>
      show(run['pull n'] + run['reply n'] + run['note n'] + run['patch n']),
    ),
    line('requests/s', (run) => show(run['requests/s'])),
    pair('pull'),
    pair('reply'),
    pair('note'),
    pair('patch'),
    line('event, p50 / p99 ms', (run) => `${show(run['event p50'])} / ${show(run['event p99'])}`),
    line('errors', (run) => show(run.errors)),
    line('cores that the API used', (run) => show(run['api busy'])),
  ],
)}`;
}

function copy({ copies, raw, rest }: ApiFigures): string {
  const ratio = (a: number, b: number): string => `${show(a / b)} x`;
  const mb = (bytes: number): string => show(bytes / 1e6);
  const line = (name: string, c: CopyFigures): string[] => [
    name,
    show(c.seconds),
    show(c.rows / c.seconds),
    show(c.pages),
    mb(c.bytes),
    ratio(c.seconds, raw.seconds),
    ratio(c.bytes, raw.bytes),
    show(c['api seconds']),
  ];
  return `One client, one page after the other, each decoded and parsed. Raw: \`copy (select
...) to stdout\` of the same columns, which no API can be faster than. REST: one
list of all tickets and a call a thread, ${show(restSample)} threads measured and
scaled to all.

${table(
  [
    '',
    's',
    'rows/s',
    'requests',
    'MB on the wire',
    'time to raw',
    'bytes to raw',
    'API processor s',
  ],
  [
    line('feed, brotli', copies.brotli),
    line('feed, gzip', copies.gzip),
    line('feed, no compression', copies.plain),
    [
      'raw copy',
      show(raw.seconds),
      show(copies.plain.rows / raw.seconds),
      '',
      mb(raw.bytes),
      '1 x',
      '1 x',
      '',
    ],
    [
      'REST, brotli',
      show(rest.seconds),
      show(copies.plain.rows / rest.seconds),
      show(rest.pages),
      mb(rest.bytes),
      ratio(rest.seconds, raw.seconds),
      ratio(rest.bytes, raw.bytes),
      '',
    ],
  ],
)}

The first page, which makes the inbox usable, takes
${show(copies.brotli['first page ms'])} ms, the slowest
${show(copies.brotli['slowest page ms'])} ms.`;
}

function reads({ reads: list }: ApiFigures): string {
  return table(
    ['200 times each, brotli', 'p50 ms', 'p95 ms', 'kB'],
    list.map((r) => [r.name, show(r.p50), show(r.p95), show(r.bytes / 1000)]),
  );
}

function plans({ plans: list }: ApiFigures): string {
  return `\`explain\` of the very statements that the code sends; the run fails when one of
them reads tickets or messages from front to back.

${table(
  ['', 'agent', 'customer'],
  [...new Set(list.map((p) => p.name))].map((name) => [
    name,
    ...['agent', 'customer'].map(
      (who) => list.find((p) => p.name === name && p.who === who)?.indexes.join(', ') ?? '',
    ),
  ]),
)}`;
}
