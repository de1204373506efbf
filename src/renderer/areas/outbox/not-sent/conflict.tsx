import { Check } from 'lucide-react';
import { useState } from 'react';
import type { OutboxItem } from '../../../../contract/bridge.ts';
import { useStaffName, usePart } from '../../../stores-context.tsx';
import { fieldText, texts } from '../../../texts.ts';
import { Action } from '../../../kit/action.tsx';

type Choice = 'mine' | 'theirs';
/** By field; one without a choice is not decided yet. */
type Choices = Partial<Record<string, Choice>>;

/**
 * Each field that two people changed, with the value the agent saw, the one they want, and the
 * server's. M and T decide the whole card, a digit one field.
 */
export function ConflictCard({ item }: { item: OutboxItem }) {
  const [choices, setChoices] = useState<Choices>({});
  const several = item.conflicts.length > 1;
  return (
    <>
      <table className="conflict">
        <thead>
          <tr>
            <th scope="col">{texts.conflictField}</th>
            <th scope="col">{texts.conflictBase}</th>
            <th scope="col">{texts.conflictMine}</th>
            <th scope="col">{texts.conflictTheirs}</th>
          </tr>
        </thead>
        <tbody>
          {item.conflicts.map((conflict, i) => (
            <Row
              key={conflict.field}
              conflict={conflict}
              hotkey={several ? String(i + 1) : null}
              choice={choices[conflict.field]}
              onChoose={(choice) => {
                setChoices((now) => ({ ...now, [conflict.field]: choice }));
              }}
            />
          ))}
        </tbody>
      </table>
      <div className="card-actions">
        {several ? <Decisions item={item} choices={choices} /> : <Decision item={item} />}
      </div>
    </>
  );
}

interface RowProps {
  conflict: OutboxItem['conflicts'][number];
  /** Null: the only field, which the buttons below decide. */
  hotkey: string | null;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}

function Row({ conflict: { field, base, mine, theirs }, hotkey, choice, onChoose }: RowProps) {
  const staffName = useStaffName();
  const values = [
    { name: texts.conflictMine, value: mine, own: 'mine' },
    { name: texts.conflictTheirs, value: theirs, own: 'theirs' },
  ] as const;
  return (
    <tr>
      <Field
        field={field}
        hotkey={hotkey}
        onToggle={() => {
          onChoose(choice === 'mine' ? 'theirs' : 'mine');
        }}
      />
      <td className="conflict-base" dir="auto">
        {fieldText(field, base, staffName)}
      </td>
      {values.map(({ name, value, own }) => (
        <td key={own}>
          <Value
            value={fieldText(field, value, staffName)}
            name={name}
            choice={hotkey === null ? null : choice === own}
            onPress={() => {
              onChoose(own);
            }}
          />
        </td>
      ))}
    </tr>
  );
}

interface FieldProps {
  field: string;
  hotkey: string | null;
  onToggle: () => void;
}

function Field({ field, hotkey, onToggle }: FieldProps) {
  return (
    <th scope="row">
      {hotkey !== null && <Toggle hotkey={hotkey} field={field} onPress={onToggle} />}
      {texts.fields[field] ?? field}
    </th>
  );
}

/** The buttons for a conflict in one field. */
function Decision({ item }: { item: OutboxItem }) {
  return (
    <>
      <Keep item={item} side="mine" label={texts.keepMine} look="main" />
      <Keep item={item} side="theirs" label={texts.keepTheirs} look="plain" />
    </>
  );
}

/** The buttons for a conflict in several fields: as chosen above, or all of one side. */
function Decisions({ item, choices }: { item: OutboxItem; choices: Choices }) {
  const outbox = usePart((s) => s.outbox);
  const fields = item.conflicts.map(({ field }) => field);
  return (
    <>
      <Action
        label={texts.applyChoice}
        hotkey="G"
        look="main"
        disabled={fields.some((field) => choices[field] === undefined)}
        onPress={() => {
          outbox.resolve(
            item.id,
            fields.filter((field) => choices[field] === 'mine'),
          );
        }}
      />
      <Keep item={item} side="mine" label={texts.allMine} look="plain" />
      <Keep item={item} side="theirs" label={texts.allTheirs} look="plain" />
    </>
  );
}

function Keep({
  item,
  side,
  label,
  look,
}: {
  item: OutboxItem;
  side: Choice;
  label: string;
  look: 'main' | 'plain';
}) {
  const outbox = usePart((s) => s.outbox);
  return (
    <Action
      label={label}
      hotkey={side === 'mine' ? 'M' : 'T'}
      look={look}
      onPress={() => {
        outbox.resolve(item.id, side === 'mine' ? item.conflicts.map(({ field }) => field) : []);
      }}
    />
  );
}

function Toggle({
  hotkey,
  field,
  onPress,
}: {
  hotkey: string;
  field: string;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="conflict-key"
      aria-keyshortcuts={hotkey}
      aria-label={`${texts.applyChoice}: ${texts.fields[field] ?? field}`}
      onClick={onPress}
    >
      <kbd aria-hidden="true">{hotkey}</kbd>
    </button>
  );
}

/**
 * With several fields a value is a choice of its own; the mark and the pressed state say which, not
 * the colour alone.
 */
function Value({
  value,
  name,
  choice,
  onPress,
}: {
  value: string;
  name: string;
  choice: boolean | null;
  onPress: () => void;
}) {
  if (choice === null) return <b dir="auto">{value}</b>;
  return (
    <button
      type="button"
      className="conflict-value"
      aria-pressed={choice}
      aria-label={`${name}: ${value}`}
      onClick={onPress}
    >
      {choice && <Check size={13} aria-hidden="true" />}
      <bdi>{value}</bdi>
    </button>
  );
}
