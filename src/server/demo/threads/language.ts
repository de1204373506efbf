import type { Language } from './scenario.ts';

const scripts: readonly [RegExp, Language][] = [
  [/[\u3040-\u30ff]/, 'ja'],
  [/[\u0600-\u06ff]/, 'ar'],
  [/[\u0900-\u097f]/, 'hi'],
  [/[\u0e00-\u0e7f]/, 'th'],
  [/[\u0400-\u04ff]/, 'uk'],
  [/[\u4e00-\u9fff]/, 'zh'],
  [/[ăđơưạảấầẩẫậắằẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/i, 'vi'],
];

/** Short words that hardly any text in that language lacks. */
const common: readonly [Language, ReadonlySet<string>][] = [
  [
    'en',
    new Set(
      'the and is my not to of it in for on you was have this with that are please what'.split(' '),
    ),
  ],
  [
    'de',
    new Set(
      'der die das und ist nicht ich mein meine auf ein eine wird mit bei den von habe zu im kein seit'.split(
        ' ',
      ),
    ),
  ],
  [
    'es',
    new Set(
      'el los las que mi por una con para pero hace está desde ayer cuenta del lo se no me y'.split(
        ' ',
      ),
    ),
  ],
  [
    'fr',
    new Set(
      'le les des que mon ma est une pas pour avec je vous depuis dans sur et compte du la mes il'.split(
        ' ',
      ),
    ),
  ],
  [
    'pt',
    new Set(
      'o os as que meu minha não uma com para mas está desde conta do da foi em ao um e já'.split(
        ' ',
      ),
    ),
  ],
  [
    'pl',
    new Set(
      'nie na się jest do mi moje mój konto od w z i przez że po mojego proszę mam za'.split(' '),
    ),
  ],
];

/** The most likely language of a text, among those of the demo. */
export function languageOf(text: string): Language {
  for (const [pattern, language] of scripts) if (pattern.test(text)) return language;
  const found = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  let best: Language = 'en';
  let most = 0;
  for (const [language, set] of common) {
    const count = found.filter((word) => set.has(word)).length;
    if (count > most) {
      most = count;
      best = language;
    }
  }
  return best;
}
