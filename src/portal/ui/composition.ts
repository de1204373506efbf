/**
 * True if the key belongs to a composition (Japanese, Chinese, Korean) and chooses a word. WebKit
 * shows it only by the code 229, because there the composition ends before the key that ends it.
 */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else tells it
  return event.isComposing || event.keyCode === 229;
}
