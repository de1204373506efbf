import type { Tx } from '../pool.ts';

export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    create table support_faq (
      id uuid primary key default gen_random_uuid(),
      category text not null,
      question text not null,
      answer text not null,
      "order" integer not null default 0,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp(),
      words tsvector not null generated always as (to_tsvector('english', question || ' ' || answer)) stored
    );
    create index support_faq_words on support_faq using gin (words);
  `);
}
