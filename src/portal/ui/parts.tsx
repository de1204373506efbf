import {
  useEffect,
  useRef,
  type ButtonHTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import type { Failure } from '../api/failure.ts';
import type { Catalogue } from '../catalogues/en.ts';
import { useTexts } from '../language.ts';
import { navigate, ticketPath } from '../router.ts';
import type { Tone } from '../tones.ts';
import { isComposing } from './composition.ts';

/** A link within the page: it opens without a reload, and is still a link for the middle button. */
export function Link({
  to,
  className,
  current,
  children,
}: {
  to: string;
  className?: string;
  current?: boolean;
  children: ReactNode;
}) {
  const go = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} className={className} aria-current={current ? 'page' : undefined} onClick={go}>
      {children}
    </a>
  );
}

export function Button({
  look,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: 'main' | 'danger' }) {
  return <button type="button" className={look ? `btn btn-${look}` : 'btn'} {...rest} />;
}

/** A word on a colour; the word alone carries the meaning. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}

/**
 * Says what went wrong, what is safe and what to do. `whole`: the page shows nothing else, so this
 * is its heading.
 */
export function FailureNote({
  failure,
  onRetry,
  whole,
}: {
  failure: Failure;
  onRetry?: () => void;
  whole?: boolean;
}) {
  const texts = useTexts();
  const merged = failure.kind === 'not-found' ? failure.merged : null;
  const [title, hint] = texts.failures[wordsFor(failure)];
  const lasting = failure.kind === 'not-found';
  // Shown only if the page has no words of its own for the problem.
  const says = failure.kind === 'invalid' && wordsFor(failure) === 'invalid' ? failure.says : null;
  return (
    <div className="failure" role="alert">
      {whole ? <h1>{title}</h1> : <strong>{title}</strong>}
      <p>{hint}</p>
      {says !== null && <p>{texts.serverSays(says)}</p>}
      {merged !== null && (
        <Link to={ticketPath(merged)} className="btn">
          {texts.openMerged}
        </Link>
      )}
      {onRetry && !lasting && <Button onClick={onRetry}>{texts.retry}</Button>}
    </div>
  );
}

function wordsFor(failure: Failure): keyof Catalogue['failures'] {
  if (failure.kind === 'not-found' && failure.merged !== null) return 'merged';
  if (failure.kind === 'invalid' && failure.fields.includes('full_name')) return 'invalid-name';
  if (failure.kind === 'invalid' && failure.fields.includes('email')) return 'invalid-email';
  return failure.kind;
}

/**
 * The platform's modal dialog: it keeps the focus inside, closes with Escape and returns the focus.
 * Rendered only while it is open.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
    };
  }, []);
  // Escape during a composition cancels the word, not the dialog.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isComposing(event.nativeEvent)) event.preventDefault();
  };
  return (
    <dialog
      ref={box}
      className="dialog"
      aria-labelledby="dialog-title"
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <h2 id="dialog-title">{title}</h2>
      {children}
    </dialog>
  );
}

/** A labelled field with its hint or error. */
export function Field({
  id,
  label,
  hint,
  error,
  children,
}: {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | null | undefined;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {error ? (
        <p id={`${id}-note`} className="field-error">
          {error}
        </p>
      ) : (
        hint !== undefined && (
          <p id={`${id}-note`} className="field-hint">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

export function Loading({ text }: { text: string }) {
  return (
    <p className="loading" role="status">
      {text}
    </p>
  );
}
