// Dark enough for white letters at 4.5:1.
const colours = [
  '#6941c6',
  '#0b7a5e',
  '#b04a0c',
  '#1f63b8',
  '#a3276f',
  '#4d6b0f',
  '#8a4b00',
  '#3a57d6',
  '#7a3fb0',
  '#0f6f80',
];

interface Props {
  name: string;
  /** Pixels. */
  size?: number;
  /** A customer's: colleagues have solid discs. */
  pale?: boolean;
}

/**
 * Initials on a colour that stays the same for the same name. Decoration: the name stands beside
 * it.
 */
export function Avatar({ name, size = 24, pale = false }: Props) {
  const hash = [...name].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) >>> 0, 7);
  return (
    <span
      className={pale ? 'avatar pale' : 'avatar'}
      aria-hidden="true"
      title={name}
      style={{
        width: size,
        height: size,
        fontSize: Math.max(8.5, size * 0.42),
        ['--disc' as string]: colours[hash % colours.length],
      }}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
