import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';

export interface ToastView {
  id: number;
  kind: 'info' | 'error';
  title: string;
  body: string;
  actions: { label: string; run: () => void }[];
}

/**
 * Notices of recent events, at the foot of the list; `children` are lines of the same look that
 * live longer.
 */
export function ToastStack({
  toasts,
  onDismiss,
  dismissLabel,
  children,
}: {
  toasts: readonly ToastView[];
  onDismiss: (id: number) => void;
  dismissLabel: string;
  children?: ReactNode;
}) {
  return (
    <div className="toasts" aria-live="polite" data-keep-focus>
      {toasts.map((toast) => (
        <Toast
          key={toast.id}
          kind={toast.kind}
          title={toast.title}
          body={toast.body}
          dismissLabel={dismissLabel}
          onDismiss={() => {
            onDismiss(toast.id);
          }}
        >
          {toast.actions.map((action) => (
            <button
              key={action.label}
              type="button"
              className="toast-action"
              onClick={() => {
                onDismiss(toast.id);
                action.run();
              }}
            >
              {action.label}
            </button>
          ))}
        </Toast>
      ))}
      {children}
    </div>
  );
}

export function Toast({
  kind,
  title,
  body,
  children,
  onDismiss,
  dismissLabel,
}: {
  /** `line`: title and body beside each other. */ kind: 'info' | 'error' | 'line';
  title: ReactNode;
  body: string;
  children?: ReactNode;
  onDismiss?: () => void;
  dismissLabel: string;
}) {
  return (
    <div className={`toast toast-${kind}`} role={kind === 'error' ? 'alert' : undefined} data-item>
      <div className="toast-text">
        <strong dir="auto">{title}</strong>
        {body !== '' && <span dir="auto">{body}</span>}
      </div>
      {children}
      {onDismiss && (
        <IconButton label={dismissLabel} onClick={onDismiss}>
          <X size={14} />
        </IconButton>
      )}
    </div>
  );
}
