import type { ReactNode } from 'react';

/** The look of a button that opens a popover. */
export interface PopoverLook {
  label: string;
  /** Inside the button. */
  children: ReactNode;
  className?: string;
  disabled?: boolean;
  title?: string | undefined;
}

interface Props extends PopoverLook {
  /** Id of the popover. */
  opens: string;
  role: 'menu' | 'dialog';
}

/** A button that opens a popover of the platform. */
export function PopoverButton({
  label,
  children,
  className = 'btn btn-quiet',
  disabled,
  title,
  opens,
  role,
}: Props) {
  return (
    <button
      type="button"
      className={className}
      popoverTarget={opens}
      aria-haspopup={role}
      aria-label={label}
      disabled={disabled}
      title={title}
    >
      {children}
    </button>
  );
}
