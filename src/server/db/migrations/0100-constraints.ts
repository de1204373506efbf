import type { Tx } from '../pool.ts';

const tagsFit = `
  create function tags_fit(tags text[]) returns boolean language sql immutable as $$
    select cardinality(tags) <= 100 and coalesce(array_ndims(tags), 1) = 1
      and (select count(distinct tag) = cardinality(tags)
        and coalesce(bool_and(length(tag) between 1 and 40), true) from unnest(tags) as tag)
  $$;
`;

const ticketRules = `
  alter table support_tickets
    add constraint ticket_tags check (tags_fit(tags)),
    add constraint ticket_version check (version >= 1),
    add constraint ticket_message_count check (public_messages >= 0),
    add constraint ticket_preview check (length(last_preview) <= 140),
    add constraint ticket_last_message check (num_nulls(last_preview, last_is_staff) in (0, 2)),
    add constraint ticket_closed_without_snooze check (status <> 'closed' or snoozed_until is null);
`;

const messageRules = `
  alter table support_messages
    add constraint message_length check (length(message) <= 100000),
    add constraint message_client_id check (length(client_id) between 1 and 200),
    add constraint message_mentions check (cardinality(mentions) <= 50 and array_position(mentions, null) is null),
    add constraint message_mentions_in_notes check (is_internal or mentions = '{}');
`;

const userRules = `
  alter table users
    add constraint user_email_form check (length(email) <= 254 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    add constraint user_name_length check (length(full_name) between 1 and 200),
    add constraint user_username_length check (length(username) between 1 and 254);
`;

const idempotencyRules = `
  alter table idempotency_keys
    add constraint key_form check (key ~ '^[!-~]{1,200}$'),
    add constraint key_fingerprint check (fingerprint ~ '^[0-9a-f]{64}$'),
    add constraint key_status check (status between 200 and 499),
    add constraint key_body check (jsonb_typeof(body) = 'object');
`;

const tokenRules = `
  alter table refresh_tokens
    add constraint token_hash check (octet_length(hash) = 32);
`;

const faqRules = `
  alter table support_faq
    add constraint faq_texts check (length(category) between 1 and 100 and length(question) >= 1
      and length(answer) >= 1),
    add constraint faq_order check ("order" >= 0);
`;

/**
 * Every rule that the database can enforce. Lengths are those of the contract, which counts UTF-16
 * units and so never allows more characters than this does.
 */
export async function up(tx: Tx): Promise<void> {
  // Before, a closed ticket could be snoozed.
  await tx.query(
    "update support_tickets set snoozed_until = null where status = 'closed' and snoozed_until is not null",
  );
  await tx.query(tagsFit);
  await tx.query(ticketRules);
  await tx.query(messageRules);
  await tx.query(userRules);
  await tx.query(idempotencyRules);
  await tx.query(tokenRules);
  await tx.query(faqRules);
}
