/**
 * The key belongs to a composition (Japanese, Chinese, Korean): it chooses a word. WebKit says so
 * by the code 229 alone, since there the composition ends before the key that ends it.
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else tells it
  return event.isComposing || event.keyCode === 229;
}
