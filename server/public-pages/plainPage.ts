import type { Context } from 'hono';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { HttpEnvironment } from '../http/environment.ts';

const policy = [
  `default-src 'none'`,
  `style-src 'self'`,
  `font-src 'self'`,
  `img-src 'self'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ');

/** Answers with a short page without a script that may hold a form: nobody lists it or keeps it. @param content - HTML, safe to insert. */
export function answerPlainPage(
  context: Context<HttpEnvironment>,
  page: {
    readonly language: Language;
    readonly title: string;
    readonly styleSheet: string;
    readonly content: string;
    readonly status?: 200 | 400 | 404 | 429;
  },
): Response | Promise<Response> {
  const { language, title, styleSheet, content, status = 200 } = page;
  context.header('Content-Security-Policy', policy);
  context.header('Cache-Control', 'no-store');
  const head = [
    `<title>${escapeHtml(title)} – Calepin</title>`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="color-scheme" content="light dark">`,
    `<meta name="robots" content="noindex">`,
    `<link${htmlAttributes({ rel: 'stylesheet', href: styleSheet })}>`,
  ];
  return context.html(
    `<!doctype html><html${htmlAttributes({ lang: language })}><head><meta charset="utf-8">${head.join('')}</head>` +
      `<body><header class="public-head"><a class="public-home" href="/">Calepin</a></header>` +
      `<main class="public-page public-plain"><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`,
    status,
  );
}
