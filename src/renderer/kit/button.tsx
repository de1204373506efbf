import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'main' | 'note' | 'quiet';
  icon?: ReactNode;
}

export function Button({ look = 'plain', icon, children, className, ...rest }: Props) {
  return (
    <button type="button" className={`btn btn-${look} ${className ?? ''}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}

/** A button that is only an icon; its label is for assistive technology and the tooltip. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return (
    <button
      type="button"
      className={`icon-btn ${className ?? ''}`}
      aria-label={label}
      title={label}
      {...rest}
    >
      {children}
    </button>
  );
}
