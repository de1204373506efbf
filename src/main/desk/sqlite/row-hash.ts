import { createHash } from 'node:crypto';

interface Version10 {
  id: string;
  account_id: string;
  ticket_id: string;
  payload: string;
}
export interface HashedRow extends Version10 {
  seq: number;
  kind: string;
  payload_version: number;
  state: string;
  seen_through: number | null;
}

/** The hash of the first outbox files. */
export function hashV10(row: Version10): string {
  return sha256([row.id, row.account_id, row.ticket_id, row.payload]);
}

/**
 * Covers what would be sent, where to, in which order and whether at all, so that a damaged row is
 * noticed before it goes out.
 */
export function hashV20(row: HashedRow): string {
  return sha256([
    row.seq,
    row.id,
    row.account_id,
    row.ticket_id,
    row.kind,
    row.payload_version,
    row.payload,
    row.state,
    row.seen_through ?? '',
  ]);
}

function sha256(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
