import { idPattern } from '#shared/domain/ids.ts';

/** The scheme of links that other programs hand to the application. */
export const linkScheme = 'calepin';

/** What a link may name, and where its page is. */
const pages: Readonly<Record<string, string>> = { note: '/notes/', carnet: '/carnets/', base: '/bases/' };

/**
 * The page that a link opens: `calepin://note/<id>`, and the same for `carnet` and `base`. A link names one thing by its id and can say nothing else: whoever made it may
 * be anybody.
 * @returns the page's path, or null for anything that is not exactly that.
 */
export function linkedPage(link: string): string | null {
  const [, kind = '', id = ''] = /^calepin:\/\/([a-z]+)\/([^/?#]+)\/?$/.exec(link) ?? [];
  const folder = Object.hasOwn(pages, kind) ? pages[kind] : undefined;
  return folder !== undefined && idPattern.test(id) ? `${folder}${id}` : null;
}

/**
 * The link that opens a page of this application, to be put elsewhere.
 * @param page - a path, as `/notes/<id>`.
 * @returns null for a page that no link may name.
 */
export function linkTo(page: string): string | null {
  for (const [kind, folder] of Object.entries(pages)) {
    const link = `${linkScheme}://${kind}/${page.slice(folder.length)}`;
    if (page.startsWith(folder) && linkedPage(link) === page) return link;
  }
  return null;
}

/** The page that the arguments of a start name; null when they name none. */
export function linkedPageOf(argv: readonly string[]): string | null {
  const link = argv.find((argument) => argument.startsWith(`${linkScheme}:`));
  return link === undefined ? null : linkedPage(link);
}
