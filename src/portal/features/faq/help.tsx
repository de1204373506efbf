import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../language.ts';
import type { Api, FaqEntry } from '../../api/api.ts';
import { usePage } from '../../page.tsx';
import { createLoader, type Loader } from '../../stores/load.ts';
import { excessOf } from '../../stores/outgoing.ts';
import { LinkedText } from '../../ui/linked-text.tsx';
import { FailureNote, Field, Loading } from '../../ui/parts.tsx';

/** The server refuses shorter questions. */
const shortestSearch = 3;
const longestSearch = 200;

/** Frequently asked questions, by topic or by search. */
export function Help() {
  const texts = useTexts();
  const { api } = usePage();
  const [words, setWords] = useState('');
  const [topic, setTopic] = useState<string | null>(null);
  const over = excessOf(words, longestSearch);
  const searched = words.trim().length >= shortestSearch && over === 0 ? words.trim() : null;
  const { all, loader } = useQuestions(api, searched);
  const { value: found, failure } = useStore(loader.store);

  const shown = found?.filter(
    (entry) => searched !== null || topic === null || entry.category === topic,
  );
  return (
    <section className="page" aria-labelledby="faq-title">
      <h1 id="faq-title">{texts.help.title}</h1>
      <SearchField
        words={words}
        hasHint={words !== '' && searched === null}
        over={over}
        onType={setWords}
      />
      {searched === null && <Topics all={all} chosen={topic} onChoose={setTopic} />}
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
      {shown?.length === 0 && <NoQuestions isSearch={searched !== null} />}
      {shown?.map((entry) => (
        <Question key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

/** `over`: the number of characters over the limit. */
function SearchField({
  words,
  hasHint,
  over,
  onType,
}: {
  words: string;
  hasHint: boolean;
  over: number;
  onType: (words: string) => void;
}) {
  const texts = useTexts();
  return (
    <Field
      id="faq-search"
      label={texts.help.search}
      hint={hasHint ? texts.help.searchHint : undefined}
      error={over > 0 ? texts.tooLong(over) : null}
    >
      <input
        id="faq-search"
        type="search"
        value={words}
        onChange={(event) => {
          onType(event.target.value);
        }}
      />
    </Field>
  );
}

function NoQuestions({ isSearch }: { isSearch: boolean }) {
  const texts = useTexts();
  return (
    <div className="empty">
      <strong>{isSearch ? texts.help.none : texts.help.empty}</strong>
      <p>{texts.help.noneHint}</p>
    </div>
  );
}

/** Loads the questions to show. `all`: the ones without a search, whose categories are the topics. */
function useQuestions(
  api: Api,
  searched: string | null,
): Record<'all' | 'loader', Loader<FaqEntry[]>> {
  const all = useMemo(() => createLoader(() => api.faq()), [api]);
  const search = useMemo(
    () => (searched === null ? null : createLoader(() => api.searchFaq(searched))),
    [api, searched],
  );
  const loader = search ?? all;
  useEffect(() => {
    void loader.load();
  }, [loader]);
  return { all, loader };
}

/** `chosen`: null for all topics. */
function Topics({
  all,
  chosen,
  onChoose,
}: {
  all: Loader<FaqEntry[]>;
  chosen: string | null;
  onChoose: (topic: string | null) => void;
}) {
  const texts = useTexts();
  const everything = useStore(all.store, (state) => state.value);
  const topics = [...new Set(everything?.map((entry) => entry.category))];
  if (topics.length <= 1) return null;
  return (
    <div className="topics" role="group" aria-label={texts.help.categories}>
      {[null, ...topics].map((one) => (
        <button
          type="button"
          key={one ?? ''}
          className="topic"
          aria-pressed={chosen === one}
          onClick={() => {
            onChoose(one);
          }}
        >
          {one === null ? texts.help.all : (texts.categories[one] ?? one)}
        </button>
      ))}
    </div>
  );
}

function Question({ entry }: { entry: FaqEntry }) {
  return (
    <details className="question">
      <summary dir="auto">{entry.question}</summary>
      <p dir="auto">
        <LinkedText text={entry.answer} />
      </p>
    </details>
  );
}
