import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { StaffMember } from '../../../contract/wire/entities.ts';
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
    if (box.current && anchor.current) placeAt(box.current, anchor.current);
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
          <Option key={choice.id} choice={choice} isChosen={i === chosen} onPick={onPick}>
            {choice.kind === 'macro' ? (
              <MacroChoice
                name={choice.macro.name}
                text={previewOf(fillMacro(choice.macro.text, values))}
                does={actionsText(actionsOf(choice.macro.actions, me), staffName)}
              />
            ) : (
              <Colleague member={choice.member} />
            )}
          </Option>
        ))}
      </div>
      <Keys isChosen={chosen >= 0} />
    </div>
  );
}

/** Stands the list above the sign that opened it, inside the composer. */
function placeAt(list: HTMLElement, sign: HTMLElement): void {
  const around = list.offsetParent;
  if (!(around instanceof HTMLElement)) return;
  const mirror = sign.offsetParent;
  const furthest = around.clientWidth - list.offsetWidth;
  const left = Math.min(sign.offsetLeft - 10, furthest);
  const top = sign.offsetTop - (mirror?.scrollTop ?? 0);
  list.style.left = `${Math.max(0, left)}px`;
  list.style.bottom = `${Math.max(0, around.clientHeight - top + 2)}px`;
}

interface OptionProps {
  choice: Choice;
  isChosen: boolean;
  onPick: (choice: Choice) => void;
  children: ReactNode;
}

function Option({ choice, isChosen, onPick, children }: OptionProps) {
  return (
    // The press must not take the focus from the text.
    <div
      id={choiceId(choice)}
      role="option"
      aria-selected={isChosen}
      className="choice"
      onPointerDown={(event) => {
        event.preventDefault();
      }}
      onClick={() => {
        onPick(choice);
      }}
    >
      {children}
    </div>
  );
}

function Colleague({ member }: { member: StaffMember }) {
  return (
    <>
      <Avatar name={member.name} size={22} />
      <span className="choice-name">
        <bdi>{member.name}</bdi>
      </span>
      <span className="choice-hint">{member.email}</span>
    </>
  );
}

/** The keys that work now: Enter only takes a choice that the agent, or the text, has made. */
function Keys({ isChosen }: { isChosen: boolean }) {
  return (
    <div className="choices-keys" aria-hidden="true">
      <kbd>↑</kbd>
      <kbd>↓</kbd> {texts.composer.chooseHint} <kbd>{isChosen ? '↵' : '⇥'}</kbd>{' '}
      {texts.composer.insertHint}
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
