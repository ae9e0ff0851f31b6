import { escapeHtml } from '#shared/document/escapeHtml.ts';

export interface SitemapEntry {
  /** Full address. */
  readonly url: string;
  readonly modifiedAt: number;
}

/** What may be in one sitemap. @see https://www.sitemaps.org/protocol.html */
export const maxSitemapEntries = 50_000;

/** The pages that anybody may read, for those who list the web. */
export function sitemap(entries: readonly SitemapEntry[]): string {
  const lines = entries.map(
    ({ url, modifiedAt }) =>
      `<url><loc>${escapeHtml(url)}</loc><lastmod>${new Date(modifiedAt).toISOString()}</lastmod></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${lines.join('')}</urlset>\n`;
}

/** Asks robots to read public pages alone. */
export function robots(sitemapUrl: string): string {
  return `User-agent: *\nDisallow: /api/\nDisallow: /*?app\nSitemap: ${sitemapUrl}\n`;
}
