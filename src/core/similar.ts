import { fold, wordsOf } from './folding.ts';

/** Words that do not show what a text is about, and words that every ticket has. */
const idle = new Set(
  (
    'about after again also already another anything been before being between could does ' +
    'doing done each every from have having hello here hope into just know like made make ' +
    'many more most much need ' +
    ('never only other over please really regards same should since some still such than ' +
      'thank thanks that their them then there these they thing this those though through ' +
      'time today very want were what when where which while will with ') +
    ('would year your yours yesterday dear morning afternoon team support ticket customer ' +
      'problem question help aber alle auch dass dann denn diese doch durch eine einen einer ' +
      'etwas haben hallo hier ihre immer kann keine ') +
    'mehr mein meine nach nicht noch oder schon sehr seit sich sind uber unter viele wenn werden wird wurde'
  ).split(' '),
);

const most = 10;

/**
 * The words of a ticket to find similar ones by: those of its subject first, then long ones before
 * short ones, without duplicates.
 */
export function tellingWords(subject: string, firstMessage: string): string[] {
  const of = (text: string): string[] =>
    wordsOf(fold(text)).filter((word) => word.length > 3 && !/^\d/.test(word) && !idle.has(word));
  const more = of(firstMessage.slice(0, 600)).toSorted((a, b) => b.length - a.length);
  return [...new Set([...of(subject), ...more])].slice(0, most);
}

/**
 * The similarity of two tickets: the share of the words of one that the other has. Words of the
 * subject count three times.
 */
export function likeness(
  words: readonly string[],
  subject: string,
  other: { subject: string; text: string },
): number {
  const inSubject = new Set(words.filter((word) => fold(subject).includes(word)));
  const weigh = (word: string): number => (inSubject.has(word) ? 3 : 1);
  const all = words.reduce((sum, word) => sum + weigh(word), 0);
  const there = fold(`${other.subject} ${other.text}`);
  const shared = words
    .filter((word) => there.includes(word))
    .reduce((sum, word) => sum + weigh(word), 0);
  return all === 0 ? 0 : shared / all;
}
