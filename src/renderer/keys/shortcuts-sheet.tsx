import { useState } from 'react';
import { useKey } from './key.tsx';
import type { Command } from './command.ts';
import { commandGroups } from './command-groups.ts';
import { keyName } from './keys.ts';
import { usePart } from '../stores-context.tsx';
import type { Panel } from '../panels.ts';
import { texts } from '../texts.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { ShortcutsSettings } from './shortcuts-settings.tsx';

/** Every shortcut by its group; the same list lets the agent change them. */
export function ShortcutsSheet({ panel }: { panel: Extract<Panel, { kind: 'shortcuts' }> }) {
  const panels = usePart((s) => s.panels);
  const [editing, setEditing] = useState(panel.editing);
  return (
    <Dialog
      label={texts.commands.help}
      className="shortcuts-dialog"
      onClose={() => {
        panels.close(panel);
      }}
    >
      <div className="shortcuts-head">
        <h2>{texts.commands.help}</h2>
        <Button
          onClick={() => {
            setEditing((on) => !on);
          }}
        >
          {editing ? texts.shortcuts.done : texts.shortcuts.edit}
        </Button>
      </div>
      {editing ? <ShortcutsSettings /> : <Sheet />}
    </Dialog>
  );
}

function Sheet() {
  const commands = usePart((s) => s.commands);
  return (
    <>
      <p className="quiet">{texts.shortcuts.hint}</p>
      <div className="shortcuts-groups">
        {commandGroups.map((group) => (
          <section key={group} aria-label={texts.commandGroups[group]}>
            <h3>{texts.commandGroups[group]}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <Line key={command.id} command={command} />
                ))}
              {group === 'move' && (
                <>
                  <Fixed label={texts.shortcuts.other.arrows} keys={['ArrowUp', 'ArrowDown']} />
                  <Fixed label={texts.shortcuts.other.escape} keys={['Escape']} />
                </>
              )}
              {group === 'write' && (
                <Fixed label={texts.shortcuts.other.send} keys={['Mod+Enter']} />
              )}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}

/** A command with its keys. One without a key is in the palette only; the sheet is about keys. */
function Line({ command }: { command: Command }) {
  const key = useKey(command.id);
  const keys = [key, command.fixedKey ?? null].filter((one) => one !== null);
  return keys.length === 0 ? null : <Fixed label={texts.commands[command.id]} keys={keys} />;
}

function Fixed({ label, keys }: { label: string; keys: readonly string[] }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key}>{keyName(key)}</kbd>
        ))}
      </dd>
    </div>
  );
}
