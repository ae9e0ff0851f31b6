import type { StyleContext } from './StyleContext.ts';

/** The opening of a note and the headings inside it. Their levels in HTML follow what the book is, so they are styled by their place below the note's title. */
export function headingStyle({ page, theme, size, leading, depth }: StyleContext): string {
  const { display, headings, small, centred, weight, quietHeadings } = theme;
  const depths = depth === 3 ? [2, 3] : [depth];
  const level = (below: number): string =>
    depths.map((one) => `.depth-${one} h${Math.min(6, one + below)}`).join();
  const sink = Math.round(page.height * 0.075);
  const middle = centred ? 'text-align:center;' : '';
  const inside = quietHeadings
    ? `${level(4)},${level(3)}{font:italic 400 1em/1.3 ${headings.stack};margin:${leading}pt 0 0}
${level(2)}{font:italic 500 1.08em/1.3 ${headings.stack};margin:${leading}pt 0 ${leading * 0.3}pt}
${level(1)}{font:500 1.16em/1.3 ${headings.stack};font-variant-caps:small-caps;letter-spacing:.03em;margin:${leading * 1.5}pt 0 ${leading / 2}pt}`
    : `${level(4)}{font:500 .86em/1.35 ${headings.stack};color:#4c4842;margin:${leading}pt 0 ${leading * 0.25}pt}
${level(3)}{font:600 .92em/1.35 ${headings.stack};margin:${leading}pt 0 ${leading * 0.25}pt}
${level(2)}{font:600 1.04em/1.3 ${headings.stack};margin:${leading}pt 0 ${leading * 0.35}pt}
${level(1)}{font:600 1.22em/1.25 ${headings.stack};margin:${leading * 1.5}pt 0 ${leading / 2}pt}`;
  return `
h1,h2,h3,h4,h5,h6{white-space:pre-wrap;font-family:${headings.stack};font-weight:600;color:#17211f;hyphens:none;text-align:left;text-wrap:balance;
break-after:avoid;break-inside:avoid;margin:0;font-variant-numeric:lining-nums}
${inside}
.note :is(h2,h3,h4,h5,h6) + :is(h3,h4,h5,h6){margin-top:${leading / 2}pt}
section.note{break-before:page}
section.note:first-of-type.alone{break-before:auto}
.note-head{margin-bottom:${leading * 2}pt;padding-top:${sink}mm;break-after:avoid;break-inside:avoid;${middle}}
.note .note-head .note-title.note-title{font:${weight} 2em/1.16 ${display.stack};letter-spacing:${quietHeadings ? '0' : '-.012em'};margin:0;${middle}}
.note-number{display:block;${middle}font:${quietHeadings ? `400 ${size * 1.3}pt/1 ${display.stack}` : `500 ${size}pt/1 ${small.stack}`};color:${quietHeadings ? 'inherit' : 'var(--accent)'};margin-bottom:${leading * 0.8}pt;letter-spacing:0}
.heading-number{font-variant-numeric:lining-nums;padding-right:.55em}
.note-meta{${quietHeadings ? `font:italic 400 ${size * 0.95}pt/${leading}pt ${small.stack}` : `font:400 .8em/1.5 ${small.stack}`};color:#6d6862;${centred ? 'text-align:center' : 'text-align:left'};margin-top:${leading * 0.6}pt;font-variant-numeric:${quietHeadings ? 'oldstyle-nums' : 'lining-nums'};text-indent:0}
.note-sheet{margin-bottom:${leading * 1.5}pt;padding:${leading / 2}pt 0;border-top:.6pt solid #cfc8bd;border-bottom:.6pt solid #cfc8bd;break-inside:avoid;text-align:left}
.sheet-definition{font:400 1.06em/1.42 ${theme.text.stack};text-indent:0;white-space:pre-line}
.note-sheet dl{margin:0}
.sheet-definition + dl{margin-top:${leading / 2}pt}
.note-sheet dl > div{display:grid;grid-template-columns:7.6em 1fr;column-gap:1em;break-inside:avoid}
.note-sheet dl > div + div{margin-top:2pt}
.note-sheet dt{font:400 .8em/${leading}pt ${small.stack};color:#6d6862;text-align:left;hyphens:none}
.note-sheet dd{margin:0;text-align:left;overflow-wrap:anywhere}
`;
}
