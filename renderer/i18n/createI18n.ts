import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/domain/Person.ts';
import { english, french } from './resources.ts';

/** The first of the person's languages that the interface speaks; French where none is. */
export function systemLanguage(languages: readonly string[]): Language {
  for (const language of languages) {
    if (/^fr\b/i.test(language)) return 'fr';
    if (/^en\b/i.test(language)) return 'en';
  }
  return 'fr';
}

/** Makes the interface's sentences ready to be shown, in the one instance of the page. React escapes what is put in them. */
export async function createI18n(language: Language): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'fr',
    defaultNS: 'translation',
    resources: { fr: french, en: english },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return i18next;
}
