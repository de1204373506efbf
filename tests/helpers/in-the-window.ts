import type { Page } from 'playwright-core';

/**
 * Faults of the layout, one line each: controls that are drawn outside the window and cannot be
 * scrolled into it, and boxes whose content is wider than they are.
 */
export function outsideTheWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls =
      'button, a[href], input, textarea, select, summary, [role=option], [role=tab], [tabindex="0"]';
    const nameOf = (element: Element): string => {
      const words = element.getAttribute('aria-label') ?? element.textContent;
      return `${element.tagName.toLowerCase()}.${element.className} "${words.slice(0, 40)}"`;
    };
    const scrolls = (element: Element, way: 'overflowX' | 'overflowY'): boolean =>
      /auto|scroll/.test(getComputedStyle(element)[way]);
    /** Box of an element; one that can be scrolled to counts as inside the box that scrolls it. */
    const reachOf = (
      element: Element,
    ): { left: number; right: number; top: number; bottom: number } => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        const place = box.getBoundingClientRect();
        if (scrolls(box, 'overflowY'))
          ({ top, bottom } = {
            top: Math.max(top, place.top),
            bottom: Math.min(Math.max(bottom, place.top), place.bottom),
          });
        if (scrolls(box, 'overflowX') && box.scrollWidth > box.clientWidth + 1)
          ({ left, right } = {
            left: Math.max(left, place.left),
            right: Math.min(Math.max(right, place.left), place.right),
          });
      }
      return { left, right, top: Math.min(top, bottom), bottom };
    };
    const isDrawn = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
    };
    const isOutside = (element: Element): boolean => {
      const { left, right, top, bottom } = reachOf(element);
      return left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5;
    };
    const stray = [...document.querySelectorAll(controls)].filter(
      (element) => isDrawn(element) && isOutside(element),
    );
    const boxes = [document.documentElement, ...document.querySelectorAll('body *')];
    /** Only a row of tabs is meant to be scrolled sideways. */
    const wide = boxes.filter(
      (box) =>
        isDrawn(box) &&
        (box === document.documentElement || scrolls(box, 'overflowX')) &&
        box.scrollWidth > box.clientWidth + 1 &&
        !box.matches('.settings-side, input, textarea'),
    );
    return [
      ...stray.map((element) => `outside: ${nameOf(element)}`),
      ...wide.map((element) => `too wide: ${nameOf(element)}`),
    ];
  });
}
