import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { readLicences } from './scripts/licences.ts';
import { callNames, eventNames } from './src/contract/bridge.ts';

/**
 * The preload script needs the contract's names, not its schemas: it would carry all of zod into
 * every window.
 */
function contractNamesOnly(): Plugin {
  return {
    name: 'contract-names-only',
    enforce: 'pre',
    load: (id) =>
      id.endsWith('/src/contract/bridge.ts')
        ? `export const callNames = ${JSON.stringify(callNames)};\nexport const eventNames = ${JSON.stringify(eventNames)};`
        : null,
  };
}

/** What the settings show under 'About'. */
function licences(): Plugin {
  return {
    name: 'licences',
    resolveId: (id) => (id === 'virtual:licences' ? '\0licences' : null),
    load: (id) =>
      id === '\0licences' ? `export default ${JSON.stringify(readLicences())};` : null,
  };
}

/**
 * Three builds into out/: the main process as Electron and as the loopback shell start it, the
 * sandboxed preload script and the window.
 */
export default defineConfig({
  main: {
    // Packages are built in: to find and read a hundred files takes longer than to run them. Native
    // ones cannot be.
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          loopback: 'src/main/loopback.ts',
          desk: 'src/main/desk.ts',
          copy: 'src/main/copy.ts',
        },
        external: ['electron', 'better-sqlite3', '@napi-rs/keyring'],
      },
    },
  },
  preload: {
    plugins: [contractNamesOnly()],
    // A sandboxed preload script must be one CommonJS file that requires nothing but electron.
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: 'src/preload/index.ts',
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react(), licences()],
    // No inlined assets or polyfill: the window's CSP allows files of its own only.
    build: {
      outDir: 'out/renderer',
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: 'src/renderer/index.html' },
    },
  },
});
