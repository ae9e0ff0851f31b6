/** The look of the pages of a site: that of the pages that the relay shows to everybody. */
export interface SiteStyle {
  /** Its addresses name `files` by their names alone. */
  readonly css: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What only a site has: the ways between its pages. */
export const siteStyle = `
.site-skip{position:absolute;left:-100rem}
.site-skip:focus{left:var(--space-4);top:var(--space-3);padding:var(--space-2) var(--space-3);background:var(--paper-raised);z-index:1}
.site-turn{display:grid;grid-template-columns:1fr 1fr;gap:var(--space-5);margin-top:var(--space-7);padding-top:var(--space-5);border-top:1px solid var(--line)}
.site-turn a{display:block;min-height:44px;color:var(--ink);font:600 var(--text-18)/1.35 var(--font-reading);text-decoration-thickness:1px;text-underline-offset:.18em;overflow-wrap:break-word}
.site-turn span{display:block;color:var(--ink-2);font:400 var(--text-14)/1.6 var(--font-interface)}
.site-next{grid-column:2;text-align:right}
@media print{.site-turn{display:none}}
`;
