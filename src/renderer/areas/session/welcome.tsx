import { X } from 'lucide-react';
import { useKey } from '../../keys/key.tsx';
import { keyName } from '../../keys/keys.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { IconButton } from '../../kit/button.tsx';

const first = ['next', 'reply', 'close', 'palette'] as const;

/** Greets an agent on this computer with the keys to begin with, until they dismiss it. */
export function Welcome() {
  const settings = usePart((s) => s.settings);
  const undoSeconds = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.undo_seconds ?? 0,
  );
  const isShown = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.welcomed === false,
  );
  const undoKey = useKey('undo') ?? 'Mod+Z';
  if (!isShown) return null;
  const { title, undo, dismiss } = texts.welcome;
  return (
    <section className="welcome" aria-label={title}>
      <h2>{title}</h2>
      <FirstKeys />
      {undoSeconds > 0 && <p>{undo(undoSeconds, keyName(undoKey))}</p>}
      <IconButton
        label={dismiss}
        onClick={() => {
          settings.set({ welcomed: true });
        }}
      >
        <X size={14} aria-hidden="true" />
      </IconButton>
    </section>
  );
}

/** The keys that an agent begins with, and what each does. */
export function FirstKeys() {
  return (
    <ul className="first-keys">
      {first.map((id) => (
        <KeyAndDeed key={id} id={id} deed={texts.welcome.does[id]} />
      ))}
    </ul>
  );
}

/** Nothing where the agent has taken the key from the command. */
function KeyAndDeed({ id, deed }: { id: (typeof first)[number]; deed: string }) {
  const key = useKey(id);
  if (key === null) return null;
  return (
    <li>
      <kbd>{keyName(key)}</kbd> {deed}
    </li>
  );
}
