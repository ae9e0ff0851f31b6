import { type PageFormat, pageGeometries, textHeight, textWidth } from './pageFormat.ts';

/** Text as a CSS string: whatever a title holds, it stays inside its quotes and inside its style element. */
export function cssString(text: string): string {
  const safe = text.replaceAll(
    /[^\p{L}\p{N} ’«»,.:;!?()·–—-]/gu,
    (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${safe}"`;
}

/** A title that fits in one line of a running header. */
export function shortTitle(title: string, longest: number): string {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  const end = cut.lastIndexOf(' ');
  return `${(end > longest / 2 ? cut.slice(0, end) : cut).trimEnd()}…`;
}

const sans = "'Inter', 'Inter Variable', sans-serif";
const serif = "'Source Serif 4', 'Source Serif 4 Variable', 'STIX Two Text', serif";

/**
 * One `@page` rule for each note, so that its title stands in the header of its own pages: margin boxes know no
 * running strings in Chromium.
 * @param book - title of the whole, on left pages; empty for a note alone.
 */
export function runningHeaders(book: string, notes: readonly string[], format: PageFormat): string {
  const longest = format === 'a5' ? 68 : 92;
  return notes
    .map((title, at) => {
      const name = `note-${at + 1}`;
      const right = cssString(shortTitle(title, longest));
      const left = book ? cssString(shortTitle(book, longest)) : right;
      return `.${name}{page:${name}}
@page ${name}:left{@top-left{content:${left}}}
@page ${name}:right{@top-right{content:${right}}}`;
    })
    .join('\n');
}

/** The style sheet of a book, but for its fonts and its running headers. */
export function bookStyle(format: PageFormat): string {
  const page = pageGeometries[format];
  const line = `${page.lineHeight}pt`;
  const half = `${page.lineHeight / 2}pt`;
  return `
@page{size:${page.width}mm ${page.height}mm;margin:${page.top}mm ${page.side}mm ${page.bottom}mm;
@top-left{font:400 7.4pt/1 ${sans};letter-spacing:.02em;color:#6d6862;vertical-align:bottom;padding-bottom:7mm}
@top-right{font:400 7.4pt/1 ${sans};letter-spacing:.02em;color:#6d6862;vertical-align:bottom;padding-bottom:7mm}
@bottom-center{content:counter(page) " / " counter(pages);font:400 7.4pt/1 ${sans};font-variant-numeric:tabular-nums;color:#6d6862;vertical-align:top;padding-top:8mm}}
@page cover{@bottom-center{content:none}}
html{font:400 ${page.fontSize}pt/${line} ${serif};font-optical-sizing:auto;font-variant-numeric:oldstyle-nums;color:#1d1b19;
-webkit-print-color-adjust:exact;print-color-adjust:exact;hyphens:manual;overflow-wrap:break-word}
body{margin:0;width:${textWidth(page)}mm}
*{box-sizing:border-box}
p,ul,ol,li,figure,blockquote,aside,pre,table,section,div{margin:0;padding:0;min-width:0}
p{orphans:2;widows:2;text-align:justify;text-wrap:pretty}
p + p{text-indent:1.3em}
a{color:inherit;text-decoration:none}
section.note a[href^="#"],section.note a[href^="http"],section.note a[href^="mailto"]{color:#0b5b62}
sup,sub{font-size:.7em;line-height:0;font-variant-numeric:lining-nums}
code{font:400 .84em/1.35 'DejaVu Sans Mono','Liberation Mono',monospace;background:#f1eee9;padding:.05em .25em;border-radius:2pt}
u{text-underline-offset:.15em}
mark{color:inherit;padding:0 .1em}
.highlight-yellow,.ground-yellow{background:#fdf0b8}.highlight-green,.ground-green{background:#d9efd8}.highlight-blue,.ground-blue{background:#d8e8f6}
.highlight-pink,.ground-pink{background:#f9dde6}.highlight-orange,.ground-orange{background:#fbe2c6}.highlight-purple,.ground-purple{background:#e8e0f4}
.align-left{text-align:left}.align-center{text-align:center;text-indent:0}.align-right{text-align:right;text-indent:0}.align-justify{text-align:justify}

h1,h2,h3,h4,h5,h6{white-space:pre-wrap;font-family:${sans};font-weight:600;color:#17211f;hyphens:none;text-align:left;text-wrap:balance;
break-after:avoid;break-inside:avoid;margin:0;letter-spacing:-.008em;font-variant-numeric:lining-nums}
section.note{break-before:page}
section.note:first-of-type.alone{break-before:auto}
.note-head{margin-bottom:${page.lineHeight * 2}pt;padding-top:${format === 'a5' ? 14 : 22}mm;break-after:avoid}
.note-head h1,.note-head h2{font:600 2em/1.18 ${serif};letter-spacing:-.012em}
.note-meta{font:400 7.8pt/12pt ${sans};color:#6d6862;text-align:left;margin-top:6pt;font-variant-numeric:lining-nums}
.note-sheet{margin-bottom:${page.lineHeight * 1.5}pt;padding:${half} 0;border-top:.6pt solid #cfc8bd;border-bottom:.6pt solid #cfc8bd;break-inside:avoid}
.sheet-definition{font:400 1.06em/1.42 ${serif};text-indent:0;white-space:pre-line}
.note-sheet dl{margin:0}
.sheet-definition + dl{margin-top:${half}}
.note-sheet dl > div{display:grid;grid-template-columns:7.6em 1fr;column-gap:1em;break-inside:avoid}
.note-sheet dl > div + div{margin-top:2pt}
.note-sheet dt{font:400 7.8pt/${page.lineHeight}pt ${sans};color:#6d6862;text-align:left;hyphens:none}
.note-sheet dd{margin:0;text-align:left;overflow-wrap:anywhere}
h3{font-size:1.22em;line-height:1.25;margin:${line} 0 ${half}}
h4{font-size:1.04em;line-height:1.3;margin:${line} 0 ${page.lineHeight * 0.35}pt}
h5{font-size:.92em;line-height:1.35;margin:${line} 0 ${page.lineHeight * 0.25}pt}
h6{font-size:.86em;line-height:1.35;margin:${line} 0 ${page.lineHeight * 0.25}pt;font-weight:500;color:#4c4842}
.alone h2{font-size:1.22em;line-height:1.25;margin:${line} 0 ${half}}
h3 + h4,h4 + h5,h5 + h6{margin-top:${half}}

ul,ol{margin:${half} 0;padding-left:1.5em}
li{orphans:2;widows:2}
li + li{margin-top:${page.lineHeight * 0.2}pt}
li > ul,li > ol{margin:${page.lineHeight * 0.2}pt 0}
li p{text-align:left}
li > p + p{text-indent:0;margin-top:${page.lineHeight * 0.3}pt}
li::marker{color:#6d6862;font-variant-numeric:lining-nums}
.task-list{list-style:none;padding-left:0}
.task-item{display:grid;grid-template-columns:1.55em 1fr}
.task-box{width:.82em;height:.82em;border:.8pt solid #4c4842;border-radius:1.5pt;margin-top:.3em;position:relative}
.task-done > .task-box{background:#0b5b62;border-color:#0b5b62}
.task-done > .task-box::after{content:"";position:absolute;left:.24em;top:.04em;width:.2em;height:.42em;border:solid #fff;border-width:0 1pt 1pt 0;transform:rotate(42deg)}
blockquote{margin:${half} 0;padding-left:1.2em;border-left:1.5pt solid #cfc8bd;color:#3a3733;break-inside:auto}
.callout{margin:${line} 0;padding:${half} 1em;background:#f4f2ee;border-left:2.5pt solid #8a8378;break-inside:avoid}
.callout-label{font:600 7.6pt/11pt ${sans};letter-spacing:.03em;text-align:left;margin-bottom:3pt;color:#4c4842;break-after:avoid}
.callout-label + p,.callout p + p{text-indent:0}
.callout p + p{margin-top:${page.lineHeight * 0.3}pt}
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
pre strong,pre em{font:inherit}
.hljs-comment,.hljs-quote{color:#6d6862;font-style:italic}.hljs-keyword,.hljs-selector-tag,.hljs-literal{color:#7a2f62}
.hljs-string,.hljs-attr,.hljs-regexp{color:#2e6239}.hljs-number,.hljs-built_in,.hljs-type{color:#8d4a1b}.hljs-title,.hljs-section,.hljs-name{color:#1f587a}
.math-block{margin:${half} 0;display:grid;grid-template-columns:1fr auto;align-items:center;text-align:center;break-inside:avoid}
math{font-family:'STIX Two Math','Latin Modern Math','DejaVu Math TeX Gyre',math;font-size:1em}
.equation-number{font-variant-numeric:lining-nums;padding-left:1em}

table{width:100%;border-collapse:collapse;margin:${half} 0;font:400 .84em/1.38 ${sans};font-variant-numeric:lining-nums}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{padding:3.2pt 5pt;text-align:left;vertical-align:top;border-bottom:.5pt solid #d9d3c9}
th:first-child,td:first-child{padding-left:2pt}th:last-child,td:last-child{padding-right:2pt}
thead th{border-bottom:.9pt solid #4c4842;vertical-align:bottom}
th{font-weight:600}
tbody tr:last-child > *{border-bottom:.9pt solid #4c4842}
table p{text-align:inherit;text-wrap:wrap}table p + p{text-indent:0;margin-top:2pt}
figure{margin:${line} 0;break-inside:avoid}
figure.figure-table{break-inside:auto}
figure.figure-table > figcaption{break-after:avoid;margin-bottom:4pt}
figure.figure-table > table{margin:0}
figure.image{text-align:center}
figure.align-left{text-align:left}figure.align-right{text-align:right}
img{display:inline-block;max-width:100%;max-height:${Math.round(textHeight(page) * 0.62)}mm;height:auto;vertical-align:top;object-fit:contain}
figcaption{font:400 .8em/1.4 ${sans};color:#4c4842;text-align:left;text-wrap:pretty;font-variant-numeric:lining-nums}
figure.image > figcaption{margin-top:5pt;text-align:center}
.caption-number{font-weight:600}
.missing-media{padding:${line};border:.6pt dashed #b9b2a7;color:#6d6862;text-align:center;font:400 .84em/1.4 ${sans}}
audio,video{display:none}
.file-name{font:400 .9em/1.4 ${sans};text-align:left}

.note-call a{padding-left:.1em}
.end-notes{margin-top:${page.lineHeight * 1.6}pt;border-top:.6pt solid #b9b2a7;padding-top:${half};font-size:.86em;line-height:1.38}
.end-notes-label{font:600 7.6pt/11pt ${sans};letter-spacing:.03em;color:#4c4842;margin-bottom:3pt;break-after:avoid;text-align:left}
.end-notes ol{list-style:none;padding:0;margin:0}
.end-notes li{display:grid;grid-template-columns:1.7em 1fr;break-inside:avoid;text-align:justify}
.end-note-number{font-variant-numeric:lining-nums tabular-nums}
.hidden-note,.missing-reference{font-style:italic;color:#6d6862}

.cover{page:cover;height:${textHeight(page) - 1}mm;display:flex;flex-direction:column;break-after:page}
.cover-kind{font:500 8.4pt/1 ${sans};letter-spacing:.04em;color:#0b5b62;margin-top:${Math.round(textHeight(page) * 0.24)}mm;text-align:left}
.cover h1{font:600 ${format === 'a5' ? '27pt/1.12' : '36pt/1.1'} ${serif};letter-spacing:-.018em;margin-top:5mm}
.cover-rule{width:18mm;border-top:1.6pt solid #0b5b62;margin:9mm 0 8mm}
.cover-description{font-size:1.08em;line-height:1.5;color:#3a3733;text-align:left;max-width:88%;white-space:pre-line}
.cover-foot{margin-top:auto;font:400 8.6pt/13pt ${sans};color:#4c4842;font-variant-numeric:lining-nums}
.cover-foot p{text-align:left;text-indent:0}
.cover-authors{color:#1d1b19;font-weight:500}

.contents{break-after:page}
.alone-contents{break-after:auto;margin-bottom:${line}}
.contents > h2{font:600 1.7em/1.2 ${serif};margin:${format === 'a5' ? 10 : 16}mm 0 ${page.lineHeight * 1.6}pt}
.contents ol{list-style:none;padding:0;margin:0}
.contents li{margin:0;break-inside:avoid}
.contents-2{break-after:avoid}
.contents a{display:grid;grid-template-columns:auto minmax(1.2em,1fr) 2.2em;align-items:last baseline;column-gap:.5em;break-inside:avoid;color:inherit}
.contents-title{max-width:${Math.round(textWidth(page) * 0.86)}mm;text-wrap:pretty;hyphens:none}
.contents-leader{border-bottom:.9pt dotted #b9b2a7;height:0}
.contents-page{text-align:right;font-variant-numeric:lining-nums tabular-nums}
.plain .contents-leader,.plain .contents-page{visibility:hidden}
.contents li.contents-2{margin-top:${page.lineHeight * 0.55}pt;font-weight:600}
.contents-3{padding-left:1.2em;font-size:.93em}
.contents-4{padding-left:2.4em;font-size:.89em;color:#3a3733}
.contents ol > li:first-child{margin-top:0}
`;
}
