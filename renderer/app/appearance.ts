import type { i18n } from 'i18next';
import type { Language } from '#shared/domain/Person.ts';
import { systemLanguage } from '../i18n/index.ts';
import { preferences } from '../platform/index.ts';

const darkQuery = window.matchMedia('(prefers-color-scheme: dark)');

/** The language that the interface speaks: the chosen one, or the system's. */
export function spokenLanguage(): Language {
  const { language } = preferences.get();
  return language === 'system' ? systemLanguage(navigator.languages) : language;
}

/** The scheme shown: the chosen one, or the system's. */
export function shownScheme(): 'light' | 'dark' {
  const { theme } = preferences.get();
  return theme === 'system' ? (darkQuery.matches ? 'dark' : 'light') : theme;
}

/** Writes the scheme on the page; done before the first drawing, so that nothing flashes. */
export function applyScheme(): void {
  document.documentElement.setAttribute('data-mantine-color-scheme', shownScheme());
}

/** Calls back when the scheme shown may have changed. @returns the way to stop. */
export function onSchemeChanged(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener);
  const stop = preferences.subscribe(listener);
  return () => {
    darkQuery.removeEventListener('change', listener);
    stop();
  };
}

/** Keeps the language of the page and its sentences with the preference, for as long as the page lives. */
export function followPreferences(i18n: i18n): void {
  const apply = (): void => {
    const language = spokenLanguage();
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  };
  apply();
  preferences.subscribe(apply);
  window.addEventListener('languagechange', apply);
  onSchemeChanged(applyScheme);
}
