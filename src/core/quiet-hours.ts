import type { QuietHours } from '../contract/bridge.ts';

/**
 * True if `at` is in the quiet hours of its day, or in those of the day before that continue past
 * midnight. By this machine's local time.
 */
export function isQuiet({ on, days }: QuietHours, at: Date): boolean {
  if (!on) return false;
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
  // Date counts from Sunday, the settings from Monday.
  const today = days[(at.getDay() + 6) % 7];
  const yesterday = days[(at.getDay() + 5) % 7];
  if (today?.on && today.from <= time && (today.to <= today.from || time < today.to)) return true;
  return (
    yesterday !== undefined && yesterday.on && yesterday.to <= yesterday.from && time < yesterday.to
  );
}
