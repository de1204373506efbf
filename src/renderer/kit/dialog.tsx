import { useRef, type ReactNode } from 'react';
import { useModal } from './use-modal.ts';

/**
 * The platform's modal dialog: it keeps the focus inside, closes with Escape and gives the focus
 * back. Drawn only while it is shown.
 */
export function Dialog({
  label,
  className = '',
  onClose,
  children,
}: {
  label: string;
  className?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const close = useModal(box);
  return (
    <dialog
      ref={box}
      className={`dialog ${className}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === box.current) close();
      }}
    >
      {children}
    </dialog>
  );
}
