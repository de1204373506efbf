/**
 * The key belongs to a composition (Japanese, Chinese, Korean): it chooses a word. WebKit says so
 * by the code 229 alone, since there the composition ends before the key that ends it.
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229; // oxlint-disable-line typescript/no-deprecated -- nothing else tells it
}
