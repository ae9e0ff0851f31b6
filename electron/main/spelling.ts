import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from 'electron';
import type { DesktopSettings } from '#shared/desktop/DesktopBridge.ts';

type Language = 'fr' | 'en';

/**
 * The dictionary of each language: the name that Electron knows it by, and the file that Chromium looks for in the session's `Dictionaries` before it would fetch one.
 * @see scripts/dictionaries.mjs, which makes them.
 */
export const dictionaries: Readonly<Record<Language, { readonly code: string; readonly file: string }>> = {
  fr: { code: 'fr', file: 'fr-FR-3-0.bdic' },
  en: { code: 'en-CA', file: 'en-CA-10-1.bdic' },
};

/** Where Electron would fetch what is not there: nothing answers, so that a dictionary of a later Chromium's name is fetched from nobody. */
const nowhere = 'http://127.0.0.1:9/';

/** Puts a dictionary where Chromium looks for it. @returns false when that failed: its language is not checked then. */
async function place(from: string, folder: string, file: string): Promise<boolean> {
  try {
    const bytes = await readFile(path.join(from, file));
    const target = path.join(folder, file);
    const there = await readFile(target).catch(() => null);
    if (there?.equals(bytes) === true) return true;
    await mkdir(folder, { recursive: true });
    await writeFile(`${target}.new`, bytes);
    // A cut in the middle must leave no half of a dictionary under its name.
    await rename(`${target}.new`, target);
    return true;
  } catch {
    return false;
  }
}

/** Checks the spelling of what is written by the dictionaries of the package; macOS checks by its own. Nothing is ever fetched. */
export class Spelling {
  readonly #session: Session;
  readonly #platform: NodeJS.Platform;
  #placed: ReadonlySet<Language> = new Set();

  /** @param session - with the checking off, as `lockSession` leaves it: it would fetch at the first window. */
  constructor(session: Session, platform: NodeJS.Platform) {
    this.#session = session;
    this.#platform = platform;
  }

  /**
   * Makes the dictionaries ready; once, before the first window.
   * @param from - their folder in the application.
   * @param sessionFolder - Electron's `sessionData`.
   * @returns the languages whose dictionary could not be put in place.
   */
  async prepare(from: string, sessionFolder: string): Promise<Language[]> {
    if (this.#platform === 'darwin') return [];
    this.#session.setSpellCheckerDictionaryDownloadURL(nowhere);
    const folder = path.join(sessionFolder, 'Dictionaries');
    const languages: Language[] = ['fr', 'en'];
    const done = await Promise.all(
      languages.map((language) => place(from, folder, dictionaries[language].file)),
    );
    this.#placed = new Set(languages.filter((_language, index) => done[index]));
    return languages.filter((language) => !this.#placed.has(language));
  }

  /** Checks what the person chose, as far as its dictionary is in place. */
  apply(chosen: DesktopSettings['spelling']): void {
    if (this.#platform === 'darwin') {
      this.#session.setSpellCheckerEnabled(chosen !== 'off');
      return;
    }
    const wanted: readonly Language[] = chosen === 'off' ? [] : chosen === 'both' ? ['fr', 'en'] : [chosen];
    const checked = wanted.filter((language) => this.#placed.has(language));
    if (checked.length > 0)
      this.#session.setSpellCheckerLanguages(checked.map((language) => dictionaries[language].code));
    this.#session.setSpellCheckerEnabled(checked.length > 0);
  }
}
