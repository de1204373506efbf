import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

/** The platform's modal dialog: it keeps the focus inside, closes with Escape and gives the focus back. Drawn only while it is shown. */
export function Dialog({ label, className, onClose, children }: { label: string; className?: string; onClose: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => { dialog?.close(); };
  }, []);
  return <dialog ref={box} className={className === undefined ? 'dialog' : `dialog ${className}`} aria-label={label} onClose={onClose} onClick={(event) => { if (event.target === box.current) box.current?.close(); }}>{children}</dialog>;
}
