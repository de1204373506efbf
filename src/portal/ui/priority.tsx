import { useTexts } from '../language.ts';

/** Bars that are filled, by priority; an unknown one has none. */
const bars: Record<string, number> = { low: 1, medium: 2, high: 3 };
const heights = [4, 8, 12];

/** A ticket's priority: in words, with the sign that agents see too. */
export function PriorityBadge({ priority }: { priority: string }) {
  const texts = useTexts();
  return (
    <span className="badge badge-priority">
      <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
        {priority === 'urgent' ? <UrgentSign /> : <Bars filled={bars[priority] ?? 0} />}
      </svg>
      {texts.priorities[priority] ?? priority}
    </span>
  );
}

function UrgentSign() {
  return (
    <>
      <rect width="14" height="14" rx="3" fill="currentColor" />
      <path d="M7 3v5M7 10.500v1" stroke="var(--grey-soft)" strokeWidth="2" />
    </>
  );
}

function Bars({ filled }: { filled: number }) {
  return heights.map((height, i) => (
    <rect
      key={height}
      x={i * 5}
      y={13 - height}
      width="3"
      height={height}
      rx="1"
      fill="currentColor"
      opacity={i < filled ? 1 : 0.3}
    />
  ));
}
