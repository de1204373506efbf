import { X } from 'lucide-react';
import { useState } from 'react';
import { hasTag, tagsTyped } from '../../../../core/tags.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';

interface Props {
  tags: readonly string[];
  pending: boolean;
  /** Why they cannot be changed; null when they can. */ off: string | null;
  onChange: (change: { add: string[]; remove: string[] }) => void;
}

/** Tags as chips, with a field that adds one on Enter, or several with commas between them. */
export function Tags({ tags, pending, off, onChange }: Props) {
  return (
    <div className={pending ? 'tags pending' : 'tags'} title={off ?? undefined}>
      {tags.map((tag) => (
        <Tag
          key={tag}
          tag={tag}
          off={off}
          onRemove={() => {
            onChange({ add: [], remove: [tag] });
          }}
        />
      ))}
      <TagField
        tags={tags}
        off={off}
        onAdd={(fresh) => {
          onChange({ add: fresh, remove: [] });
        }}
      />
    </div>
  );
}

function Tag({ tag, off, onRemove }: Pick<Props, 'off'> & { tag: string; onRemove: () => void }) {
  return (
    <span className="tag">
      <bdi>{tag}</bdi>
      <button
        type="button"
        aria-label={texts.removeTag(tag)}
        disabled={off !== null}
        onClick={onRemove}
      >
        <X size={11} />
      </button>
    </span>
  );
}

interface FieldProps extends Pick<Props, 'tags' | 'off'> {
  /** Hears of tags that the ticket does not have. */
  onAdd: (fresh: string[]) => void;
}

function TagField({ tags, off, onAdd }: FieldProps) {
  const [text, setText] = useState('');
  const inUse = usePart((s) => s.tags);
  const known = useStoreOf(
    (s) => s.tags,
    (state) => state.tags,
  );
  function add(): void {
    const typed = tagsTyped(
      text,
      known.map(({ tag }) => tag),
    );
    const fresh = typed.filter((tag) => !hasTag(tags, tag));
    setText('');
    if (fresh.length > 0) onAdd(fresh);
  }
  return (
    <input
      aria-label={texts.addTag}
      placeholder={`+ ${texts.addTag}`}
      value={text}
      disabled={off !== null}
      maxLength={400}
      onFocus={inUse.refresh}
      onChange={(event) => {
        setText(event.target.value);
      }}
      onBlur={add}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault();
          add();
        }
        if (event.key === 'Escape') setText('');
      }}
    />
  );
}
