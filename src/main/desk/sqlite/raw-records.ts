/**
 * Reads table rows straight from the bytes of an SQLite file and its write-ahead log, without the
 * file's own indexes and schema: for a file that SQLite itself refuses. Format:
 * sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1, 4.1.
 */
export type RawValue = string | number | Uint8Array | null;
export interface RawRow {
  rowid: number;
  values: RawValue[];
}

interface Pages {
  size: number;
  usable: number;
  all: Uint8Array[];
  newest: Map<number, Uint8Array>;
}

const tableLeaf = 0x0d;
const walHeader = 32;
const frameHeader = 24;

/**
 * Every table row that can be decoded, older versions in the log included; the others are left
 * out.
 */
export function* rawRows(file: Uint8Array, wal: Uint8Array): Generator<RawRow> {
  const pages = readPages(file, wal);
  for (const page of pages.all) {
    // Only the first page of a file begins with the file's header.
    const start = startsWithHeader(page) ? 100 : 0;
    if (page[start] !== tableLeaf) continue;
    const view = viewOf(page);
    const cells = Math.min(view.getUint16(start + 3), Math.floor((pages.size - start - 8) / 2));
    for (let i = 0; i < cells; i += 1) {
      const row = readCell(pages, page, view.getUint16(start + 8 + 2 * i));
      if (row) yield row;
    }
  }
}

function readPages(file: Uint8Array, wal: Uint8Array): Pages {
  const size = pageSize(file, wal);
  const newest = new Map<number, Uint8Array>();
  const all: Uint8Array[] = [];
  const add = (number: number, page: Uint8Array): void => {
    if (page.length < size) return;
    all.push(page);
    newest.set(number, page);
  };
  for (let at = 0; at < file.length; at += size) add(at / size + 1, file.subarray(at, at + size));
  for (let at = walHeader; at + frameHeader + size <= wal.length; at += frameHeader + size) {
    add(viewOf(wal).getUint32(at), wal.subarray(at + frameHeader, at + frameHeader + size));
  }
  return {
    size,
    usable: size - (file[20] === undefined || file[20] > 64 ? 0 : file[20]),
    all,
    newest,
  };
}

function pageSize(file: Uint8Array, wal: Uint8Array): number {
  const said = file.length > 18 ? viewOf(file).getUint16(16) : 0;
  const inLog = wal.length >= walHeader ? viewOf(wal).getUint32(8) : 0;
  return (
    [said === 1 ? 65_536 : said, inLog].find(
      (n) => n >= 512 && n <= 65_536 && (n & (n - 1)) === 0,
    ) ?? 4_096
  );
}

function startsWithHeader(page: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(page.subarray(0, 13)) === 'SQLite format';
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readCell(pages: Pages, page: Uint8Array, at: number): RawRow | null {
  const length = varint(page, at);
  const rowid = length && varint(page, length.next);
  if (!length || !rowid || length.value > 64 * 1024 * 1024) return null;
  const payload = readPayload(pages, page, rowid.next, length.value);
  const values = payload && readRecord(payload);
  return values && { rowid: rowid.value, values };
}

/** The payload of a cell, with what lies on overflow pages. */
function readPayload(
  { usable, newest }: Pages,
  page: Uint8Array,
  at: number,
  length: number,
): Uint8Array | null {
  const most = usable - 35;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fit = least + ((length - least) % (usable - 4));
  const local = length <= most ? length : fit <= most ? fit : least;
  if (at + local + (local < length ? 4 : 0) > page.length) return null;
  const payload = new Uint8Array(length);
  payload.set(page.subarray(at, at + local));
  let next = local < length ? viewOf(page).getUint32(at + local) : 0;
  for (let done = local; done < length;) {
    const overflow = newest.get(next);
    if (!overflow) return null;
    const part = overflow.subarray(4, Math.min(usable, 4 + length - done));
    payload.set(part, done);
    done += part.length;
    next = viewOf(overflow).getUint32(0);
  }
  return payload;
}

function readRecord(payload: Uint8Array): RawValue[] | null {
  const header = varint(payload, 0);
  if (!header || header.value > payload.length) return null;
  const values: RawValue[] = [];
  let body = header.value;
  for (let at = header.next; at < header.value;) {
    const type = varint(payload, at);
    if (!type) return null;
    const length = lengthOf(type.value);
    if (length === null || body + length > payload.length) return null;
    values.push(valueOf(type.value, payload.subarray(body, body + length)));
    body += length;
    at = type.next;
  }
  return values;
}

const integerLengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function lengthOf(type: number): number | null {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return integerLengths[type] ?? null;
}

function valueOf(type: number, bytes: Uint8Array): RawValue {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return viewOf(bytes).getFloat64(0);
  if (type >= 12) return type % 2 === 0 ? bytes : new TextDecoder().decode(bytes);
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  value = BigInt.asIntN(bytes.length * 8, value);
  return Number(value);
}

/** SQLite's variable-length integer; beyond 2^53 it is of no use here and reads as infinite. */
function varint(bytes: Uint8Array, at: number): { value: number; next: number } | null {
  let value = 0;
  for (let i = 0; i < 9; i += 1) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    if (i === 8) return { value: value * 256 + byte, next: at + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return null;
}
