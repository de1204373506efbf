/** Filled bars by priority; an unknown one has none. */
const bars: Partial<Record<string, number>> = { low: 1, medium: 2, high: 3 };

interface Props {
  priority: string;
  /** Its word; absent where that stands beside it. */
  label?: string;
}

/** Priority as three bars, or a filled square for urgent: told apart by shape, not by colour. */
export function PriorityIcon({ priority, label }: Props) {
  const filled = bars[priority] ?? 0;
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <svg className="priority-icon" width="14" height="14" viewBox="0 0 14 14" {...said}>
      {label !== undefined && <title>{label}</title>}
      {priority === 'urgent' ? (
        <Urgent />
      ) : (
        [0, 1, 2].map((n) => <Bar key={n} n={n} on={n < filled} />)
      )}
    </svg>
  );
}

function Urgent() {
  return (
    <>
      <rect x="1" y="1" width="12" height="12" rx="3" fill="currentColor" />
      <path d="M7 3.6v4.2M7 9.9v.6" stroke="var(--pane)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  );
}

function Bar({ n, on }: { n: number; on: boolean }) {
  const height = 4 + n * 3;
  return (
    <rect
      x={1.5 + n * 4}
      y={12 - height}
      width="2.6"
      height={height}
      rx="1"
      fill="currentColor"
      opacity={on ? 1 : 0.25}
    />
  );
}
