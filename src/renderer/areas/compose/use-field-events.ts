import {
  useEffect,
  type ChangeEvent,
  type KeyboardEvent,
  type RefObject,
  type SyntheticEvent,
  type UIEvent,
} from 'react';
import { fillMacro, type MacroValues } from '../../../core/macro.ts';
import { plainText } from '../../../core/text.ts';
import { isLeftAlone } from '../../kit/keys.ts';
import { focusTickets } from '../../panes.ts';
import { usePart } from '../../stores-context.tsx';
import type { Choosing } from './use-choosing.ts';
import { scrollLike } from './use-shown-text.ts';
import type { Place } from './writing/written.ts';

type Field = HTMLTextAreaElement;

interface Watched {
  place: Place;
  values: MacroValues;
  choosing: Choosing;
  mirror: RefObject<HTMLDivElement | null>;
  /** The field is being changed by the window, and not by the agent. */
  isEditing: RefObject<boolean>;
  /** The caret is somewhere else now; null: a text is selected, or the focus has gone. */
  onCaret: (at: number | null) => void;
}

/** Follows what the agent does in the field: typing, choosing, moving the caret and leaving. */
export function useFieldEvents({ place, values, choosing, mirror, isEditing, onCaret }: Watched) {
  const composer = usePart((s) => s.composer);
  const onTyped = useTyping(place, values);
  useSavedAtEnd();

  function note(area: Field): void {
    const at = area.selectionStart === area.selectionEnd ? area.selectionStart : null;
    composer.caretAt(place.ticketId, place.kind, area.selectionEnd);
    onCaret(at);
    choosing.movedTo(at, area.value);
  }

  return {
    onChange: (event: ChangeEvent<Field>): void => {
      if (isEditing.current) return;
      onTyped(event);
      choosing.begin();
      note(event.target);
    },
    onSelect: (event: SyntheticEvent<Field>): void => {
      note(event.currentTarget);
    },
    onKeyDown: (event: KeyboardEvent): void => {
      if (isPlain(event) && choosing.onKey(event)) event.preventDefault();
      else if (event.key === 'Escape') focusTickets();
    },
    onScroll: (event: UIEvent<Field>): void => {
      if (mirror.current) scrollLike(event.currentTarget, mirror.current);
    },
    onBlur: (): void => {
      onCaret(null);
      void composer.flush();
    },
  };
}

const isPlain = (event: KeyboardEvent): boolean =>
  !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;

/** Saves the text when another composer takes the place of this one. */
function useSavedAtEnd(): void {
  const composer = usePart((s) => s.composer);
  useEffect(
    () => () => {
      void composer.flush();
    },
    [composer],
  );
}

/** Takes what is typed into the composer. */
function useTyping({ ticketId, kind }: Place, values: MacroValues) {
  const composer = usePart((s) => s.composer);
  const presence = usePart((s) => s.presence);
  return ({ target, nativeEvent }: ChangeEvent<Field>): void => {
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
