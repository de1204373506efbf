import { wordLetter } from './folding.ts';

/** The separators between the groups of one number: a sign, a blank, or both. */
const between = String.raw`(?: ?\(0\) ?| ?[(/-] ?|\) ?|[.,']| )`;
const group = String.raw`\d[0-9a-z]*`;
/** A telephone number, an amount, a date, or an order number with leading letters. */
const grouped = new RegExp(
  String.raw`(?<!${wordLetter})(?:[a-z]{1,4}[-/.])?${group}(?:${between}${group})*(?!${wordLetter})`,
  'gu',
);
/** An IBAN in groups of four, as it is printed. */
const iban = new RegExp(
  String.raw`(?<!${wordLetter})[a-z]{2}\d{2}(?: [0-9a-z]{4}){2,7}(?: [0-9a-z]{1,3})?(?!${wordLetter})`,
  'gu',
);
const separators = / ?\(0\) ?|[^0-9a-z]+/u;
/** A cheap first check, because most texts have no such number. */
const anyGrouped = /[0-9a-z][-/.,' ()]{1,3}\d/;

/** More groups than this are a row of a table, and more figures than this no number. */
const mostGroups = 16;
const mostFigures = 34;

/**
 * The numbers of a folded text without the separators of their groups, starting at each group: '+49
 * 30 1234-567' is found as 49301234567, as 301234567 and as 1234567. Empty: there are none.
 */
export function joinedNumbers(folded: string): string {
  if (!anyGrouped.test(folded)) return '';
  const runs = [...folded.matchAll(grouped), ...folded.matchAll(iban)].map(([run]) =>
    groupsOf(run),
  );
  const joined = runs
    .filter((groups) => groups.length > 1 && groups.length <= mostGroups)
    .flatMap((groups) =>
      groups.slice(0, -1).map((_, first) => groups.slice(first).join('').slice(0, mostFigures)),
    );
  return [...new Set(joined)].join(' ');
}

/**
 * The forms that a searched number may have in the text without separators; empty if it is no
 * number.
 */
export function joinedQuery(folded: string): string[] {
  const groups = groupsOf(folded);
  const joined = groups.join('').slice(0, mostFigures);
  if (!groups.some((one) => /\d/.test(one)) || !isNumber(folded)) return [];
  // 030 1234567 is +49 30 1234567, and also 0049 30 1234567.
  const national = /^00?[1-9]\d{6,}$/.test(joined) ? [joined.replace(/^0+/, '')] : [];
  return [...(groups.length > 1 ? [joined] : []), ...national];
}

/** True if a typed word and the next one may be groups of one number. */
export function goesOn(folded: string, next: string): boolean {
  if (/^[+(]*\d[\d.,'()/-]*$/.test(folded.replaceAll(' ', '')) && /^[(]?\d[\d.,'()/-]*$/.test(next))
    return true;
  return (
    /^[a-z]{2}\d{2}(?: [0-9a-z]{4})*$/.test(folded) &&
    /^(?:[0-9a-z]{4}|\d[0-9a-z]{0,2})$/.test(next)
  );
}

/**
 * A regular expression for a number with any separators between its groups. Null: no number, or one
 * that is too short.
 */
export function numberPattern(folded: string): string | null {
  const figures = groupsOf(folded).join('');
  if (!isNumber(folded) || figures.length < 3) return null;
  return [figures, ...joinedQuery(folded)]
    .filter((one, i, all) => all.indexOf(one) === i)
    .map((one) => `(?<!${wordLetter})${[...one].join(`${between}?`)}`)
    .join('|');
}

const groupsOf = (run: string): string[] => run.split(separators).filter((one) => one !== '');

function isNumber(folded: string): boolean {
  const text = folded.replace(/^[+(]+/, '');
  const [run] = text.match(grouped) ?? [];
  return (
    run === text.replace(/[^0-9a-z]+$/, '') ||
    /^[a-z]{2}\d{2}(?: [0-9a-z]{1,4})+$/.test(text) ||
    /^[a-z]{1,4}\d[0-9a-z]{3,}$/.test(text)
  );
}
