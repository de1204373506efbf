/** Whether a key press belongs to what is being typed, so that no shortcut may fire. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** The plain key of a shortcut, or null: with a modifier it belongs to the system (AltGr types letters and is none of ours). */
export function shortcutKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'> & { getModifierState?: (key: string) => boolean }): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.getModifierState?.('AltGraph')) return null;
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}
