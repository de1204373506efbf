import { useLayoutEffect, useRef, type RefObject } from 'react';
import { usePart, useStoreOf } from '../../stores-context.tsx';
import { editText, setText } from '../../kit/show-text.ts';
import type { Place } from './writing/written.ts';

interface Shown {
  place: Place;
  text: string;
  box: RefObject<HTMLTextAreaElement | null>;
  mirror: RefObject<HTMLDivElement | null>;
  /** The composer has put the caret somewhere; null: it has selected a text. */
  onCaret: (at: number | null) => void;
}

/**
 * Shows the composer's text in its field, with the caret where the composer wants it. Returns
 * whether the field is being changed by this, and not by the agent.
 */
export function useShownText({ place, text, box, mirror, onCaret }: Shown): RefObject<boolean> {
  const { ticketId, kind } = place;
  const composer = usePart((s) => s.composer);
  const wanted = useStoreOf(
    (s) => s.composer,
    (state) =>
      state.caret?.ticketId === ticketId && state.caret.kind === kind ? state.caret : null,
  );
  const isFilled = useRef(false);
  const isEditing = useRef(false);

  useLayoutEffect(() => {
    // Without a text there is nothing to scroll, and asking would lay the page out once more.
    if (mirror.current && box.current && text !== '') scrollLike(box.current, mirror.current);
  }, [text, kind, mirror, box]);
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
  }, [text, wanted, box]);
  useLayoutEffect(() => {
    const area = box.current;
    if (!wanted || !area) return;
    placeCaret(area, wanted.at, wanted.to ?? wanted.at);
    onCaret(wanted.to === undefined ? wanted.at : null);
    composer.caretPlaced();
  }, [wanted, composer, box, onCaret]);
  return isEditing;
}

export function scrollLike(area: HTMLElement, mirror: HTMLElement): void {
  mirror.scrollTop = area.scrollTop;
}

/** At the end of a text the end is in sight too. */
function placeCaret(area: HTMLTextAreaElement, from: number, to: number): void {
  area.setSelectionRange(from, to);
  if (from >= area.value.length) area.scrollTop = area.scrollHeight;
}
