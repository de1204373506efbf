import { RotateCcw } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { commandGroups } from './command-groups.ts';
import type { Command } from './command.ts';
import { keyFor, keyName, withKey } from './keys.ts';
import { useEditing, type Asking, type Editing } from './use-editing.ts';
import { usePart } from '../stores-context.tsx';
import { texts } from '../texts.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { namesOf } from '../../core/keys.ts';

/**
 * The agent's own keys: press a command's key, then the new one. A key that another command has is
 * named and can be swapped.
 */
export function ShortcutsSettings() {
  const commands = usePart((s) => s.commands);
  const editing = useEditing();
  return (
    <div className="shortcuts-edit">
      <Head editing={editing} />
      {commandGroups.map((group) => (
        <section key={group} aria-label={texts.commandGroups[group]}>
          <h3>{texts.commandGroups[group]}</h3>
          {commands
            .filter((command) => command.group === group)
            .map((command) => (
              <ShortcutLine key={command.id} command={command} editing={editing} />
            ))}
        </section>
      ))}
    </div>
  );
}

function Head({ editing: { own, save } }: { editing: Editing }) {
  return (
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
  );
}

interface LineProps {
  command: Command;
  editing: Editing;
}

function ShortcutLine({ command, editing }: LineProps) {
  const { own, asking, setKey } = editing;
  return (
    <div className="shortcut-line">
      <div className="shortcut-row">
        <span>{texts.commands[command.id]}</span>
        {Object.hasOwn(own, command.id) && (
          <IconButton
            label={texts.shortcuts.resetOne(texts.commands[command.id])}
            onClick={() => {
              setKey(command, command.key);
            }}
          >
            <RotateCcw size={13} />
          </IconButton>
        )}
        <KeyButton command={command} editing={editing} />
      </div>
      {asking?.command === command && <Answer command={command} editing={editing} />}
    </div>
  );
}

function KeyButton({ command, editing }: LineProps) {
  const isAsking = editing.asking?.command === command;
  const key = keyFor(command, editing.own);
  function onKeyDown(event: KeyboardEvent): void {
    if (!isAsking || event.key === 'Tab') return;
    const [pressed] = namesOf(event.nativeEvent);
    if (pressed === undefined) return;
    // Escape leaves the question, not the sheet.
    event.preventDefault();
    event.stopPropagation();
    if (pressed === 'Escape') editing.ask(null);
    else editing.press(command, pressed);
  }
  const words = isAsking ? texts.shortcuts.press : keyText(key);
  return (
    <button
      type="button"
      className="shortcut-key"
      aria-label={`${texts.shortcuts.change(texts.commands[command.id])}, ${words}`}
      aria-pressed={isAsking}
      onClick={() => {
        editing.ask(isAsking ? null : command);
      }}
      onKeyDown={onKeyDown}
    >
      {isAsking ? words : <Key name={key} />}
    </button>
  );
}

function keyText(key: string | null): string {
  return key === null ? texts.shortcuts.none : keyName(key);
}

function Key({ name }: { name: string | null }) {
  return name === null ? (
    <span className="quiet">{keyText(name)}</span>
  ) : (
    <kbd>{keyText(name)}</kbd>
  );
}

/** The result of the last key that was pressed, and what to do instead. */
function Answer({ command, editing: { own, asking, save, ask } }: LineProps) {
  const refused = asking?.refused ?? null;
  const by = refused?.by ?? null;
  return (
    <div className="shortcut-answer">
      <span role="status">{refused === null ? '' : refusalText(refused)}</span>
      {refused !== null && by !== null && (
        <Button
          onClick={() => {
            save(withKey(withKey(own, by, keyFor(command, own)), command, refused.key));
          }}
        >
          {texts.shortcuts.swap}
        </Button>
      )}
      {refused === null && (
        <Button
          look="quiet"
          onClick={() => {
            save(withKey(own, command, null));
          }}
        >
          {texts.shortcuts.remove}
        </Button>
      )}
      <Button
        look="quiet"
        onClick={() => {
          ask(null);
        }}
      >
        {texts.shortcuts.cancel}
      </Button>
    </div>
  );
}

function refusalText({ key, by }: NonNullable<Asking['refused']>): string {
  return by === null
    ? texts.shortcuts.taken(keyName(key))
    : texts.shortcuts.clash(keyName(key), texts.commands[by.id]);
}
