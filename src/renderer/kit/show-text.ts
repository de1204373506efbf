/**
 * Chromium takes a quarter of a second for 200 lines, and half a minute for 2,400: a larger text is
 * shown without an undo.
 */
const mostLines = 200;
const longest = 20_000;

/**
 * Shows a text in the field that has the focus as if it had been typed: the browser's own undo then
 * takes it back, and after it what was typed before. A field that is told its value forgets all of
 * that. `execCommand` is deprecated without a successor.
 */
export function editText(area: HTMLTextAreaElement, text: string): void {
  const before = area.value;
  const after = asShown(text);
  if (before === after) return;
  const start = sameStart(before, after);
  const end = sameEnd(before, after, start);
  const fresh = after.slice(start, after.length - end);
  if (fresh.length > longest || fresh.split('\n').length > mostLines) {
    area.value = after;
    return;
  }
  area.setSelectionRange(start, before.length - end);
  const done =
    fresh === ''
      ? document.execCommand('delete')
      : document.execCommand('insertText', false, fresh);
  if (!done || area.value !== after) area.value = after;
}

/** Shows a text that is not to be undone: another one's, or none. */
export function setText(area: HTMLTextAreaElement, text: string): void {
  if (area.value !== asShown(text)) area.value = text;
}

/** A field has line breaks of one kind only. */
const asShown = (text: string): string => text.replace(/\r\n?/gu, '\n');

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Length of the common beginning, in UTF-16 units; no character is cut in two. */
function sameStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
  return length > 0 && isHigh(one.charCodeAt(length - 1)) ? length - 1 : length;
}

/** Length of the common end behind `start`, in UTF-16 units; no character is cut in two. */
function sameEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let length = 0;
  while (
    length < most &&
    one.charCodeAt(one.length - length - 1) === other.charCodeAt(other.length - length - 1)
  )
    length += 1;
  return length > 0 && isLow(one.charCodeAt(one.length - length)) ? length - 1 : length;
}
