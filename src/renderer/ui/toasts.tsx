import { X } from 'lucide-react';
import { IconButton } from './button.tsx';

export interface ToastView { id: number; kind: 'info' | 'error'; title: string; body: string; action: { label: string; run: () => void } | null }

export function ToastStack({ toasts, onDismiss, dismissLabel }: { toasts: readonly ToastView[]; onDismiss: (id: number) => void; dismissLabel: string }) {
  return (
    <div className="toasts" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast toast-${toast.kind}`} role={toast.kind === 'error' ? 'alert' : undefined}>
          <div className="toast-text"><strong dir="auto">{toast.title}</strong>{toast.body !== '' && <span dir="auto">{toast.body}</span>}</div>
          {toast.action && <button type="button" className="toast-action" onClick={() => { toast.action?.run(); onDismiss(toast.id); }}>{toast.action.label}</button>}
          <IconButton label={dismissLabel} onClick={() => { onDismiss(toast.id); }}><X size={14} /></IconButton>
        </div>
      ))}
    </div>
  );
}
