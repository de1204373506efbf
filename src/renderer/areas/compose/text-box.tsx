import {
  useMemo,
  useRef,
  useState,
  type ChangeEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { MessageKind } from '../../../contract/bridge.ts';
import { fillMacro, unfilledIn, type MacroValues } from '../../../core/macro.ts';
import { findHandles, mentionHandles } from '../../../core/mention.ts';
import { plainText } from '../../../core/text.ts';
import { isLeftAlone } from '../../kit/keys.ts';
import { focusTickets } from '../../panes.ts';
import { usePart, useStaffName, useStoreOf } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { choiceId, ChoiceList, listId } from './choice-list.tsx';
import { MarkedText, type Mark } from './marked-text.tsx';
import { useChoosing } from './use-choosing.ts';
import { scrollLike, useShownText } from './use-shown-text.ts';

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
  const composer = usePart((s) => s.composer);
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
  const { completion, choices, choice } = choosing;
  const isOpen = choices.length > 0;
  const marks = useMarks(text, kind, values);
  const isEditing = useShownText({ place, text, box, mirror, onCaret: setCaret });
  const onTyped = useTyping({ ticketId, kind, values });

  function note(area: HTMLTextAreaElement): void {
    const at = area.selectionStart === area.selectionEnd ? area.selectionStart : null;
    composer.caretAt(ticketId, kind, area.selectionEnd);
    setCaret(at);
    choosing.movedTo(at, area.value);
  }
  function onChange(event: ChangeEvent<HTMLTextAreaElement>): void {
    if (isEditing.current) return;
    onTyped(event);
    choosing.begin();
    note(event.target);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (isOpen && plain && choosing.onKey(event)) event.preventDefault();
    else if (event.key === 'Escape') focusTickets();
  }

  return (
    <div className="composer-text">
      <MarkedText
        box={mirror}
        text={text}
        marks={marks}
        anchorAt={completion?.from ?? null}
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
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && choice ? choiceId(choice) : undefined}
        onChange={onChange}
        onSelect={(event) => {
          note(event.currentTarget);
        }}
        onKeyDown={onKeyDown}
        onScroll={(event) => {
          if (mirror.current) scrollLike(event.currentTarget, mirror.current);
        }}
        onBlur={() => {
          setCaret(null);
          void composer.flush();
        }}
      />
      <Choices choosing={choosing} anchor={anchor} values={values} />
    </div>
  );
}

interface ChoicesProps {
  choosing: ReturnType<typeof useChoosing>;
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

interface TypingProps {
  ticketId: string;
  kind: MessageKind;
  values: MacroValues;
}

/** Takes what is typed into the composer. */
function useTyping({ ticketId, kind, values }: TypingProps) {
  const composer = usePart((s) => s.composer);
  const presence = usePart((s) => s.presence);
  return ({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>): void => {
    const { value, selectionStart } = target;
    const read = (typed: string): string =>
      isLeftAlone(nativeEvent) ? typed : readTyped(typed, values);
    const typed = read(value);
    composer.type(ticketId, kind, typed);
    if (typed !== value)
      composer.showCaret(ticketId, kind, read(value.slice(0, selectionStart)).length);
    if (kind === 'reply') presence.typing(ticketId);
  };
}

/**
 * A paste may bring any kind of line break and controls; a variable is filled as soon as it is
 * complete.
 */
function readTyped(typed: string, values: MacroValues): string {
  const plain = plainText(typed);
  return plain.includes('}}') ? fillMacro(plain, values) : plain;
}

function useMarks(text: string, kind: MessageKind, values: MacroValues): Mark[] {
  const macros = useStoreOf(
    (s) => s.macros,
    (state) => state.macros,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  return useMemo(
    () => marksOf(text, kind, values, macros, members),
    [text, kind, values, macros, members],
  );
}

function marksOf(
  text: string,
  kind: MessageKind,
  values: MacroValues,
  macros: Parameters<typeof unfilledIn>[2],
  members: Parameters<typeof mentionHandles>[0],
): Mark[] {
  return [
    ...unfilledIn(text, values, macros).map(({ at, raw }): Mark => ({
      from: at,
      to: at + raw.length,
      look: 'missing',
    })),
    ...(kind === 'note'
      ? findHandles(text, [...mentionHandles(members).values()]).map(({ from, to }): Mark => ({
          from,
          to,
          look: 'mention',
        }))
      : []),
  ];
}
