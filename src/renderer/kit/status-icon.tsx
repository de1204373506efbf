interface Props {
  status: string;
  /** Its word; absent where that stands beside it. */
  label?: string;
}

/**
 * Status as a ring that fills: open is empty, in progress half, needs reply a dot, resolved and
 * closed a tick.
 */
export function StatusIcon({ status, label }: Props) {
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg
      className={status === 'resolved' ? 'status-icon green' : 'status-icon'}
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      {...said}
    >
      {label !== undefined && <title>{label}</title>}
      <circle cx="7" cy="7" r="5.4" fill={status === 'closed' ? 'currentColor' : 'none'} />
      {status === 'in_progress' && (
        <path d="M7 3.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor" stroke="none" />
      )}
      {status === 'waiting' && <circle cx="7" cy="7" r="2.5" fill="currentColor" stroke="none" />}
      {status === 'resolved' && <path d="M4.6 7.2l1.7 1.7 3.2-3.5" />}
      {status === 'closed' && <path d="M4.6 7.2l1.7 1.7 3.2-3.5" stroke="var(--pane)" />}
    </svg>
  );
}
