/** Whether a key press belongs to what is being typed, so that no shortcut may fire. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'> & { shiftKey?: boolean; getModifierState?: (key: string) => boolean };

/**
 * A key press as it is written in lists of shortcuts: `J`, `Shift+J`, `Mod+K` (Ctrl, or Cmd on a Mac), `?`, `Enter`. Letters are
 * named by what they write on this keyboard; a sign keeps no Shift, since where it stands differs. Null: the system's, or AltGr, which types letters.
 */
export function keyOf(event: Press): string | null {
  if (event.altKey || event.isComposing || event.getModifierState?.('AltGraph')) return null;
  const letter = /^\p{L}$/u.test(event.key);
  const name = event.key === ' ' ? 'Space' : letter ? event.key.toLocaleUpperCase() : event.key;
  const shift = event.shiftKey === true && (letter || name.length > 1) ? 'Shift+' : '';
  const mod = event.ctrlKey || event.metaKey ? 'Mod+' : '';
  return ['Shift', 'Control', 'Meta', 'Alt', 'Dead', 'Unidentified'].includes(name) ? null : mod + shift + name;
}
