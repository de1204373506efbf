/**
 * Decides who owns a key press: a composition, the text field, the platform, the focused control or
 * the window's commands, in this order. Only this module decides it; the window passes the press
 * and the place of the focus.
 */

/** The properties of a key press that decide who owns it. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  shiftKey?: boolean;
  repeat?: boolean;
  /** The place of the key on the keyboard, such as `KeyJ`. */
  code?: string;
  keyCode?: number;
  getModifierState?: (modifier: string) => boolean;
}

/**
 * The place of the focus. `text`: an editable field; `control`: an element that Enter and Space
 * press; `page`: everything else; `covered`: a dialog or menu covers the commands.
 */
export type Place = 'text' | 'control' | 'page' | 'covered';
export type Owner = 'composition' | 'field' | 'platform' | 'control' | 'commands';

export interface Focus {
  place: Place;
  /** Text is selected, or the focus is in selectable text. */
  reading?: boolean;
  /**
   * Keys that the field leaves to the commands: it is empty, and the message sent from it can be
   * undone.
   */
  passes?: readonly string[];
  /** On a Mac, Ctrl moves and deletes in text fields. */
  mac?: boolean;
}

/**
 * True if the press belongs to the input method. WebKit reports the key that ends a composition
 * after its end, with the code 229 alone.
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
 * The names of a key press as they are written in lists of shortcuts, the likeliest first: `J`,
 * `Shift+J`, `Mod+K` (Ctrl, or Cmd on a Mac), `?`, `Enter`. A letter is named by what it types on
 * this keyboard; if that is not a Latin letter, also by its place. A sign has no Shift in its name,
 * since its place differs between keyboards. Empty for a composition, for the system's keys and for
 * AltGr, which types characters.
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

/** The owner of a press. A dialog owns all keys as a field does: no command runs behind it. */
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

/** Keys for text that is read but not edited. */
const readingKeys = new Set(['Mod+A', 'Mod+C', 'Mod+X', 'Mod+Insert']);
const editingKeys = /^Mod\+(?:Shift\+)?(?:[ACVXYZ]|Backspace|Delete|Insert|Home|End|Arrow\w+)$/;

function isFieldKey(press: Press, names: readonly string[], mac: boolean): boolean {
  if (!press.ctrlKey && !press.metaKey) return true;
  if (mac && !press.metaKey) return true;
  return names.length === 0 || names.some((name) => editingKeys.test(name));
}

/** A capital letter begins the next message, and a key that is held down is no decision. */
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
  // Independent of the locale: in a Turkish one, `i` would not become `I`.
  const upper = character.toUpperCase();
  return more === undefined && upper.length === character.length ? upper : key;
}

function withModifiers({ ctrlKey, metaKey, shiftKey = false }: Press, name: string): string {
  const isLetter = /^\p{L}$/u.test(name);
  const shift = shiftKey && (isLetter || name.length > 1) ? 'Shift+' : '';
  return (ctrlKey || metaKey ? 'Mod+' : '') + shift + name;
}

/**
 * True for letters, vowel signs and digits of a script without Latin letters; some keys type two at
 * once.
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
