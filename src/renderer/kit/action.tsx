import type { ReactNode } from 'react';
import { Button } from './button.tsx';

const shown: Record<string, string> = { Delete: 'Del', Enter: '↵' };

/** A command of a card or list line with the key that presses it, shown beside it. */
export function Action({
  label,
  hotkey,
  look = 'quiet',
  icon,
  disabled,
  onPress,
}: {
  label: string;
  hotkey?: string;
  look?: 'plain' | 'main' | 'quiet';
  icon?: ReactNode;
  disabled?: boolean;
  onPress: () => void;
}) {
  return (
    <Button
      look={look}
      className="action"
      icon={icon}
      aria-label={label}
      aria-keyshortcuts={hotkey}
      disabled={disabled}
      onClick={onPress}
    >
      <span className="action-label">{label}</span>
      {hotkey !== undefined && <kbd aria-hidden="true">{shown[hotkey] ?? hotkey}</kbd>}
    </Button>
  );
}
