/**
 * As a ref: a popover gives this element the focus when it opens, in the same moment, so that no
 * key is lost. React's own `autoFocus` is for what is drawn, which a closed popover is already.
 */
export function focusOnShow(element: HTMLElement | null): void {
  element?.setAttribute('autofocus', '');
}

/** As a ref: the opposite. */
export function noFocus(element: HTMLElement | null): void {
  element?.removeAttribute('autofocus');
}
