import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Help } from './features/faq/help.tsx';
import { Entrance } from './features/sign-in/entrance.tsx';
import { TicketPage } from './features/ticket/ticket-page.tsx';
import { TicketList } from './features/tickets/ticket-list.tsx';
import { language, languages, useTexts, type Language } from './language.ts';
import { usePage } from './page.tsx';
import { home, navigate, pageOf, route, signInPath, type Page } from './router.ts';
import { dismiss, toasts } from './stores/toasts.ts';
import { loadSettings, serverSettings } from './stores/server-settings.ts';
import type { UnsentText } from './stores/work.ts';
import { Button, Dialog, FailureNote, Link, Loading } from './ui/parts.tsx';

/** The customer's page: its frame, and the part that belongs to the address. */
export function App() {
  const texts = useTexts();
  const { path, query } = useStore(route);
  const page = pageOf(path, query);
  const name = useTeamName();
  const content = useRef<HTMLElement>(null);
  const first = useRef(true);

  useEffect(() => {
    document.title = `${page.kind === 'faq' ? texts.faq : texts.tickets} · ${name}`;
  }, [page.kind, texts, name]);
  useEffect(() => {
    // A screen reader continues in the new part, as it would on a new page.
    if (!first.current) content.current?.focus();
    first.current = false;
  }, [path]);

  return (
    <>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <Header page={page} />
      <main id="content" ref={content} tabIndex={-1}>
        {page.kind === 'faq' ? (
          <Help />
        ) : page.kind === 'sign-in' || page.kind === 'register' ? (
          <Entrance key={page.kind} page={page.kind} next={page.next} />
        ) : (
          <SignedIn>
            {page.kind === 'ticket' ? <TicketPage key={page.id} id={page.id} /> : <TicketList />}
          </SignedIn>
        )}
      </main>
      <Toasts />
    </>
  );
}

/** How the support team calls itself. */
function useTeamName(): string {
  const texts = useTexts();
  return useStore(serverSettings).name ?? texts.support;
}

function Header({ page }: { page: Page }) {
  const texts = useTexts();
  const { session } = usePage();
  const { state } = useStore(session.store);
  const name = useTeamName();
  return (
    <header className="top">
      <Link to={home} className="brand">
        <img src={`${home}/icon.svg`} alt="" width="26" height="26" />
        {name}
      </Link>
      <nav aria-label={texts.sections}>
        <Link to={home} current={page.kind === 'tickets' || page.kind === 'ticket'}>
          {texts.tickets}
        </Link>
        <Link to={`${home}/faq`} current={page.kind === 'faq'}>
          {texts.faq}
        </Link>
      </nav>
      <Account signedIn={state === 'signed-in'} />
    </header>
  );
}

/** Shows its children to a signed-in customer; others are led to the sign-in and back. */
function SignedIn({ children }: { children: React.ReactNode }) {
  const texts = useTexts();
  const { api, session } = usePage();
  const { state, failure } = useStore(session.store);
  const { known } = useStore(serverSettings);
  const { path } = useStore(route);
  useEffect(() => {
    if (state === 'signed-out') navigate(signInPath(path), { replace: true });
  }, [state, path]);
  if (state === 'signed-in' && known) return children;
  if (failure)
    return (
      <FailureNote
        whole
        failure={failure}
        onRetry={() => {
          void loadSettings(api);
          void session.resume();
        }}
      />
    );
  return <Loading text={texts.list.loading} />;
}

function Account({ signedIn }: { signedIn: boolean }) {
  const texts = useTexts();
  const { session } = usePage();
  const { name } = useStore(session.store);
  const { chosen } = useStore(language);
  return (
    <div className="account">
      <select
        aria-label={texts.language}
        value={chosen}
        onChange={(event) => {
          language.setState({ chosen: event.target.value as Language });
        }}
      >
        {Object.entries(languages).map(([tag, { name: own }]) => (
          <option key={tag} value={tag} lang={tag}>
            {own}
          </option>
        ))}
      </select>
      {signedIn && (
        <span className="who" title={texts.signedInAs(name)}>
          <bdi>{name}</bdi>
        </span>
      )}
      {signedIn && <SignOut />}
    </div>
  );
}

/** Asks first if there is unsent text: signing out removes it (docs/decisions/0015). */
function SignOut() {
  const texts = useTexts();
  const { session } = usePage();
  const [unsent, setUnsent] = useState<readonly UnsentText[]>([]);

  function ask(): void {
    const found = session.work().unsent();
    if (found.length === 0) void session.signOut();
    else setUnsent(found);
  }
  return (
    <>
      <button type="button" className="quiet-btn" onClick={ask}>
        {texts.signOut}
      </button>
      {unsent.length > 0 && (
        <LeaveDialog
          unsent={unsent}
          onStay={() => {
            setUnsent([]);
          }}
          onSignOut={() => {
            void session.signOut();
          }}
        />
      )}
    </>
  );
}

function LeaveDialog({
  unsent,
  onStay,
  onSignOut,
}: {
  unsent: readonly UnsentText[];
  onStay: () => void;
  onSignOut: () => void;
}) {
  const texts = useTexts();
  return (
    <Dialog title={texts.leave.title} onClose={onStay}>
      <p>{texts.leave.hint}</p>
      <ul className="unsent-list">
        {unsent.map(({ place, words }) => (
          <li key={place + words} dir="auto">
            {words}
          </li>
        ))}
      </ul>
      <div className="dialog-end">
        <Button onClick={onStay}>{texts.leave.stay}</Button>
        <Button look="danger" onClick={onSignOut}>
          {texts.leave.signOut}
        </Button>
      </div>
    </Dialog>
  );
}

function Toasts() {
  const texts = useTexts();
  const { shown } = useStore(toasts);
  return (
    <div className="toasts" role="status">
      {shown.map(({ id, tone, text }) => (
        <p key={id} className={`toast toast-${tone}`}>
          {text}
          <button
            type="button"
            aria-label={texts.dismiss}
            onClick={() => {
              dismiss(id);
            }}
          >
            ×
          </button>
        </p>
      ))}
    </div>
  );
}
