import type { StyleContext } from './StyleContext.ts';

/** What stands behind the notes: lexicon, index, links; and the numbers of pages in the text. */
export function backStyle({ theme, size, leading }: StyleContext): string {
  const { small, text, quietHeadings } = theme;
  return `
.page-ref,.page-list{font-variant-numeric:lining-nums;white-space:nowrap}
.page-list{white-space:normal}
.note .page-ref{color:#6d6862;font-size:.92em}
.back{break-before:page}
.back h3{font:600 ${Math.round(size * 10.4) / 10}pt/1.3 ${theme.headings.stack};margin:${leading * 1.4}pt 0 ${leading * 0.5}pt}
.back h2 + h3{margin-top:0}
.back p{text-indent:0}
.lexicon-entry{padding-left:1.3em;text-indent:-1.3em!important;margin-top:${leading * 0.55}pt;orphans:2;widows:2}
.lexicon-entry dfn{font-style:normal;font-weight:600}
.lexicon-forms{font-style:italic;color:#4c4842}
.pages{color:#6d6862;font-size:.92em;padding-left:.3em}
.index-columns{columns:2;column-gap:1.8em;font-size:.93em;line-height:1.36}
.index-columns p{text-align:left;padding-left:1.2em;text-indent:-1.2em!important;break-inside:avoid;hyphens:none}
.index-letter{font:${quietHeadings ? `500 1.05em/1.3 ${text.stack}` : `600 .86em/1.3 ${small.stack}`};color:var(--accent);padding-left:0!important;text-indent:0!important;margin-top:.7em;break-after:avoid}
.index-letter:first-child{margin-top:0}
.index-main{font-weight:600}
.changes-count{text-align:right;white-space:nowrap;font-variant-numeric:lining-nums tabular-nums}
.changes-list,.changes-authors{list-style:none;margin:0;padding:0}
.changes p{text-align:left}
.changes-list > li{break-inside:avoid;margin-top:${leading * 0.55}pt;text-align:left}
.changes-title{font-weight:600;hyphens:none}
.changes-title a{color:inherit;text-decoration:none}
.changes-kinds{font-style:italic;color:#4c4842}
.changes .page-ref{color:#6d6862;font-size:.92em}
.plain-pages .changes .page-ref{display:none}
.changes-authors{padding-left:1.3em;font-size:.92em;line-height:1.4}
.changes-passages{list-style:none;margin:.15em 0 .4em;padding-left:1.1em;font-size:.96em;color:#3f3b36}
.changes-passages li{text-align:left;text-indent:-.6em;margin-top:.12em}
.changes-legend{font-size:.92em;color:#4c4842}
.changes ins{text-decoration:none;font-weight:600;color:#1d1b19}
.changes del{text-decoration:line-through;text-decoration-thickness:.6pt;color:#6d6862}
.changes-partial{margin-top:${leading}pt;font-style:italic;color:#4c4842}
.link-list{list-style:none;margin:0;padding:0;font-size:.92em;line-height:1.4}
.link-entry{display:grid;grid-template-columns:2.1em 1fr;break-inside:avoid;margin-top:.45em;text-align:left}
.link-number{font-variant-numeric:lining-nums tabular-nums;color:#6d6862}
.link-words{text-align:left}
.link-address{overflow-wrap:anywhere;font:400 .88em/1.4 ${small.stack};color:#4c4842}
.link-call{font-size:.66em;vertical-align:.42em;line-height:0;font-variant-numeric:lining-nums;padding-left:.12em}
`;
}
