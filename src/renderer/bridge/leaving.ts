/**
 * Watches whether this page is going: a call made then must arrive although nobody is left to hear
 * the answer.
 */
export function watchLeaving(): () => boolean {
  let isLeaving = false;
  addEventListener('pagehide', () => {
    isLeaving = true;
  });
  // A download begins like the end of a page, and the page stays.
  addEventListener('beforeunload', () => {
    isLeaving = true;
    setTimeout(() => {
      isLeaving = false;
    });
  });
  addEventListener('pageshow', () => {
    isLeaving = false;
  });
  return () => isLeaving;
}
