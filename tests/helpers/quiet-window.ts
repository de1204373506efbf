import { createDesk } from '../../src/renderer/bridge/client.ts';
import { composeWindow, type Composed } from '../../src/renderer/composition.ts';

/** A window on a desk that tells nothing and never replies. */
export function quietWindow(): Composed {
  const desk = createDesk({
    shell: 'electron',
    on: () => () => undefined,
    call: () => new Promise(() => undefined),
  });
  return composeWindow(desk, (work) => {
    work();
  });
}
