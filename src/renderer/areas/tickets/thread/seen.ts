const seenAfterMs = 700;

/** The focus of the window, and when it comes back. */
export interface Focus {
  isHere(): boolean;
  /** Returns how to stop listening. */
  onReturn(listener: () => void): () => void;
}

const windowFocus: Focus = {
  isHere: () => document.hasFocus(),
  onReturn(listener) {
    window.addEventListener('focus', listener);
    return () => {
      window.removeEventListener('focus', listener);
    };
  },
};

/**
 * Seen means in front of the agent for a moment, in a window that has the focus, or has it again.
 * Returns how to stop, once something else is shown.
 */
export function whenSeen(onSeen: () => void, focus: Focus = windowFocus): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (focus.isHere()) onSeen();
    }, seenAfterMs);
  };
  look();
  const stopListening = focus.onReturn(look);
  return () => {
    clearTimeout(timer);
    stopListening();
  };
}
