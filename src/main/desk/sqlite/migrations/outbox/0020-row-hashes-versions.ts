import type { WriteDb } from '../../connection.ts';
import { hashV10, hashV20 } from '../../row-hash.ts';

interface Row {
  seq: number;
  id: string;
  account_id: string;
  ticket_id: string;
  kind: string;
  payload: string;
  payload_version: number;
  sha256: string;
  state: string;
}

/**
 * The newest message that the author had seen of the thread; a hash over all that decides what is
 * sent, the state included; versions of drafts. A row whose old hash was wrong already keeps it,
 * and so stays unreadable.
 */
export function up(db: WriteDb): void {
  db.exec(`
    alter table operations add column seen_through integer;
    drop index operations_open;
    create index operations_open on operations (account_id, ticket_id, seq) where state not in ('acked', 'discarded');
    create index operations_settled on operations (account_id, state, settled_at) where state in ('acked', 'discarded');
    create index operations_server on operations (server_id) where server_id is not null;

    create table draft_versions (
      account_id text not null,
      ticket_id text not null,
      kind text not null,
      saved_at integer not null,
      text text not null,
      primary key (account_id, ticket_id, kind, saved_at)
    ) without rowid;
  `);
  const rows = db
    .prepare<[], Row>(
      'select seq, id, account_id, ticket_id, kind, payload, payload_version, sha256, state from operations',
    )
    .all();
  const store = db.prepare('update operations set sha256 = ? where seq = ?');
  for (const row of rows)
    if (row.sha256 === hashV10(row)) store.run(hashV20({ ...row, seen_through: null }), row.seq);
}
