import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/** The reader is at the end if at most this many pixels are below. */
const nearEnd = 60;

/**
 * Keeps the reader's place in the page as messages come in: at the end, or at the messages in view
 * when earlier ones are added or left out above them. `first` and `last`: the ids of the outer
 * messages' elements. Returns the function that leaves the end.
 */
export function useReadingPlace(
  { first, last }: { first: string | undefined; last: string | undefined },
  printing: boolean,
): () => void {
  const atEnd = useRef(true);
  const before = useRef<Place | null>(null);

  // On paper nothing scrolls.
  useEffect(() => (printing ? undefined : followEnd(atEnd)), [printing]);
  useLayoutEffect(() => {
    const moved = before.current === null ? 0 : movedBy(before.current);
    if (!atEnd.current && moved !== 0) window.scrollBy(0, moved);
  }, [first]);
  useLayoutEffect(() => {
    // The newest message is still there when the next ones come; the oldest may be left out then.
    before.current = placeOf(last);
  });
  return () => {
    atEnd.current = false;
  };
}

/** A message, and how far below the top of the page it begins. */
interface Place {
  id: string;
  top: number;
}

function placeOf(id: string | undefined): Place | null {
  const element = id === undefined ? null : document.getElementById(id);
  return id !== undefined && element ? { id, top: topOf(element) } : null;
}

const topOf = (element: HTMLElement): number =>
  element.getBoundingClientRect().top + window.scrollY;

function movedBy({ id, top }: Place): number {
  const element = document.getElementById(id);
  return element ? topOf(element) - top : 0;
}

/**
 * Scrolls to the end whenever the page grows, unless the reader has gone up. Returns the function
 * that ends this.
 */
function followEnd(atEnd: RefObject<boolean>): () => void {
  const page = document.documentElement;
  let height = document.body.offsetHeight;
  const onScroll = (): void => {
    // The page has grown, and the browser has scrolled to the cursor: `stay` follows at once.
    if (document.body.offsetHeight !== height) return;
    atEnd.current = page.scrollHeight - window.scrollY - window.innerHeight < nearEnd;
  };
  const stay = (): void => {
    height = document.body.offsetHeight;
    if (atEnd.current) window.scrollTo(0, page.scrollHeight);
  };
  const size = new ResizeObserver(stay);
  size.observe(document.body);
  window.addEventListener('scroll', onScroll, { passive: true });
  // The keyboard of a phone makes the window lower, and the page stays as it is.
  window.addEventListener('resize', stay);
  return () => {
    size.disconnect();
    window.removeEventListener('scroll', onScroll);
    window.removeEventListener('resize', stay);
  };
}
