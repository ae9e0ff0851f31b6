import { describe, expect, it } from 'vitest';
import { markLoose } from '#server/export/book/artifacts.ts';

const head = [
  'BT',
  '/F9 16 Tf',
  '1 0 0 -1 75 43 Tm',
  '<002b> Tj',
  '/Span<</ActualText <FEFF2019> >> BDC',
  '5 0 Td <0161> Tj',
  'EMC',
  'ET',
];
const foot = ['BT', '1 0 0 -1 184 535 Tm', '<0017> Tj', 'ET'];
const text = ['/NonStruct <</MCID 0 >>BDC', 'BT', '/F4 24 Tf', '<0037> Tj', 'ET', 'EMC'];
const ground = ['1 1 1 rg', '0 0 10 10 re', 'f'];
const page = [
  'q',
  '3 0 0 3 0 0 cm',
  ...head,
  ...foot,
  'Q',
  'q',
  '0 0 10 10 re',
  'W* n',
  ...ground,
  ...text,
  'Q',
];

describe('what a page draws beside its text', () => {
  it('is marked as no content, each piece whole; the text is left as it is', () => {
    expect(markLoose(page.join('\n'), false, 300).split('\n')).toEqual([
      'q',
      '3 0 0 3 0 0 cm',
      '/Artifact BMC',
      ...head,
      'EMC',
      '/Artifact BMC',
      ...foot,
      'EMC',
      'Q',
      'q',
      '/Artifact BMC',
      '0 0 10 10 re',
      'W* n',
      ...ground,
      'EMC',
      ...text,
      'Q',
    ]);
  });

  it('loses its running head on the first page of a chapter, but not the number of the page nor the font that follows', () => {
    const marked = markLoose(page.join('\n'), true, 300).split('\n');
    expect(marked).not.toContain('<002b> Tj');
    expect(marked).not.toContain('5 0 Td <0161> Tj');
    expect(marked).toContain('/F9 16 Tf');
    expect(marked).toContain('<0017> Tj');
    expect(marked.filter((line) => /B[DM]C$/.test(line)).length).toBe(
      marked.filter((line) => line === 'EMC').length,
    );
  });

  it('sets the lines between the cells of a table aside, but no text of the cells', () => {
    const lines = [
      '/Table <</MCID 0 >>BDC',
      '0 0 10 1 re',
      'f',
      'EMC',
      '/TD <</MCID 1 >>BDC',
      'BT',
      '<0001> Tj',
      'ET',
      'EMC',
    ];
    expect(markLoose(lines.join('\n'), false, 300).split('\n')).toEqual(['/Artifact BMC', ...lines.slice(1)]);
  });
});
