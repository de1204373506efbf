import { paneProperties } from '../../pane-sizes.ts';

/** As composing.css reads it: the text gets no higher than this, however long it is. */
const cap = '--composer-cap';

/** Shows the composer's text at this height, before that is stored. */
export function showHeight(height: number): void {
  document.documentElement.style.setProperty(paneProperties.composer, `${height}px`);
  capComposer(height);
}

/**
 * Keeps a text that needs more than the height that the agent has just given it to that height; a
 * shorter one goes on growing. Null: this one grows too.
 */
export function capComposer(height: number | null): void {
  const { style } = document.documentElement;
  if (height === null) {
    style.removeProperty(cap);
    return;
  }
  style.setProperty(cap, `${height}px`);
  const box = document.querySelector('#message');
  if (box && box.scrollHeight <= box.clientHeight) style.removeProperty(cap);
}
