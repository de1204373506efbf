import { Copy } from 'lucide-react';

/** An id in its short form; the whole one is its tooltip, and a press copies it. */
export function Copyable({
  text,
  label,
  onCopy,
}: {
  text: string;
  label: string;
  onCopy: (text: string) => void;
}) {
  const short = text.length > 16 ? `${text.slice(0, 8)}…${text.slice(-4)}` : text;
  return (
    <button
      type="button"
      className="copyable"
      title={text}
      aria-label={`${label} ${text}`}
      onClick={() => {
        onCopy(text);
      }}
    >
      <code>{short}</code>
      <Copy size={11} aria-hidden="true" />
    </button>
  );
}
