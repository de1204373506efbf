import { Search, X } from 'lucide-react';
import { CommandKey } from '../../commands/key.tsx';
import { useStoreOf, useStores } from '../../stores/context.tsx';
import { texts } from '../../texts.ts';

/** Search on each keystroke; Down goes to the results, Escape back to the view. */
export function SearchBox() {
  const { search } = useStores();
  const query = useStoreOf((s) => s.search, (state) => state.query);
  return (
    <div className="search">
      <Search size={14} aria-hidden="true" />
      <input type="search" aria-label={texts.search} placeholder={texts.search} value={query} spellCheck={false} maxLength={500}
        onChange={(event) => { search.type(event.target.value); }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') { search.type(''); event.currentTarget.blur(); }
          if (event.key === 'ArrowDown' || event.key === 'Enter') { event.preventDefault(); document.getElementById('tickets')?.focus(); }
        }} />
      {query === '' ? <CommandKey id="search" /> : <button type="button" className="search-clear" aria-label={texts.clearSearch} onClick={() => { search.type(''); }}><X size={13} /></button>}
    </div>
  );
}
