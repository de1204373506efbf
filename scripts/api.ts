// `npm run api`: the support API alone, with the options after --.
await import('../src/server/listen.ts');
export {};
