/**
 * The mark of a start, beside those that the browser sets itself: the first picture of a signed-in
 * window has been drawn.
 */
export const inboxPainted = 'inbox-painted';

/**
 * Runs `work`, which nobody waits for, once what has just been decided can be seen. Returns a
 * function that cancels it.
 */
export function afterPaint(work: () => void): () => void {
  // A hidden page is never painted.
  let timer = document.hidden ? setTimeout(work) : undefined;
  const frame = document.hidden
    ? 0
    : requestAnimationFrame(() => {
        timer = setTimeout(work);
      });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
