import { useRef, useState, type RefObject } from 'react';
import type { MessageKind } from '../../../contract/bridge.ts';
import type { MacroValues } from '../../../core/macro.ts';
import { useStaffName, useStoreOf } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { choiceId, ChoiceList, listId } from './choice-list.tsx';
import { MarkedText } from './marked-text.tsx';
import { useChoosing, type Choosing } from './use-choosing.ts';
import { useFieldEvents } from './use-field-events.ts';
import { useMarks } from './use-marks.ts';
import { useShownText } from './use-shown-text.ts';

interface Props {
  ticketId: string;
  kind: MessageKind;
  placeholder: string;
  values: MacroValues;
}

/**
 * The text of a message: macros after `/`, colleagues after `@` in a note, variables filled as soon
 * as they are complete.
 */
export function TextBox({ ticketId, kind, placeholder, values }: Props) {
  const text = useStoreOf(
    (s) => s.composer,
    (state) => state.texts[`${ticketId}:${kind}`] ?? '',
  );
  const [caret, setCaret] = useState<number | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLSpanElement>(null);
  const place = { ticketId, kind };
  const choosing = useChoosing(place, text, caret);
  const isEditing = useShownText({ place, text, box, mirror, onCaret: setCaret });
  const marks = useMarks(text, kind, values);
  const events = useFieldEvents({ place, values, choosing, mirror, isEditing, onCaret: setCaret });
  return (
    <div className="composer-text">
      <MarkedText
        box={mirror}
        text={text}
        marks={marks}
        anchorAt={choosing.completion?.from ?? null}
        anchor={anchor}
      />
      <textarea
        ref={box}
        id="message"
        aria-label={texts.message}
        dir="auto"
        rows={3}
        spellCheck
        placeholder={placeholder}
        {...linksTo(choosing)}
        {...events}
      />
      <Choices choosing={choosing} anchor={anchor} values={values} />
    </div>
  );
}

/** Tells assistive technology of the list at the caret, and of the choice in it. */
const linksTo = ({ choices, choice }: Choosing) =>
  ({
    'aria-autocomplete': 'list',
    'aria-controls': choices.length > 0 ? listId : undefined,
    'aria-activedescendant': choice ? choiceId(choice) : undefined,
  }) as const;

interface ChoicesProps {
  choosing: Choosing;
  anchor: RefObject<HTMLSpanElement | null>;
  values: MacroValues;
}

/** The list at the caret, and its length for a screen reader. */
function Choices({ choosing, anchor, values }: ChoicesProps) {
  const { completion, choices, at, pick } = choosing;
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? '',
  );
  const staffName = useStaffName();
  const isOpen = choices.length > 0;
  return (
    <>
      {isOpen && completion && (
        <ChoiceList
          choices={choices}
          chosen={at}
          anchor={anchor}
          values={values}
          me={me}
          staffName={staffName}
          onPick={pick}
        />
      )}
      <span className="sr-only" aria-live="polite">
        {completion && (isOpen || completion.query !== '')
          ? texts.composer.found(choices.length)
          : ''}
      </span>
    </>
  );
}
