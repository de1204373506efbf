import { X } from 'lucide-react';
import { useState } from 'react';
import { fold } from '../../core/folding.ts';
import { keyName } from './keys.ts';
import { sheetLines, type SheetLine } from './sheet-lines.ts';
import { usePart, useStoreOf } from '../stores-context.tsx';
import type { Panel } from '../panels.ts';
import { texts } from '../texts.ts';
import { Button, IconButton } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { ShortcutsSettings } from './shortcuts-settings.tsx';

/** Every shortcut by its group; the same list lets the agent change them. */
export function ShortcutsSheet({ panel }: { panel: Extract<Panel, { kind: 'shortcuts' }> }) {
  const panels = usePart((s) => s.panels);
  const [editing, setEditing] = useState(panel.editing);
  const [words, setWords] = useState('');
  const close = (): void => {
    panels.close(panel);
  };
  return (
    <Dialog label={texts.commands.help} className="shortcuts-dialog" onClose={close}>
      <div className="shortcuts-head">
        <h2>{texts.commands.help}</h2>
        {!editing && <SheetSearch words={words} onType={setWords} />}
        <Button
          onClick={() => {
            setEditing((on) => !on);
          }}
        >
          {editing ? texts.shortcuts.done : texts.shortcuts.edit}
        </Button>
        <IconButton label={texts.closePanel} onClick={close}>
          <X size={16} />
        </IconButton>
      </div>
      {editing ? <ShortcutsSettings /> : <Sheet words={words} />}
    </Dialog>
  );
}

function SheetSearch({ words, onType }: { words: string; onType: (words: string) => void }) {
  return (
    <input
      type="search"
      className="shortcuts-search"
      aria-label={texts.shortcuts.search}
      placeholder={texts.shortcuts.search}
      value={words}
      onChange={(event) => {
        onType(event.target.value);
      }}
    />
  );
}

function Sheet({ words }: { words: string }) {
  const groups = useSheetLines()
    .map(({ group, lines }) => ({ group, lines: lines.filter((line) => isFound(line, words)) }))
    .filter(({ lines }) => lines.length > 0);
  return (
    <>
      <p className="quiet" role="status">
        {groups.length === 0 ? texts.palette.nothing[0] : texts.shortcuts.hint}
      </p>
      <div className="shortcuts-groups">
        {groups.map(({ group, lines }) => (
          <section key={group} aria-label={texts.commandGroups[group]}>
            <h3>{texts.commandGroups[group]}</h3>
            <dl>
              {lines.map((line) => (
                <Line key={line.label} {...line} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}

function useSheetLines(): ReturnType<typeof sheetLines> {
  const commands = usePart((s) => s.commands);
  const own = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.shortcuts,
  );
  return sheetLines(commands, own ?? {});
}

/** By every word of the search: in its name, a synonym, or as one of its keys. */
function isFound({ label, keys, synonyms }: SheetLine, words: string): boolean {
  const text = fold(`${label} ${synonyms}`);
  const names = keys.map((key) => fold(keyName(key)));
  return fold(words)
    .split(/\s+/)
    .every((word) => text.includes(word) || names.includes(word));
}

function Line({ label, keys }: SheetLine) {
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
