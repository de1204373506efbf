import { useState } from 'react';
import { usePart, useStoreOf } from '../stores-context.tsx';
import type { Command } from './command.ts';
import { canBeShortcut, clashOf, withKey, type Shortcuts } from './keys.ts';

/** A command that waits for its new key, and what became of the last one that was pressed. */
export interface Asking {
  command: Command;
  refused: { key: string; by: Command | null } | null;
}

/** The agent's own keys while they are changed. */
export interface Editing {
  own: Shortcuts;
  asking: Asking | null;
  /** The next key is for this command; null: for none. */
  ask(command: Command | null): void;
  /** A key was pressed for the command: takes it, or says why not. */
  press(command: Command, key: string): void;
  /** Gives the command the key unless another one has it. */
  setKey(command: Command, key: string | null): void;
  save(shortcuts: Shortcuts): void;
}

const none: Shortcuts = {};

export function useEditing(): Editing {
  const settings = usePart((s) => s.settings);
  const commands = usePart((s) => s.commands);
  const own =
    useStoreOf(
      (s) => s.settings,
      (state) => state.settings?.shortcuts,
    ) ?? none;
  const [asking, setAsking] = useState<Asking | null>(null);

  function save(shortcuts: Shortcuts): void {
    settings.set({ shortcuts });
    setAsking(null);
  }
  function setKey(command: Command, key: string | null): void {
    const by = key === null ? null : clashOf(commands, key, command, own);
    if (key !== null && by) setAsking({ command, refused: { key, by } });
    else save(withKey(own, command, key));
  }
  return {
    own,
    asking,
    save,
    setKey,
    ask(command) {
      setAsking(command && { command, refused: null });
    },
    press(command, key) {
      if (canBeShortcut(key)) setKey(command, key);
      else setAsking({ command, refused: { key, by: null } });
    },
  };
}
