import { row, type Tx } from '../pool.ts';

/**
 * Accents, vowel points, harakat and the Arabic stretching sign; soft hyphens, zero-width
 * characters, direction marks, variation selectors.
 */
const ignored =
  String.raw`[\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7` +
  String.raw`\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8` +
  String.raw`\u06EA-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F\u00AD\u061C` +
  String.raw`\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFE00-\uFE0F\uFEFF]`;
/**
 * In a database with the locale C, PostgreSQL takes every character beyond ASCII for a letter, so
 * these would be parts of words.
 */
const signs =
  String.raw`[\u0080-\u00A9\u00AB-\u00B4\u00B6-\u00B9\u00BB-\u00BF\u00D7\u00F7\u02B9-\u02BD` +
  String.raw`\u02C8\u05BE\u05C0\u05C3\u05F3\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964` +
  String.raw`\u0965\u104A-\u104F\u1361-\u1368\u17D4-\u17DA\u2010-\u2029\u2030-\u205E` +
  String.raw`\u2190-\u22FF\u2E00-\u2E7F\u3000-\u3003\u3008-\u3020\u3030\u30FB]`;
const letters = [
  'øđðłħıØĐÐŁĦςٱىیکڪةہ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
  'oddlhioddlhσاييككهه01234567890123456789',
];

/**
 * The words of the search without case, accents and optional vowel signs: the part of
 * core/folding.ts that PostgreSQL can do without an extension.
 */
export async function up(tx: Tx): Promise<void> {
  const collate = await casing(tx);
  await tx.query(`
    create function search_folded(said text) returns text language sql immutable parallel safe as $$
      select case when octet_length(said) = char_length(said) then lower(said) else
        translate(replace(replace(replace(replace(
          lower(normalize(regexp_replace(regexp_replace(normalize(said, NFKD), '${ignored}', '',
            'g'), '${signs}', ' ', 'g'), NFC)${collate}),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), '${letters[0]}', '${letters[1]}') end
    $$;
    drop index support_messages_words, support_tickets_words, users_words;
    create index support_messages_words on support_messages
      using gin (to_tsvector('simple', search_folded(left(message, 20000))));
    create index support_tickets_words on support_tickets using gin (to_tsvector('simple', search_folded(subject)));
    create index users_words on users
      using gin (to_tsvector('simple', search_folded(full_name || ' ' || email)))
    where role = 'customer';
  `);
}

/**
 * The collation that lowers capitals of every script: the locale C knows only those of ASCII. The
 * first one that this PostgreSQL has.
 */
async function casing(tx: Tx): Promise<string> {
  const found = await row<{ name: string }>(
    tx,
    `
    select quote_ident(collname) as name from pg_collation
    where collnamespace = 'pg_catalog'::regnamespace and collencoding in (-1,
      pg_char_to_encoding('UTF8')) and collname = any($1)
    order by array_position($1, collname::text) limit 1`,
    [['pg_c_utf8', 'und-x-icu', 'C.utf8', 'en_US.utf8']],
  );
  return found ? ` collate pg_catalog.${found.name}` : '';
}
