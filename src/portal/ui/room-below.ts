import { useLayoutEffect, useRef, type RefObject } from 'react';

const property = '--covered';

/**
 * Tells the styles how much an element covers at the bottom of the window, so that notices are shown
 * above it and the focus is not scrolled below it.
 */
export function useRoomBelow<T extends HTMLElement>(): RefObject<T | null> {
  const element = useRef<T>(null);
  useLayoutEffect(() => {
    const covering = element.current;
    if (!covering) return undefined;
    const { style } = document.documentElement;
    const size = new ResizeObserver(() => {
      style.setProperty(property, `${covering.offsetHeight}px`);
    });
    size.observe(covering);
    return () => {
      size.disconnect();
      style.removeProperty(property);
    };
  }, []);
  return element;
}
