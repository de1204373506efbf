import { Readable } from 'node:stream';
import type { Batch, Place } from './list-batch.ts';
import { bytesOf, listParts } from '../../http/json-text.ts';
import type { Gate } from '../../http/gate.ts';

/** A response ends early at either limit, and then contains the cursor of the rest. */
export const mostRows = 10_000;
const mostBytes = 8_000_000;

export interface LongList {
  /** The response up to its list: `{` or `{"ticket":...,`. */
  head: string;
  name: string;
  from: Place | null;
  /** The number of rows requested. */
  limit: number;
  batch: (after: Place | null, rows: number) => Promise<Batch>;
  cursorOf: (place: Place) => string;
  gate: Gate;
}

/**
 * A list as JSON: as bytes if one batch contains it, else as a stream that reads batch after batch
 * as fast as the reader takes them. Only a few batches are made at the same time, so that many
 * readers of long lists need no more memory than few; a reader who takes nothing holds no
 * connection to the database.
 */
export async function longList(list: LongList): Promise<Buffer | Readable> {
  const { head, name, from, batch, gate } = list;
  const most = Math.min(list.limit, mostRows);
  const first = await gate.through(() => batch(from, most));
  if (first.next === null || first.texts.length >= most)
    return bytesOf([head, ...listParts(name, first.texts), end(list, first.next)]);
  return Readable.from(parts(list, first, most), { objectMode: false, highWaterMark: 1 });
}

async function* parts(list: LongList, first: Batch, most: number): AsyncGenerator<Buffer> {
  let [rows, bytes] = [0, 0];
  let now = first;
  yield Buffer.from(`${list.head}"${list.name}":[`);
  for (;;) {
    const piece = bytesOf(now.texts.map((text, i) => (rows + i === 0 ? text : `,${text}`)));
    rows += now.texts.length;
    bytes += piece.length;
    yield piece;
    const { next } = now;
    if (next === null || rows >= most || bytes >= mostBytes) {
      yield Buffer.from(`]${end(list, next)}`);
      return;
    }
    now = await list.gate.through(() => list.batch(next, most - rows));
  }
}

const end = ({ cursorOf }: LongList, next: Place | null): string =>
  next === null ? '}' : `,"next_cursor":"${cursorOf(next)}"}`;
