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
        <Notice
          key={toast.id}
          toast={toast}
          dismissLabel={dismissLabel}
          onDismiss={() => {
            onDismiss(toast.id);
          }}
        />
      ))}
      {children}
    </div>
  );
}

/** A toast that goes as soon as one of its actions is taken. */
function Notice({
  toast: { kind, title, body, actions },
  onDismiss,
  dismissLabel,
}: {
  toast: ToastView;
  onDismiss: () => void;
  dismissLabel: string;
}) {
  return (
    <Toast {...{ kind, title, body, onDismiss, dismissLabel }}>
      {actions.map((action) => (
        <button
          key={action.label}
          type="button"
          className="toast-action"
          onClick={() => {
            onDismiss();
            action.run();
          }}
        >
          {action.label}
        </button>
      ))}
    </Toast>
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
