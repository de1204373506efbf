import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { actionsOf, fillMacro, type MacroValues } from '../../../core/macro.ts';
import { previewOf } from '../../../core/overlay.ts';
import { actionsText, texts } from '../../texts.ts';
import { Avatar } from '../../kit/avatar.tsx';
import type { Choice } from './choices.ts';

export const listId = 'composer-choices';
export const choiceId = (choice: Choice): string => `choice-${choice.id}`;

interface Props {
  choices: readonly Choice[];
  /** -1: none yet. */
  chosen: number;
  /** Where the list stands: at the sign that opened it. */
  anchor: RefObject<HTMLSpanElement | null>;
  values: MacroValues;
  me: string;
  staffName: (id: string) => string;
  onPick: (choice: Choice) => void;
}

/**
 * Macros or colleagues above the caret. The focus stays in the text; the chosen one is told by
 * `aria-activedescendant`.
 */
export function ChoiceList({ choices, chosen, anchor, values, me, staffName, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const kind = choices[0]?.kind ?? 'macro';
  useLayoutEffect(() => {
    const list = box.current;
    const around = list?.offsetParent;
    if (!list || !(around instanceof HTMLElement) || !anchor.current) return;
    const mirror = anchor.current.offsetParent;
    const furthest = around.clientWidth - list.offsetWidth;
    const left = Math.min(anchor.current.offsetLeft - 10, furthest);
    const top = anchor.current.offsetTop - (mirror?.scrollTop ?? 0);
    list.style.left = `${Math.max(0, left)}px`;
    list.style.bottom = `${Math.max(0, around.clientHeight - top + 2)}px`;
  });
  useEffect(() => {
    box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, choices]);
  return (
    <div ref={box} className="choices">
      <div
        id={listId}
        role="listbox"
        aria-label={kind === 'macro' ? texts.composer.macros : texts.composer.colleagues}
        className="choices-list"
      >
        {choices.map((choice, i) => (
          // The press must not take the focus from the text.
          <div
            key={choice.id}
            id={choiceId(choice)}
            role="option"
            aria-selected={i === chosen}
            className="choice"
            onPointerDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              onPick(choice);
            }}
          >
            {choice.kind === 'macro' ? (
              <MacroChoice
                name={choice.macro.name}
                text={previewOf(fillMacro(choice.macro.text, values))}
                does={actionsText(actionsOf(choice.macro.actions, me), staffName)}
              />
            ) : (
              <>
                <Avatar name={choice.member.name} size={22} />
                <span className="choice-name">
                  <bdi>{choice.member.name}</bdi>
                </span>
                <span className="choice-hint">{choice.member.email}</span>
              </>
            )}
          </div>
        ))}
      </div>
      <div className="choices-keys" aria-hidden="true">
        <kbd>↑</kbd>
        <kbd>↓</kbd> {texts.composer.chooseHint} <kbd>{chosen < 0 ? '⇥' : '↵'}</kbd>{' '}
        {texts.composer.insertHint}
      </div>
    </div>
  );
}

function MacroChoice({ name, text, does }: { name: string; text: string; does: string }) {
  return (
    <div className="choice-macro">
      <span className="choice-name" dir="auto">
        {name}
      </span>
      <span className="choice-hint" dir="auto">
        {text}
      </span>
      {does !== '' && <span className="choice-does">{does}</span>}
    </div>
  );
}
