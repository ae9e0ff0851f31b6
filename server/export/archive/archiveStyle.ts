import { hash } from 'node:crypto';
import type { SiteStyle } from '../site/SiteStyle.ts';
import { siteStyle } from '../site/SiteStyle.ts';

/** One page is shown at a time, without a script: the one that the address names, or in which it names a place. */
const ownStyle = `
.archive-page{display:none}
.archive-page:target,.archive-page:has(:target),body:not(:has(.archive-page:target,.archive-page :target)) .archive-home{display:block}
.archive-about,.archive-history,.archive-talk{margin-top:var(--space-7);padding-top:var(--space-5);border-top:1px solid var(--line)}
.archive-about p{color:var(--ink-2);font-size:var(--text-15)}
.archive-about p+p{margin-top:var(--space-2)}
.archive-about h2,.archive-history h2,.archive-talk h2{margin-bottom:var(--space-3);font:600 var(--text-18)/1.35 var(--font-interface)}
.archive-history ol,.archive-talk ol{margin:0;padding:0;list-style:none}
.archive-history li{border-bottom:1px solid var(--line)}
.archive-history summary,.archive-version{min-height:44px;padding:var(--space-3) 0}
.archive-history summary{cursor:pointer}
.archive-history summary strong,.archive-version strong{font-weight:600}
.archive-history summary span,.archive-version span,.archive-talk cite{color:var(--ink-2);font:400 var(--text-14)/1.5 var(--font-interface)}
.archive-history details[open] .archive-text{margin:0 0 var(--space-5);padding:var(--space-5);border:1px solid var(--line);border-radius:var(--radius-3);background:var(--paper-raised)}
.archive-text h3{font:600 var(--text-18)/1.3 var(--font-reading)}
.archive-remark{color:var(--ink-2)}
.archive-talk li{padding:var(--space-3) 0}
.archive-talk blockquote{margin:0 0 var(--space-2);padding-left:var(--space-3);border-left:3px solid var(--line);color:var(--ink-2)}
.archive-talk p{white-space:pre-line}
plaintext{display:none}
@media print{.archive-page{display:block;break-after:page}.public-head,.site-turn{display:none}}
`;

/** Letters that nearly every note is written in; the others would double what an archive of few notes takes. */
const isUsual = (file: string): boolean => /-latin-(?!ext)/.test(file);

/** The look of the pages of an archive, with its letters in it. @returns the rules, and the source that allows them, for the policy of the page. */
export function archiveStyle({ css, files }: SiteStyle): { readonly css: string; readonly source: string } {
  const withLetters = css.replaceAll(/url\(([^)]+)\)/g, (_, name: string) => {
    const bytes = isUsual(name) ? files.get(name) : undefined;
    return bytes === undefined
      ? 'url(data:,)'
      : `url(data:font/woff2;base64,${Buffer.from(bytes).toString('base64')})`;
  });
  const all = `${withLetters}\n${siteStyle}${ownStyle}`;
  return { css: all, source: `'sha256-${hash('sha256', all, 'base64')}'` };
}
