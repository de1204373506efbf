/// <reference types="vite/client" />

/** Made at build time by scripts/licences.ts. */
declare module 'virtual:licences' {
  export interface Licence {
    name: string;
    version: string;
    licence: string;
    text: string;
  }
  const licences: readonly Licence[];
  export default licences;
}
