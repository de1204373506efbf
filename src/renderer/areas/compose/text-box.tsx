import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ChangeEvent,
  type KeyboardEvent,
} from 'react';
import type { MessageKind } from '../../../contract/bridge.ts';
import { completionAt } from '../../../core/completion.ts';
import { fillMacro, unfilledIn, type MacroValues } from '../../../core/macro.ts';
import { findHandles, mentionHandles } from '../../../core/mention.ts';
import { plainText } from '../../../core/text.ts';
import { focusTickets } from '../../panes.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { isLeftAlone } from '../../kit/keys.ts';
import { editText, setText } from '../../kit/show-text.ts';
import { choiceId, ChoiceList, listId } from './choice-list.tsx';
import { choicesFor, meantAt, type Choice } from './choices.ts';
import { MarkedText, type Mark } from './marked-text.tsx';

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
  const presence = usePart((s) => s.presence);
  const macroUse = usePart((s) => s.macroUse);
  const text = useStoreOf(
    (s) => s.composer,
    (state) => state.texts[`${ticketId}:${kind}`] ?? '',
  );
  const wanted = useStoreOf(
    (s) => s.composer,
    (state) =>
      state.caret?.ticketId === ticketId && state.caret.kind === kind ? state.caret : null,
  );
  const macros = useStoreOf(
    (s) => s.macros,
    (state) => state.macros,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? '',
  );
  const [caret, setCaret] = useState<number | null>(null);
  /** Where the agent has moved to in the list; null: nowhere yet. */
  const [chosen, setChosen] = useState<number | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLSpanElement>(null);
  const isFilled = useRef(false);
  const isEditing = useRef(false);

  const found = caret === null ? null : completionAt(text, caret, kind === 'note');
  const completion = found && found.from !== dismissed ? found : null;
  const choices = choicesFor(completion, macros, members);
  const choosing = choices.length > 0;
  const at =
    chosen === null ? meantAt(text, completion, choices) : Math.min(chosen, choices.length - 1);
  const choice = choices[at];
  const marks = useMemo(
    () => marksOf(text, kind, values, macros, members),
    [text, kind, values, macros, members],
  );

  useLayoutEffect(() => {
    // Without a text there is nothing to scroll, and asking would lay the page out once more.
    if (mirror.current && box.current && text !== '')
      mirror.current.scrollTop = box.current.scrollTop;
  }, [text, kind]);
  useEffect(
    () => () => {
      void composer.flush();
    },
    [composer],
  );
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    if (wanted) area.focus();
    // A macro, a mention or a text that comes back is the agent's own to undo; what was sent, or
    // begun before, is not.
    if (isFilled.current && text !== '' && document.activeElement === area) {
      isEditing.current = true;
      editText(area, text);
      isEditing.current = false;
    } else setText(area, text);
    isFilled.current = true;
  }, [text, wanted]);
  useLayoutEffect(() => {
    const area = box.current;
    if (!wanted || !area) return;
    area.setSelectionRange(wanted.at, wanted.to ?? wanted.at);
    setCaret(wanted.to === undefined ? wanted.at : null);
    if (wanted.at >= area.value.length) area.scrollTop = area.scrollHeight;
    composer.caretPlaced();
  }, [wanted, composer]);

  function note(area: HTMLTextAreaElement): void {
    const place = area.selectionStart === area.selectionEnd ? area.selectionStart : null;
    composer.caretAt(ticketId, kind, area.selectionEnd);
    setCaret(place);
    if (place === null || completionAt(area.value, place, kind === 'note')?.from !== dismissed)
      setDismissed(null);
  }
  function onChange({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>): void {
    if (isEditing.current) return;
    const { value, selectionStart } = target;
    const read = isLeftAlone(nativeEvent) ? (typed: string): string => typed : readTyped;
    const typed = read(value);
    composer.type(ticketId, kind, typed);
    if (typed !== value)
      composer.showCaret(ticketId, kind, read(value.slice(0, selectionStart)).length);
    if (kind === 'reply') presence.typing(ticketId);
    setChosen(null);
    note(target);
  }
  /**
   * A paste may bring any kind of line break and controls; a variable is filled as soon as it is
   * complete.
   */
  function readTyped(typed: string): string {
    const plain = plainText(typed);
    return plain.includes('}}') ? fillMacro(plain, values) : plain;
  }
  function pick(one: Choice): void {
    if (!completion) return;
    if (one.kind === 'macro') macroUse.insert(one.macro, completion.from);
    else composer.insert(ticketId, kind, `@${one.handle} `, { from: completion.from });
    setChosen(null);
  }
  /**
   * Enter stays the text's own until the agent has moved to something: `/account` can end a line.
   */
  function onChoiceKey({ key, repeat }: KeyboardEvent): boolean {
    const taken = key === 'Enter' ? choice : key === 'Tab' ? (choice ?? choices[0]) : undefined;
    if (key === 'ArrowDown') setChosen((at + 1) % choices.length);
    else if (key === 'ArrowUp') setChosen(at <= 0 ? choices.length - 1 : at - 1);
    else if (key === 'Escape') setDismissed(completion?.from ?? null);
    else if (taken === undefined) return false;
    else if (!repeat) pick(taken);
    return true;
  }
  function onKeyDown(event: KeyboardEvent): void {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (choosing && plain && onChoiceKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Escape') focusTickets();
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
        aria-controls={choosing ? listId : undefined}
        aria-activedescendant={choosing && choice ? choiceId(choice) : undefined}
        onChange={onChange}
        onSelect={(event) => {
          note(event.currentTarget);
        }}
        onKeyDown={onKeyDown}
        onScroll={(event) => {
          if (mirror.current) mirror.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onBlur={() => {
          setCaret(null);
          void composer.flush();
        }}
      />
      {choosing && completion && (
        <ChoiceList
          choices={choices}
          chosen={at}
          anchor={anchor}
          values={values}
          me={me}
          staffName={(id) => members.find((member) => member.id === id)?.name ?? texts.colleague}
          onPick={pick}
        />
      )}
      <span className="sr-only" aria-live="polite">
        {completion && (choosing || completion.query !== '')
          ? texts.composer.found(choices.length)
          : ''}
      </span>
    </div>
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
