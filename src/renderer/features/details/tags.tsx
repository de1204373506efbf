import { X } from 'lucide-react';
import { useState } from 'react';
import { Tag } from '../../../contract/entities.ts';
import { texts } from '../../texts.ts';

interface Props { tags: readonly string[]; pending: boolean; /** Why they cannot be changed; null when they can. */ off: string | null; onChange: (change: { add: string[]; remove: string[] }) => void }

/** Tags as chips, with a field that adds one on Enter. */
export function Tags({ tags, pending, off, onChange }: Props) {
  const [text, setText] = useState('');
  function add(): void {
    const tag = Tag.safeParse(text.replace(/\s+/g, '-').toLowerCase());
    setText('');
    if (tag.success && !tags.includes(tag.data)) onChange({ add: [tag.data], remove: [] });
  }
  return (
    <div className={pending ? 'tags pending' : 'tags'} title={off ?? undefined}>
      {tags.map((tag) => (
        <span key={tag} className="tag"><bdi>{tag}</bdi><button type="button" aria-label={texts.removeTag(tag)} disabled={off !== null} onClick={() => { onChange({ add: [], remove: [tag] }); }}><X size={11} /></button></span>
      ))}
      <input aria-label={texts.addTag} placeholder={`+ ${texts.addTag}`} value={text} disabled={off !== null} maxLength={40} onChange={(event) => { setText(event.target.value); }} onBlur={add}
        onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); add(); } if (event.key === 'Escape') setText(''); }} />
    </div>
  );
}
