let listener: ((error: unknown) => void) | null = null;

/** Hears of rejections that nobody handles, each of which ends a real process; null ends it. */
export function setExitListener(next: typeof listener): void {
  listener = next;
}

/**
 * What a killed desk had begun may still go on for a moment after its files are closed; nobody is
 * there any more to hear of it.
 */
export const isOfClosedFile = (error: unknown): boolean =>
  error instanceof TypeError && error.message === 'The database connection is not open';

/** Call once for the process. */
export function watchExits(): void {
  process.on('unhandledRejection', (error) => {
    if (listener) listener(error);
    else if (!isOfClosedFile(error)) throw error;
  });
}
