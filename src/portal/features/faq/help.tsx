import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { createLoader } from '../../stores/load.ts';
import { excessOf } from '../../stores/outgoing.ts';
import { LinkedText } from '../../ui/linked-text.tsx';
import { FailureNote, Field, Loading } from '../../ui/parts.tsx';

/** The server refuses shorter questions. */
const shortestSearch = 3;
const longestSearch = 200;

/** Frequently asked questions: by topic, or by what is searched for. */
export function Help() {
  const texts = useTexts();
  const { api } = usePage();
  const [words, setWords] = useState('');
  const [topic, setTopic] = useState<string | null>(null);
  const over = excessOf(words, longestSearch);
  const searched = words.trim().length >= shortestSearch && over === 0 ? words.trim() : null;
  const all = useMemo(() => createLoader(() => api.faq()), [api]);
  const search = useMemo(
    () => (searched === null ? null : createLoader(() => api.searchFaq(searched))),
    [api, searched],
  );
  const loader = search ?? all;
  const { value: found, failure } = useStore(loader.store);
  const everything = useStore(all.store, (state) => state.value);
  const topics = [...new Set(everything?.map((entry) => entry.category))];
  useEffect(() => {
    void loader.load();
  }, [loader]);

  const shown = found?.filter(
    (entry) => searched !== null || topic === null || entry.category === topic,
  );
  return (
    <section className="page" aria-labelledby="faq-title">
      <h1 id="faq-title">{texts.help.title}</h1>
      <Field
        id="faq-search"
        label={texts.help.search}
        hint={words !== '' && searched === null ? texts.help.searchHint : undefined}
        error={over > 0 ? texts.tooLong(over) : null}
      >
        <input
          id="faq-search"
          type="search"
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
          }}
        />
      </Field>
      {searched === null && topics.length > 1 && (
        <div className="topics" role="group" aria-label={texts.help.categories}>
          {[null, ...topics].map((one) => (
            <button
              type="button"
              key={one ?? ''}
              className="topic"
              aria-pressed={topic === one}
              onClick={() => {
                setTopic(one);
              }}
            >
              {one === null ? texts.help.all : (texts.categories[one] ?? one)}
            </button>
          ))}
        </div>
      )}
      {failure && (
        <FailureNote
          failure={failure}
          onRetry={() => {
            void loader.load();
          }}
        />
      )}
      {!found && !failure && <Loading text={texts.help.loading} />}
      <p className="sr-only" role="status">
        {shown ? String(shown.length) : ''}
      </p>
      {shown?.length === 0 && (
        <div className="empty">
          <strong>{searched === null ? texts.help.empty : texts.help.none}</strong>
          <p>{texts.help.noneHint}</p>
        </div>
      )}
      {shown?.map((entry) => (
        <details key={entry.id} className="question">
          <summary dir="auto">{entry.question}</summary>
          <p dir="auto">
            <LinkedText text={entry.answer} />
          </p>
        </details>
      ))}
    </section>
  );
}
