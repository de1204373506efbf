/** A word, number, text or sign of a source file, and where it stands. */
interface Piece {
  text: string;
  start: number;
  end: number;
}

const skipped = /\s+|\/\/[^\n]*|\/\*[^]*?\*\//y;
const strings = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/y;
const words = /[\p{L}\p{N}_$]+/uy;
const closers = new Set([')', ']', '}']);

/**
 * Where `code` stands in the source, whatever the layout, the comments and the commas before
 * closing brackets of either.
 */
export function placesOf(source: string, code: string): { start: number; end: number }[] {
  const [pieces, wanted] = [readPieces(source), readPieces(code)];
  const places = pieces.flatMap((piece, at) => {
    const last = pieces[at + wanted.length - 1];
    const found = last && wanted.every(({ text }, n) => text === pieces[at + n]?.text);
    return found ? [{ start: piece.start, end: last.end }] : [];
  });
  return wanted.length === 0 ? [] : places;
}

/**
 * Templates and regular expressions come apart into signs and words, which compares them well
 * enough.
 */
function readPieces(source: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < source.length;) {
    const blank = matchAt(skipped, source, at);
    const text =
      blank ?? matchAt(strings, source, at) ?? matchAt(words, source, at) ?? source.charAt(at);
    if (blank === undefined) pieces.push({ text, start: at, end: at + text.length });
    at += text.length;
  }
  return pieces.filter(({ text }, n) => text !== ',' || !closers.has(pieces[n + 1]?.text ?? ''));
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
