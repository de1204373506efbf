/**
 * Who owns a key press: a composition, the text field, the platform, what has the focus, or the
 * commands of the window, in this order. The one place that decides it; the window brings the press
 * and says where the focus is.
 */

/** A key press, as far as it decides whose it is. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  shiftKey?: boolean;
  repeat?: boolean;
  /** Where the key is on the keyboard, as `KeyJ`. */
  code?: string;
  keyCode?: number;
  getModifierState?: (modifier: string) => boolean;
}

/**
 * Where the keyboard is. `text`: a field that is written in; `control`: what Enter and Space press;
 * `page`: everything else; `covered`: a dialog or menu stands over the commands.
 */
export type Place = 'text' | 'control' | 'page' | 'covered';
export type Owner = 'composition' | 'field' | 'platform' | 'control' | 'commands';

export interface Focus {
  place: Place;
  /** Text is selected, or the focus is in text that can be. */
  reading?: boolean;
  /**
   * Keys that the field leaves to the commands: it is empty, and what was sent from it can be taken
   * back.
   */
  passes?: readonly string[];
  /** On a Mac, Ctrl moves and deletes in text fields. */
  mac?: boolean;
}

/**
 * A press that belongs to the input method. WebKit reports the key that ends a composition after
 * its end, by the code 229 alone.
 */
export function isOfComposition({
  isComposing,
  keyCode,
  key,
}: Pick<Press, 'isComposing' | 'keyCode' | 'key'>): boolean {
  return isComposing || keyCode === 229 || key === 'Process';
}

const modifiers = new Set([
  'Shift',
  'Control',
  'Meta',
  'Alt',
  'AltGraph',
  'CapsLock',
  'NumLock',
  'ScrollLock',
  'Fn',
  'FnLock',
  'Hyper',
  'Super',
  'OS',
  'Symbol',
  'SymbolLock',
  'Compose',
  'Dead',
  'Process',
  'Unidentified',
]);

/**
 * The names of a key press as lists of shortcuts write them, the likeliest first: `J`, `Shift+J`,
 * `Mod+K` (Ctrl, or Cmd on a Mac), `?`, `Enter`. Letters are named by what they write on this
 * keyboard; where that is no Latin letter, also by their place. A sign keeps no Shift, since its
 * place differs. None: a composition's, the system's, or AltGr's, which types letters.
 */
export function namesOf(press: Press): string[] {
  if (isOfComposition(press) || press.altKey || press.getModifierState?.('AltGraph') === true)
    return [];
  if (modifiers.has(press.key) || press.key === '') return [];
  const written = nameOf(press.key);
  const placed = writesNoLatin(press.key) ? nameOfPlace(press.code ?? '') : null;
  return [written, placed]
    .filter((name) => name !== null)
    .map((name) => withModifiers(press, name));
}

/**
 * Whose a press is. What covers the window has it as a field has: no command fires behind a dialog.
 */
export function ownerOf(
  press: Press,
  { place, reading = false, passes = [], mac = false }: Focus,
): Owner {
  if (isOfComposition(press)) return 'composition';
  const names = namesOf(press);
  if (place === 'covered') return 'field';
  if (place === 'text')
    return isFieldKey(press, names, mac) && !isPassed(press, names, passes) ? 'field' : 'commands';
  if (names.length === 0) return 'platform';
  if (reading && names.some((name) => readingKeys.has(name))) return 'platform';
  if (place === 'control' && names.some((name) => name === 'Enter' || name === 'Space'))
    return 'control';
  return 'commands';
}

/** Keys for text that is read and not written. */
const readingKeys = new Set(['Mod+A', 'Mod+C', 'Mod+X', 'Mod+Insert']);
const editingKeys = /^Mod\+(?:Shift\+)?(?:[ACVXYZ]|Backspace|Delete|Insert|Home|End|Arrow\w+)$/;

function isFieldKey(press: Press, names: readonly string[], mac: boolean): boolean {
  if (!press.ctrlKey && !press.metaKey) return true;
  if (mac && !press.metaKey) return true;
  return names.length === 0 || names.some((name) => editingKeys.test(name));
}

/** A capital begins the next message. Held down it is no decision. */
function isPassed(
  { key, ctrlKey, metaKey, shiftKey = false, repeat = false }: Press,
  names: readonly string[],
  passes: readonly string[],
): boolean {
  const isCapital = !ctrlKey && !metaKey && key !== key.toLowerCase();
  return !shiftKey && !isCapital && !repeat && names.some((name) => passes.includes(name));
}

function nameOf(key: string): string {
  if (key === ' ') return 'Space';
  const [character = '', more] = key.normalize('NFKC');
  // Not by locale: in a Turkish window `i` would be no `I`.
  const upper = character.toUpperCase();
  return more === undefined && upper.length === character.length ? upper : key;
}

function withModifiers({ ctrlKey, metaKey, shiftKey = false }: Press, name: string): string {
  const isLetter = /^\p{L}$/u.test(name);
  const shift = shiftKey && (isLetter || name.length > 1) ? 'Shift+' : '';
  return (ctrlKey || metaKey ? 'Mod+' : '') + shift + name;
}

/**
 * Letters, vowel signs and digits of a script without Latin letters; some keys write two at once.
 */
function writesNoLatin(key: string): boolean {
  return /^(?:(?!\p{Script=Latin})[\p{L}\p{M}]|(?![0-9\uFF10-\uFF19])\p{Nd})/u.test(key);
}

const signs: Readonly<Record<string, string>> = {
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backquote: '`',
  Minus: '-',
  Equal: '=',
};

function nameOfPlace(code: string): string | null {
  return (
    /^(?:Key([A-Z])|Digit(\d))$/
      .exec(code)
      ?.slice(1)
      .find((part) => part !== undefined) ??
    signs[code] ??
    null
  );
}
