import './no-eval.ts';
import '@fontsource-variable/inter/index.css';
import './ui/page.css';
import { createRoot } from 'react-dom/client';
import { createApi } from './api/client.ts';
import { App } from './app.tsx';
import { PageProvider } from './page.tsx';
import { createKept } from './stores/kept.ts';
import { newKey } from './stores/key.ts';
import { loadSettings } from './stores/server-settings.ts';
import { createSession } from './stores/session.ts';
import type { TextBefore } from './stores/work.ts';

const rootElement = document.getElementById('root');
if (!rootElement) throw new Error('index.html has no #root');

/**
 * The page's id. The tab keeps it in its session storage, where the page after a reload finds it; a
 * duplicated tab has the id of its original too.
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
  // The session comes first: after a sign-out in another tab, nothing of this account may be
  // written again.
  if (key === 'session') api.sessionChanged();
  kept.changed(key);
});
// The browser had suspended this page, which missed all events meanwhile.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) kept.shownAgain();
});
void loadSettings(api);
window.addEventListener('online', () => {
  void loadSettings(api);
});
void session.resume();
createRoot(rootElement).render(
  <PageProvider value={{ api, session }}>
    <App />
  </PageProvider>,
);
