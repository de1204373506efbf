import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The customer's page, into out/portal; the support API serves it at /support. */
export default defineConfig({
  root: 'src/portal',
  base: '/support/',
  plugins: [react()],
  // No inlined assets or polyfill: the page's CSP allows files of its own only.
  build: {
    outDir: '../../out/portal',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: 'src/portal/index.html' },
  },
});
