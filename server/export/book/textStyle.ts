import { textHeight, textWidth } from './pageFormat.ts';
import type { StyleContext } from './StyleContext.ts';

/** Running text: paragraphs, lists, quotations, code, formulas. */
export function textStyle({ page, theme, variant, size, leading }: StyleContext): string {
  const text = theme.text.stack;
  const small = theme.small.stack;
  const line = `${leading}pt`;
  const half = `${leading / 2}pt`;
  const align = theme.justified ? 'justify' : 'left';
  return `
html{font:400 ${size}pt/${line} ${text};font-optical-sizing:auto;font-variant-numeric:oldstyle-nums;color:#1d1b19;
-webkit-print-color-adjust:exact;print-color-adjust:exact;hyphens:${theme.justified ? 'manual' : 'none'};overflow-wrap:break-word}
body{margin:0;width:${textWidth(page)}mm}
*{box-sizing:border-box}
p,ul,ol,li,figure,blockquote,aside,pre,table,section,div{margin:0;padding:0;min-width:0}
p{orphans:2;widows:2;text-align:${align};text-wrap:pretty}
p + p{text-indent:1.3em}
a{color:inherit;text-decoration:none}
${variant === 'print' ? '' : 'section.note a[href]{color:var(--accent)}'}
sup,sub{font-size:.7em;line-height:0;font-variant-numeric:lining-nums}
code{font:400 .84em/1.35 ${theme.code.stack};background:#f1eee9;padding:.05em .25em;border-radius:2pt}
u{text-underline-offset:.15em}
mark{color:inherit;padding:0 .1em}
.highlight-yellow,.ground-yellow{background:#fdf0b8}.highlight-green,.ground-green{background:#d9efd8}.highlight-blue,.ground-blue{background:#d8e8f6}
.highlight-pink,.ground-pink{background:#f9dde6}.highlight-orange,.ground-orange{background:#fbe2c6}.highlight-purple,.ground-purple{background:#e8e0f4}
.align-left{text-align:left}.align-center{text-align:center;text-indent:0}.align-right{text-align:right;text-indent:0}.align-justify{text-align:justify}

ul,ol{margin:${half} 0;padding-left:1.5em}
li{orphans:2;widows:2}
li + li{margin-top:${leading * 0.2}pt}
li > ul,li > ol{margin:${leading * 0.2}pt 0}
li p{text-align:left}
li > p + p{text-indent:0;margin-top:${leading * 0.3}pt}
li::marker{color:#6d6862;font-variant-numeric:lining-nums}
.task-list{list-style:none;padding-left:0}
.task-item{display:grid;grid-template-columns:1.55em 1fr}
.task-box{width:.82em;height:.82em;border:.8pt solid #4c4842;border-radius:1.5pt;margin-top:.3em;position:relative}
.task-done > .task-box{background:var(--accent);border-color:var(--accent)}
.task-done > .task-box::after{content:"";position:absolute;left:.24em;top:.04em;width:.2em;height:.42em;border:solid #fff;border-width:0 1pt 1pt 0;transform:rotate(42deg)}
blockquote{margin:${half} 0;padding-left:1.2em;border-left:1.5pt solid #cfc8bd;color:#3a3733;break-inside:auto}
.callout{margin:${line} 0;padding:${half} 1em;background:#f4f2ee;border-left:2.5pt solid #8a8378;break-inside:avoid}
.callout-label{font:600 .78em/1.45 ${small};letter-spacing:.03em;text-align:left;margin-bottom:3pt;color:#4c4842;break-after:avoid}
.callout-label + p,.callout p + p{text-indent:0}
.callout p + p{margin-top:${leading * 0.3}pt}
.callout-info{border-color:#2a6f97}.callout-info .callout-label{color:#1f587a}
.callout-warning{border-color:#b4632a}.callout-warning .callout-label{color:#8d4a1b}
.callout-tip{border-color:#3d7a4a}.callout-tip .callout-label{color:#2e6239}
.callout-citation{border-color:#7a6a9c;font-style:italic}.callout-citation .callout-label{color:#5d4f7d;font-style:normal}
.details{margin:${half} 0;padding-left:1em;border-left:.6pt solid #cfc8bd}
.details-summary{font-weight:600;text-align:left;break-after:avoid}
hr{border:0;width:5em;border-top:.6pt solid #b9b2a7;margin:${line} auto}
.page-break{break-after:page;height:0}
pre{margin:${half} 0;padding:${half} .9em;background:#f6f4f0;border-radius:2pt;white-space:pre-wrap;overflow-wrap:anywhere;orphans:3;widows:3}
pre code{background:none;padding:0;font-size:.78em;line-height:1.45;display:block}
.hljs-comment,.hljs-quote{color:#6d6862;font-style:italic}.hljs-keyword,.hljs-selector-tag,.hljs-literal{color:#7a2f62}
.hljs-string,.hljs-attr,.hljs-regexp{color:#2e6239}.hljs-number,.hljs-built_in,.hljs-type{color:#8d4a1b}.hljs-title,.hljs-section,.hljs-name{color:#1f587a}
.math-block{margin:${half} 0;display:grid;grid-template-columns:1fr auto;align-items:center;text-align:center;break-inside:avoid}
math{font-family:'STIX Two Math','Latin Modern Math','DejaVu Math TeX Gyre',math;font-size:1em}
.equation-number{font-variant-numeric:lining-nums;padding-left:1em}
`;
}

/** Tables, pictures, captions and end notes. */
export function figureStyle({ page, theme, leading }: StyleContext): string {
  const small = (size: number): number => Math.round(size * theme.smallSize * 1000) / 1000;
  const line = `${leading}pt`;
  const half = `${leading / 2}pt`;
  return `
table{width:100%;border-collapse:collapse;margin:${half} 0;font:400 ${small(0.84)}em/1.38 ${theme.small.stack};font-variant-numeric:lining-nums}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{padding:3.2pt 5pt;text-align:left;vertical-align:top;border-bottom:.5pt solid #d9d3c9}
th:first-child,td:first-child{padding-left:2pt}th:last-child,td:last-child{padding-right:2pt}
thead th{border-bottom:.9pt solid #4c4842;vertical-align:bottom}
th{font-weight:600}
tbody tr:last-child > *{border-bottom:.9pt solid #4c4842}
table p{text-align:inherit;text-wrap:wrap}table p + p{text-indent:0;margin-top:2pt}
.fit-1{font-size:.76em}.fit-2{font-size:.68em}.fit-2 :is(th,td){padding:2.4pt 3pt}.fit-3{font-size:.62em}.fit-3 :is(th,td){padding:2pt 1.6pt}.fit-4{table-layout:fixed}.fit-4 :is(th,td){overflow-wrap:anywhere}
figure{margin:${line} 0;break-inside:avoid}
figure.figure-table{break-inside:auto}
figure.figure-table > figcaption{break-after:avoid;margin-bottom:4pt}
figure.figure-table > table{margin:0}
figure.image{text-align:center}
figure.align-left{text-align:left}figure.align-right{text-align:right}
img{display:inline-block;max-width:100%;max-height:${Math.round(textHeight(page) * 0.62)}mm;height:auto;vertical-align:top;object-fit:contain}
figcaption{font:400 ${small(0.8)}em/1.4 ${theme.small.stack};color:#4c4842;text-align:left;text-wrap:pretty;font-variant-numeric:lining-nums}
figure.image > figcaption{margin-top:5pt;text-align:center}
.caption-number{font-weight:600}
.missing-media{padding:${line};border:.6pt dashed #b9b2a7;color:#6d6862;text-align:center;font:400 ${small(0.84)}em/1.4 ${theme.small.stack}}
.media{padding:${half} 0;border-top:.6pt solid #cfc8bd;border-bottom:.6pt solid #cfc8bd}
.file-name{font:500 ${small(0.9)}em/1.4 ${theme.small.stack};text-align:left;text-indent:0}
.media-kind{font-weight:400;color:#6d6862}
.media-address{font:400 ${small(0.8)}em/1.4 ${theme.small.stack};text-align:left;text-indent:0!important;overflow-wrap:anywhere}
.media figcaption{margin-top:3pt}

.note-call a{padding-left:.1em}
.end-notes{margin-top:${leading * 1.6}pt;border-top:.6pt solid #b9b2a7;padding-top:${half};font-size:.86em;line-height:1.38}
.end-notes-label{font:600 ${small(7.6)}pt/1.45 ${theme.small.stack};letter-spacing:.03em;color:#4c4842;margin-bottom:3pt;break-after:avoid;text-align:left}
.end-notes ol{list-style:none;padding:0;margin:0}
.end-notes li{display:grid;grid-template-columns:1.7em 1fr;break-inside:avoid;text-align:justify}
.end-note-number{font-variant-numeric:lining-nums tabular-nums}
.hidden-note,.missing-reference{font-style:italic;color:#6d6862}
`;
}
