import './no-eval.ts';
import '@fontsource-variable/inter/index.css';
import './ui/page.css';
import { createRoot } from 'react-dom/client';
import { createApi } from './api/client.ts';
import { App } from './app.tsx';
import { PageProvider } from './page.tsx';
import { createKept } from './stores/kept.ts';
import { newKey } from './stores/key.ts';
import { createSession } from './stores/session.ts';
import type { TextBefore } from './stores/work.ts';

const rootElement = document.getElementById('root');
if (!rootElement) throw new Error('index.html has no #root');

/**
 * Names what this tab had before it was loaded again. A tab that was made as a copy of another one
 * has its name too.
 */
const ownPage = newKey();
const kept = createKept(localStorage, sessionStorage.getItem('page'), ownPage);
sessionStorage.setItem('page', ownPage);

const textBefore: TextBefore = {
  take(ticketId) {
    const text = sessionStorage.getItem(`draft ${ticketId}`);
    sessionStorage.removeItem(`draft ${ticketId}`);
    return text;
  },
  clear() {
    sessionStorage.clear();
  },
};

const api = createApi(() => {
  session.ended();
});
const session = createSession(api, kept, textBefore);
window.addEventListener('storage', ({ storageArea, key }) => {
  if (storageArea !== localStorage) return;
  // The session first: after a sign-out in another tab, nothing of this account is written again.
  if (key === 'session') api.sessionChanged();
  kept.changed(key);
});
// This page was put aside, and heard nothing meanwhile.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) kept.shownAgain();
});
void session.resume();
createRoot(rootElement).render(
  <PageProvider value={{ api, session }}>
    <App />
  </PageProvider>,
);
