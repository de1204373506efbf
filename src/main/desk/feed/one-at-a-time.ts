/** Runs work once at a time. If asked during a run, it runs once more afterwards. */
export interface OneAtATime {
  ask(): void;
  /** Drops a run that was asked for during this one. */
  forgetAsked(): void;
  /** Nothing runs any more once this has resolved. */
  stop(): Promise<void>;
}

interface Work {
  run: () => Promise<void>;
  /** A run is over and no other one follows. */
  onIdle?: () => void;
  /** A run failed. It has no caller to throw to: an unhandled rejection would end the desk. */
  onFault: (error: unknown) => void;
}

export function createOneAtATime({ run, onIdle, onFault }: Work): OneAtATime {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  function ask(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = run()
      .catch(onFault)
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          ask();
        } else onIdle?.();
      });
  }

  return {
    ask,
    forgetAsked() {
      again = false;
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
