// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { passageOf, rangeOf } from '../../../../renderer/editor/reader/passageDom.ts';

/** A page as the reader draws it: a caption with its number, a line with a mention, a link and a break. */
function page(): HTMLElement {
  const root = document.createElement('div');
  const [caption, line] = [document.createElement('p'), document.createElement('p')];
  caption.dataset['line'] = '0';
  const number = document.createElement('span');
  number.dataset['extra'] = '';
  number.textContent = 'Figure 1 ';
  caption.append(number, 'Le puits');
  line.dataset['line'] = '1';
  const atom = (...inside: (Node | string)[]): HTMLElement => {
    const span = document.createElement('span');
    span.dataset['atom'] = '';
    span.append(...inside);
    return span;
  };
  const strong = document.createElement('strong');
  strong.append('gras');
  line.append('Avec ', atom('@Marcel Roy'), ' en ', strong, atom(document.createElement('br')), 'fin');
  root.append(caption, line);
  document.body.replaceChildren(root);
  return root;
}
const at = (line: number, offset: number) => ({ line, offset });

describe('the passages of the reading page', () => {
  // Line 1 is « Avec ￼ en gras￼fin »: what stands for something counts one letter.
  it.each([
    ['a word', at(0, 3), at(0, 8), 'puits'],
    ['a word behind a mention', at(1, 7), at(1, 9), 'en'],
    ['a mention, with what it says', at(1, 0), at(1, 9), 'Avec @Marcel Roy en'],
    ['words across marks and a break', at(1, 10), at(1, 18), 'grasfin'],
    ['from one line to the next', at(0, 3), at(1, 4), 'puitsAvec'],
  ])('%s is found, and known again when it is chosen', (_name, start, end, words) => {
    const root = page();
    const range = rangeOf(root, { start, end })!;
    expect(range.toString()).toBe(words);
    expect(passageOf(root, range)).toEqual({ start, end });
  });

  it('a choice that begins or ends outside the lines holds the lines that it covers', () => {
    const root = page();
    const range = document.createRange();
    range.setStart(root, 0);
    range.setEnd(root, 1);
    expect(passageOf(root, range)?.start).toEqual(at(0, 0));
    range.setEnd(root, 2);
    expect(passageOf(root, range)).toEqual({ start: at(0, 0), end: at(1, 18) });
  });

  it('a passage of a line that is not on the page is nowhere', () => {
    expect(rangeOf(page(), { start: at(7, 0), end: at(7, 2) })).toBeNull();
    expect(rangeOf(page(), { start: at(0, 0), end: at(0, 99) })).toBeNull();
  });
});
