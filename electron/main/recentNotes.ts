import type { JumpListCategory, MenuItemConstructorOptions } from 'electron';
import { z } from 'zod';
import { idPattern } from '#shared/domain/ids.ts';
import type { RelayAddress } from './bundleProtocol.ts';
import { linkTo } from './deepLink.ts';
import { menuWords } from './menuWords.ts';

/** A note that was changed lately, as the page's navigation lists it under « Récentes ». */
export interface RecentNote {
  readonly page: string;
  readonly title: string;
}

const shown = 8;
const answerSchema = z.object({
  notes: z.array(z.object({ id: z.string().regex(idPattern), title: z.string() })),
});

/** What the list takes from the shell. */
export interface RecentNotesDependencies {
  readonly relay: () => Promise<RelayAddress>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Told of another list: menus are made anew. */
  readonly onChanged: () => void;
}

/** The notes changed last, asked from the relay: nothing of them is kept beside it, and what is destroyed is gone from here too. */
export class RecentNotes {
  readonly #dependencies: RecentNotesDependencies;
  #notes: readonly RecentNote[] = [];

  constructor(dependencies: RecentNotesDependencies) {
    this.#dependencies = dependencies;
  }

  list(): readonly RecentNote[] {
    return this.#notes;
  }

  /** Asks again, as when a window comes to the front or goes to the back. A relay that does not answer leaves the list as it is. */
  async refresh(): Promise<void> {
    try {
      const { port, cookie } = await this.#dependencies.relay();
      const answer = await this.#dependencies.fetch(
        `http://127.0.0.1:${port}/api/notes?sort=modified&limit=${shown}`,
        { headers: { cookie } },
      );
      const { notes } = answerSchema.parse(await answer.json());
      const next = notes.slice(0, shown).map(({ id, title }) => ({ page: `/notes/${id}`, title }));
      if (JSON.stringify(next) === JSON.stringify(this.#notes)) return;
      this.#notes = next;
    } catch {
      return;
    }
    this.#dependencies.onChanged();
  }
}

const maxLabel = 60;

/** A title as a line of a native menu: never longer than a menu is wide, and its « & » no shortcut. */
function labelOf(title: string, language: 'fr' | 'en'): string {
  const line = title.replace(/\s+/g, ' ').trim();
  const short = line.length > maxLabel ? `${[...line].slice(0, maxLabel - 1).join('')}…` : line;
  return short === '' ? menuWords[language].untitled : short.replaceAll('&', '&&');
}

/** The lines of « Ouvrir une note récente », also of the icon in macOS' Dock. */
export function recentItems(
  notes: readonly RecentNote[],
  language: 'fr' | 'en',
  open: (page: string) => void,
): MenuItemConstructorOptions[] {
  if (notes.length === 0) return [{ label: menuWords[language].noRecent, enabled: false }];
  return notes.map(({ page, title }) => ({ label: labelOf(title, language), click: () => open(page) }));
}

/** The same for the button in Windows' bar: each line starts the application with a link, which the one that runs takes over. */
export function recentJumpList(
  notes: readonly RecentNote[],
  language: 'fr' | 'en',
  program: string,
): JumpListCategory[] {
  const items = notes.flatMap(({ page, title }) => {
    const args = linkTo(page);
    if (args === null) return [];
    const name = labelOf(title, language).replaceAll('&&', '&');
    return [{ type: 'task' as const, title: name, program, args, iconPath: program, iconIndex: 0 }];
  });
  return items.length === 0 ? [] : [{ type: 'custom', name: menuWords[language].recent, items }];
}
