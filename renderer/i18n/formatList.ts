import type { Language } from '#shared/domain/Person.ts';

/** A format is dear to make and cheap to use; lists show hundreds of sentences. */
const formats: Readonly<Record<Language, Intl.ListFormat>> = {
  fr: new Intl.ListFormat('fr', { type: 'conjunction' }),
  en: new Intl.ListFormat('en', { type: 'conjunction' }),
};

/** « Awa, Luc et Zoé », “Awa, Luc, and Zoé”. */
export function formatList(words: readonly string[], language: Language): string {
  return formats[language].format(words);
}
