import { useStoreOf, usePart } from '../stores-context.tsx';
import { texts } from '../texts.ts';
import type { CommandId } from './command.ts';
import { keyName, keyShown } from './keys.ts';

/** The key of a command as the agent has it now; null for none. */
export function useKey(id: CommandId): string | null {
  const commands = usePart((s) => s.commands);
  const settings = usePart((s) => s.settings);
  useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.shortcuts,
  );
  return keyShown(commands, settings, id);
}

/** A command's name with its key, for a tooltip. */
export function useTooltip(id: CommandId): string {
  return useTitle(texts.commands[id], id);
}

/** Other words for a command in its tooltip, with the key that it has. */
export function useTitle(words: string, id: CommandId): string {
  const key = useKey(id);
  return key === null ? words : `${words} (${keyName(key)})`;
}

/** The key beside a command; nothing where it has none. */
export function CommandKey({ id }: { id: CommandId }) {
  const key = useKey(id);
  return key === null ? null : <kbd aria-hidden="true">{keyName(key)}</kbd>;
}
