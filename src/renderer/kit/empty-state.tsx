import type { ReactNode } from 'react';

/** Placeholder where there is nothing to show: names what would be here and how to get it. */
export function EmptyState({
  icon,
  title,
  hint,
  children,
}: {
  icon?: ReactNode;
  title: string;
  hint: string;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      {icon && (
        <div className="empty-icon" aria-hidden="true">
          {icon}
        </div>
      )}
      <p className="empty-title">{title}</p>
      <p className="empty-hint">{hint}</p>
      {children}
    </div>
  );
}
