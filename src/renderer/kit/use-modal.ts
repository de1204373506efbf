import { useEffect, useRef, type RefObject } from 'react';

/**
 * Shows a dialog as modal while it is drawn; returns a function that closes it at once. The
 * platform gives the focus back, but Chromium without the selection: a text field would have the
 * focus and take no letters. So the caret is put back here.
 */
export function useModal(box: RefObject<HTMLDialogElement | null>): () => void {
  const giveBack = useRef<() => void>(() => undefined);
  useEffect(() => {
    const dialog = box.current;
    const field = document.activeElement;
    const caret = isTextField(field) ? ([field.selectionStart, field.selectionEnd] as const) : null;
    giveBack.current = () => {
      if (caret && isTextField(field) && document.activeElement === field)
        field.setSelectionRange(...caret);
    };
    const onClose = (): void => {
      giveBack.current();
    };
    dialog?.addEventListener('close', onClose, { once: true });
    dialog?.showModal();
    return () => {
      dialog?.removeEventListener('close', onClose);
      if (!dialog?.open) return;
      dialog.close();
      giveBack.current();
    };
  }, [box]);
  return () => {
    box.current?.close();
    giveBack.current();
  };
}

function isTextField(element: Element | null): element is HTMLTextAreaElement | HTMLInputElement {
  return (
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && ['text', 'search'].includes(element.type))
  );
}
