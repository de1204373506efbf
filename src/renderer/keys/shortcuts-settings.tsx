import { RotateCcw } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { commandGroups } from './command-groups.ts';
import type { Command } from './command.ts';
import { canBeShortcut, clashOf, keyFor, keyName, withKey, type Shortcuts } from './keys.ts';
import { useStoreOf, usePart } from '../stores-context.tsx';
import { texts } from '../texts.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { namesOf } from '../../core/keys.ts';

/** A command that waits for its new key, and what became of the last one that was pressed. */
interface Asking {
  command: Command;
  refused: { key: string; by: Command | null } | null;
}

const none: Shortcuts = {};

/**
 * The agent's own keys: press a command's key, then the new one. A key that another command has is
 * named and can be swapped.
 */
export function ShortcutsSettings() {
  const settings = usePart((s) => s.settings);
  const commands = usePart((s) => s.commands);
  const own =
    useStoreOf(
      (s) => s.settings,
      (state) => state.settings?.shortcuts,
    ) ?? none;
  const [asking, setAsking] = useState<Asking | null>(null);
  const save = (shortcuts: Shortcuts): void => {
    settings.set({ shortcuts });
    setAsking(null);
  };

  return (
    <div className="shortcuts-edit">
      <div className="shortcuts-edit-head">
        <p className="quiet">{texts.shortcuts.editHint}</p>
        <Button
          look="quiet"
          icon={<RotateCcw size={13} />}
          disabled={Object.keys(own).length === 0}
          onClick={() => {
            save({});
          }}
        >
          {texts.shortcuts.resetAll}
        </Button>
      </div>
      {commandGroups.map((group) => (
        <section key={group} aria-label={texts.commandGroups[group]}>
          <h3>{texts.commandGroups[group]}</h3>
          {commands
            .filter((command) => command.group === group)
            .map((command) => (
              <ShortcutLine
                key={command.id}
                command={command}
                own={own}
                asking={asking?.command === command ? asking : null}
                setAsking={setAsking}
                save={save}
              />
            ))}
        </section>
      ))}
    </div>
  );
}

function ShortcutLine({
  command,
  own,
  asking,
  setAsking,
  save,
}: {
  command: Command;
  own: Shortcuts;
  /** Null: this command does not wait for a key. */
  asking: Asking | null;
  setAsking: (asking: Asking | null) => void;
  save: (shortcuts: Shortcuts) => void;
}) {
  const commands = usePart((s) => s.commands);

  function setKey(key: string | null): void {
    const by = key === null ? null : clashOf(commands, key, command, own);
    if (key !== null && by) setAsking({ command, refused: { key, by } });
    else save(withKey(own, command, key));
  }
  return (
    <div className="shortcut-line">
      <div className="shortcut-row">
        <span>{texts.commands[command.id]}</span>
        {Object.hasOwn(own, command.id) && (
          <IconButton
            label={texts.shortcuts.resetOne(texts.commands[command.id])}
            onClick={() => {
              setKey(command.key);
            }}
          >
            <RotateCcw size={13} />
          </IconButton>
        )}
        <KeyButton
          command={command}
          own={own}
          asking={asking !== null}
          onAsk={(on) => {
            setAsking(on ? { command, refused: null } : null);
          }}
          onPress={(key) => {
            if (canBeShortcut(key)) setKey(key);
            else setAsking({ command, refused: { key, by: null } });
          }}
        />
      </div>
      {asking && (
        <Answer
          asking={asking}
          onSwap={(key, by) => {
            save(withKey(withKey(own, by, keyFor(command, own)), command, key));
          }}
          onRemove={() => {
            save(withKey(own, command, null));
          }}
          onCancel={() => {
            setAsking(null);
          }}
        />
      )}
    </div>
  );
}

function KeyButton({
  command,
  own,
  asking,
  onAsk,
  onPress,
}: {
  command: Command;
  own: Shortcuts;
  asking: boolean;
  onAsk: (on: boolean) => void;
  onPress: (key: string) => void;
}) {
  const key = keyFor(command, own);
  function onKeyDown(event: KeyboardEvent): void {
    if (!asking || event.key === 'Tab') return;
    const [pressed] = namesOf(event.nativeEvent);
    if (pressed === undefined) return;
    // Escape leaves the question, not the sheet.
    event.preventDefault();
    event.stopPropagation();
    if (pressed === 'Escape') onAsk(false);
    else onPress(pressed);
  }
  return (
    <button
      type="button"
      className="shortcut-key"
      aria-label={
        `${texts.shortcuts.change(texts.commands[command.id])}, ` +
        (asking ? texts.shortcuts.press : key === null ? texts.shortcuts.none : keyName(key))
      }
      aria-pressed={asking}
      onClick={() => {
        onAsk(!asking);
      }}
      onKeyDown={onKeyDown}
    >
      {asking ? (
        texts.shortcuts.press
      ) : key === null ? (
        <span className="quiet">{texts.shortcuts.none}</span>
      ) : (
        <kbd>{keyName(key)}</kbd>
      )}
    </button>
  );
}

function Answer({
  asking: { refused },
  onSwap,
  onRemove,
  onCancel,
}: {
  asking: Asking;
  onSwap: (key: string, by: Command) => void;
  onRemove: () => void;
  onCancel: () => void;
}) {
  const by = refused?.by ?? null;
  return (
    <div className="shortcut-answer">
      <span role="status">
        {refused === null
          ? ''
          : by === null
            ? texts.shortcuts.taken(keyName(refused.key))
            : texts.shortcuts.clash(keyName(refused.key), texts.commands[by.id])}
      </span>
      {refused !== null && by !== null && (
        <Button
          onClick={() => {
            onSwap(refused.key, by);
          }}
        >
          {texts.shortcuts.swap}
        </Button>
      )}
      {refused === null && (
        <Button look="quiet" onClick={onRemove}>
          {texts.shortcuts.remove}
        </Button>
      )}
      <Button look="quiet" onClick={onCancel}>
        {texts.shortcuts.cancel}
      </Button>
    </div>
  );
}
