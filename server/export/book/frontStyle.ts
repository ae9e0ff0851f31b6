import type { StyleContext } from './StyleContext.ts';
import { textHeight } from './pageFormat.ts';

function coverStyle({ page, theme, leading }: StyleContext): string {
  const { display, small, weight, quietHeadings } = theme;
  const reach = page.around - page.bleed;
  const wide = page.width + 2 * page.bleed;
  const high = page.height + 2 * page.bleed;
  const title = Math.round(page.width * 0.205 * 10) / 10;
  const edge = page.side * 0.78 + page.bleed;
  return `
.cover{page:cover;position:relative;width:${page.width + 2 * page.around}mm;height:${page.height + 2 * page.around - 0.2}mm;overflow:hidden;break-after:page}
.cover-sheet{position:absolute;left:${reach}mm;top:${reach}mm;width:${wide}mm;height:${high}mm;display:flex;flex-direction:column;overflow:hidden;background:#f7f4ee}
.cover-picture{position:relative;flex:1 1 0;min-height:0;margin:0;background:#e9e4da}
.cover-picture img{position:absolute;left:0;top:0;width:100%;height:100%;max-width:none;max-height:none;object-fit:cover;display:block}
.cover-text{flex:1;display:flex;flex-direction:column;padding:${page.top * 0.9 + page.bleed}mm ${edge}mm ${page.bottom * 0.8 + page.bleed}mm;min-height:0}
.cover-tinted .cover-sheet{background:var(--cover)}
.cover-tinted .cover-text,.cover-tinted .cover-text h1{color:#fff}
.cover-plain .cover-text{border-top:${Math.round(page.height * 0.022)}mm solid var(--cover)}
.cover-pictured .cover-text{flex:none;min-height:${Math.round(high * 0.44)}mm;padding-top:${page.top * 0.62}mm;border-top:2.2mm solid var(--cover)}
.cover:not(.cover-pictured) .cover-text{padding-top:${Math.round(page.height * 0.2)}mm}
.cover h1{font:${weight} ${title}pt/1.08 ${display.stack};letter-spacing:${quietHeadings ? '-.005em' : '-.02em'};text-align:left;margin:0;text-wrap:balance}
.cover-long h1{font-size:${Math.round(title * 7.2) / 10}pt;line-height:1.14}
.cover-description{font:400 ${page.fontSize * theme.size * 1.06}pt/1.42 ${theme.text.stack};text-align:left;max-width:92%;white-space:pre-line;margin-top:${leading * 0.9}pt;text-indent:0;
flex:none;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:7;overflow:hidden}
.cover-pictured .cover-description{-webkit-line-clamp:4}
.cover-foot{margin-top:auto;padding-top:${leading}pt;font:400 ${page.fontSize * 0.9}pt/1.48 ${small.stack};font-variant-numeric:lining-nums}
.cover-foot p{text-align:left;text-indent:0}
.cover-authors{font-weight:500;font-size:1.1em}
`;
}

/** What stands before the notes: cover, half-title, colophon, contents and lists, openings of parts. */
export function frontStyle(context: StyleContext): string {
  const { page, theme, size, leading } = context;
  const { display, small, centred, weight, quietHeadings } = theme;
  const middle = centred ? 'text-align:center;' : 'text-align:left;';
  const title = `font:${weight} ${Math.round(size * 1.75 * 10) / 10}pt/1.2 ${display.stack}`;
  return `${coverStyle(context)}
.half-title{page:silent;break-before:page;padding-top:${Math.round(textHeight(page) * 0.26)}mm}
.half-title p{${middle}text-indent:0}
.half-title .half-title-words{font:${weight} ${Math.round(size * 1.5 * 10) / 10}pt/1.25 ${display.stack};text-wrap:balance}
.half-title .half-title-authors{font:${quietHeadings ? 'italic ' : ''}400 ${size}pt/${leading}pt ${theme.text.stack};margin-top:${leading}pt;color:#4c4842}
.colophon{page:silent;break-before:page;height:${textHeight(page) - 1}mm;display:flex;flex-direction:column;justify-content:flex-end;font:400 ${Math.round(size * theme.smallSize * 7.8) / 10}pt/1.42 ${small.stack};font-variant-numeric:lining-nums;color:#3a3733}
.colophon p{text-align:left;text-indent:0;margin-top:${Math.round(leading * 6) / 10}pt;overflow-wrap:anywhere}
.colophon .label{display:block;color:#6d6862;font-size:.92em}
.colophon .digest{font:400 .84em/1.5 ${theme.code.stack};letter-spacing:0;word-spacing:.1em}
.colophon ul{margin:0;padding:0;list-style:none}
.part{page:silent;break-before:page;break-after:page;padding-top:${Math.round(textHeight(page) * 0.3)}mm}
.part-number{${middle}text-indent:0;font:${quietHeadings ? `400 ${size * 1.1}pt/1 ${small.stack};font-variant-caps:all-small-caps;letter-spacing:.12em` : `500 ${page.fontSize * 0.92}pt/1 ${small.stack}`};color:var(--accent);margin-bottom:${leading}pt}
.part h2{font:${weight} ${Math.round(size * 2.5 * 10) / 10}pt/1.14 ${display.stack};${middle}letter-spacing:${quietHeadings ? '0' : '-.014em'}}
.part::after{content:"";display:block;width:14mm;border-top:${quietHeadings ? '.6pt' : '1.6pt'} solid var(--accent);margin:${leading * 1.4}pt ${centred ? 'auto' : '0'} 0}

.front{break-before:page}.front.follows{break-before:auto;margin-top:${leading * 2}pt}
.alone-contents{margin-bottom:${leading}pt}
.front > h2,.back > h2{${title};${middle}margin:${Math.round(page.height * 0.045)}mm 0 ${leading * 1.8}pt}
.contents ol{list-style:none;padding:0;margin:0}
.contents li{margin:0;break-inside:avoid}
.contents a{display:block;position:relative;padding-right:3.2em;color:inherit;hyphens:none;text-align:left;text-wrap:pretty}
.contents-leader{position:absolute;left:0;right:2.5em;bottom:.42em;border-bottom:.8pt dotted #b9b2a7}
.contents-title{position:relative;background:#fff;padding-right:.45em}
.contents-page{position:absolute;right:0;bottom:0;text-align:right;font-variant-numeric:lining-nums tabular-nums;font-weight:400}
.plain .contents-leader,.plain .contents-page,.plain-pages .page-ref,.plain-pages .page-list{visibility:hidden}
.contents-part{break-after:avoid}
.contents li.contents-part{margin-top:${leading * 1.3}pt;${quietHeadings ? 'font-variant-caps:small-caps;letter-spacing:.05em;font-size:1.1em' : `font:600 .92em/${leading}pt ${small.stack};color:var(--accent)`}}
.contents-note{break-after:avoid}
.contents li.contents-note{margin-top:${leading * 0.5}pt;${quietHeadings ? '' : 'font-weight:600'}}
.contents-1{padding-left:1.2em;font-size:.93em}
.contents-2{padding-left:2.4em;font-size:.89em;color:#3a3733}
.contents-back{margin-top:${leading * 0.5}pt}
.contents ol > li:first-child{margin-top:0}
.contents-list li + li{margin-top:${leading * 0.25}pt}
`;
}
