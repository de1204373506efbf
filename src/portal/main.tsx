import './no-eval.ts';
import '@fontsource-variable/inter/index.css';
import './ui/page.css';
import { createRoot } from 'react-dom/client';
import { createApi } from './api/client.ts';
import { App } from './app.tsx';
import { PageProvider } from './page.tsx';
import { createSession } from './stores/session.ts';

const rootElement = document.getElementById('root');
if (!rootElement) throw new Error('index.html has no #root');

const api = createApi(() => { session.ended(); });
const session = createSession(api);
void session.resume();
createRoot(rootElement).render(<PageProvider value={{ api, session }}><App /></PageProvider>);
