import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';

/** What a page says of itself to those who list it or show a link to it. */
export interface PageFacts {
  /** Its full address. */
  readonly url: string;
  readonly title: string;
  /** Full address of the feed that follows it. */
  readonly feed: string;
  /** A sentence or two; empty when there is none. */
  readonly description: string;
  /** Language tag of what is read. */
  readonly language: string;
  readonly kind: 'article' | 'website';
  readonly publishedAt: number | null;
  readonly modifiedAt: number;
  readonly authors: readonly string[];
  /** Full address of an image that stands for it; default: none. */
  readonly image?: string | null;
  /** More for schema.org, beside what is above. */
  readonly structured: Readonly<Record<string, unknown>>;
}

const maxDescription = 300;

function shorten(text: string): string {
  const flat = text.replaceAll(/[ \t\r\n]+/g, ' ').trim();
  if (flat.length <= maxDescription) return flat;
  return `${flat.slice(0, flat.lastIndexOf(' ', maxDescription - 1))}…`;
}

const meta = (attributes: Record<string, string>): string => `<meta${htmlAttributes(attributes)}>`;
const iso = (time: number): string => new Date(time).toISOString();

/** Data that no script runs: a tag in it must not end it. */
function structuredData(facts: PageFacts): string {
  const {
    url,
    title,
    description,
    language,
    publishedAt,
    modifiedAt,
    authors,
    image = null,
    structured,
  } = facts;
  const data = {
    '@context': 'https://schema.org',
    url,
    name: title,
    headline: title,
    ...(description === '' ? {} : { description: shorten(description) }),
    inLanguage: language,
    ...(publishedAt === null ? {} : { datePublished: iso(publishedAt) }),
    dateModified: iso(modifiedAt),
    author: authors.map((name) => ({ '@type': 'Person', name })),
    isAccessibleForFree: true,
    ...(image === null ? {} : { image }),
    ...structured,
  };
  return `<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
}

interface Link {
  readonly href: string;
  readonly label: string;
}

/**
 * A whole page for readers without a script: its head from the facts, the application's own style, and what is read.
 * @param options.styleSheet - address of the style.
 * @param options.content - HTML of what is read, safe to insert.
 */
export function pageShell(
  facts: PageFacts,
  options: {
    readonly styleSheet: string;
    readonly open: Link;
    readonly report: Link | null;
  },
  content: string,
): string {
  const { url, feed, title, language, kind, publishedAt, modifiedAt, authors, image = null } = facts;
  const description = shorten(facts.description);
  const head = [
    `<title>${escapeHtml(title)} – Calepin</title>`,
    meta({ name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    meta({ name: 'color-scheme', content: 'light dark' }),
    ...(description === '' ? [] : [meta({ name: 'description', content: description })]),
    ...authors.map((name) => meta({ name: 'author', content: name })),
    `<link${htmlAttributes({ rel: 'canonical', href: url })}>`,
    `<link${htmlAttributes({ rel: 'alternate', type: 'application/atom+xml', title: 'Calepin', href: feed })}>`,
    `<link${htmlAttributes({ rel: 'stylesheet', href: options.styleSheet })}>`,
    meta({ property: 'og:type', content: kind }),
    meta({ property: 'og:site_name', content: 'Calepin' }),
    meta({ property: 'og:title', content: title }),
    ...(description === '' ? [] : [meta({ property: 'og:description', content: description })]),
    meta({ property: 'og:url', content: url }),
    ...(image === null ? [] : [meta({ property: 'og:image', content: image })]),
    meta({ property: 'og:locale', content: language.startsWith('en') ? 'en_CA' : 'fr_CA' }),
    ...(kind === 'website'
      ? []
      : [
          ...(publishedAt === null
            ? []
            : [meta({ property: 'article:published_time', content: iso(publishedAt) })]),
          meta({ property: 'article:modified_time', content: iso(modifiedAt) }),
          ...authors.map((name) => meta({ property: 'article:author', content: name })),
        ]),
    structuredData(facts),
  ];
  const link = ({ href, label }: Link): string =>
    `<a${htmlAttributes({ href, rel: 'nofollow' })}>${escapeHtml(label)}</a>`;
  const report = options.report === null ? '' : link(options.report);
  return (
    `<!doctype html><html${htmlAttributes({ lang: language })}><head><meta charset="utf-8">${head.join('')}</head>` +
    `<body><header class="public-head"><a class="public-home" href="/">Calepin</a>${link(options.open)}</header>` +
    `<main class="public-page">${content}</main><footer class="public-foot">${report}</footer></body></html>`
  );
}
