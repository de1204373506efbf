import { Check } from 'lucide-react';
import { useState } from 'react';
import type { OutboxItem } from '../../../../contract/bridge.ts';
import { useStaffName, usePart } from '../../../stores-context.tsx';
import { fieldText, texts } from '../../../texts.ts';
import { Action } from '../../../kit/action.tsx';

type Choice = 'mine' | 'theirs';

/**
 * Each field that two people changed: what the agent saw, wants, and what the server has. M and T
 * decide the whole card, a digit one field.
 */
export function ConflictCard({ item }: { item: OutboxItem }) {
  const outbox = usePart((s) => s.outbox);
  const staffName = useStaffName();
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const fields = item.conflicts.map((conflict) => conflict.field);
  const several = fields.length > 1;
  const choose = (field: string, choice: Choice): void => {
    setChoices((now) => ({ ...now, [field]: choice }));
  };
  const decided = fields.every((field) => choices[field] !== undefined);
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
          {item.conflicts.map(({ field, base, mine, theirs }, i) => (
            <tr key={field}>
              <th scope="row">
                {several && (
                  <Toggle
                    hotkey={String(i + 1)}
                    field={field}
                    onPress={() => {
                      choose(field, choices[field] === 'mine' ? 'theirs' : 'mine');
                    }}
                  />
                )}
                {texts.fields[field] ?? field}
              </th>
              <td className="conflict-base" dir="auto">
                {fieldText(field, base, staffName)}
              </td>
              <td>
                <Value
                  value={fieldText(field, mine, staffName)}
                  name={texts.conflictMine}
                  choice={several ? choices[field] === 'mine' : null}
                  onPress={() => {
                    choose(field, 'mine');
                  }}
                />
              </td>
              <td>
                <Value
                  value={fieldText(field, theirs, staffName)}
                  name={texts.conflictTheirs}
                  choice={several ? choices[field] === 'theirs' : null}
                  onPress={() => {
                    choose(field, 'theirs');
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="card-actions">
        {several && (
          <Action
            label={texts.applyChoice}
            hotkey="G"
            look="main"
            disabled={!decided}
            onPress={() => {
              outbox.resolve(
                item.id,
                fields.filter((field) => choices[field] === 'mine'),
              );
            }}
          />
        )}
        <Action
          label={several ? texts.allMine : texts.keepMine}
          hotkey="M"
          look={several ? 'plain' : 'main'}
          onPress={() => {
            outbox.resolve(item.id, fields);
          }}
        />
        <Action
          label={several ? texts.allTheirs : texts.keepTheirs}
          hotkey="T"
          look="plain"
          onPress={() => {
            outbox.resolve(item.id, []);
          }}
        />
      </div>
    </>
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
