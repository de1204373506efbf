/** What to ask the index for: an FTS5 expression, or parts to look for in scripts that the tokenizer cannot cut into words. */
export type SearchPlan = { kind: 'none' } | { kind: 'words'; match: string } | { kind: 'parts'; parts: string[] };

/** Japanese, Chinese, Thai, Lao, Khmer and Burmese are written without spaces, so a word index does not find their parts. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Turns what the agent typed into a plan. Each word must be there; the last may still be growing; `"a phrase"` stays together. */
export function planSearch(input: string): SearchPlan {
  const terms = [...input.normalize('NFC').matchAll(/"([^"]+)"?|(\S+)/gu)]
    .map((m) => ({ text: (m[1] ?? m[2] ?? '').trim(), phrase: m[1] !== undefined }))
    .filter((t) => /[\p{L}\p{N}]/u.test(t.text))
    .slice(0, 12);
  if (terms.length === 0) return { kind: 'none' };
  if (terms.some((t) => unspaced.test(t.text))) return { kind: 'parts', parts: terms.map((t) => t.text) };
  const match = terms.map((t) => quote(t.text) + (t.phrase ? '' : ' *')).join(' AND ');
  return { kind: 'words', match };
}

/** An FTS5 string: doubled quotes are the only escape, so nothing typed can become an operator. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
