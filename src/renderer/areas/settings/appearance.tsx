import type { Settings } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Segments } from '../../kit/segments.tsx';

const themes: readonly Settings['theme'][] = ['system', 'light', 'dark'];
const densities: readonly Settings['density'][] = ['comfortable', 'compact'];
const languages: readonly Settings['language'][] = ['system', 'en', 'de'];

/** Theme, density and language. */
export function AppearanceSection() {
  const store = usePart((s) => s.settings);
  const settings = useStoreOf(
    (s) => s.settings,
    (state) => state.settings,
  );
  const words = texts.appearance;
  return (
    <>
      <Segments
        label={words.theme}
        options={themes.map((value) => ({ value, label: words.themes[value] }))}
        value={settings?.theme ?? null}
        onChange={(theme) => {
          store.set({ theme });
        }}
      />
      <Segments
        label={words.density}
        hint={words.densityHint}
        options={densities.map((value) => ({ value, label: words.densities[value] }))}
        value={settings?.density ?? null}
        onChange={(density) => {
          store.set({ density });
        }}
      />
      <Segments
        label={words.language}
        hint={words.languageHint}
        options={languages.map((value) => ({ value, label: words.languages[value] }))}
        value={settings?.language ?? null}
        onChange={(language) => {
          store.set({ language });
        }}
      />
    </>
  );
}
