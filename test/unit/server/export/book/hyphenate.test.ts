import { describe, expect, it } from 'vitest';
import { hyphenateHtml, hyphenateText } from '#server/export/book/hyphenate.ts';

const visible = (text: string): string => text.replaceAll('\u00ad', '|');

describe('hyphenation', () => {
  it('breaks French words where French does, at three letters from either end at least', () => {
    expect(visible(hyphenateText('coopérative accompagnement bibliothèque', 'fr'))).toBe(
      'coopé|ra|tive accom|pa|gne|ment biblio|thèque',
    );
    for (const word of ['organisation', 'apprentissages', 'développement', 'extraordinaire'])
      for (const part of [hyphenateText(word, 'fr').split('\u00ad')]) {
        expect(part.length).toBeGreaterThan(1);
        expect([part[0]?.length ?? 0, part.at(-1)?.length ?? 0].every((length) => length >= 3)).toBe(true);
      }
  });

  it('breaks English words by other rules', () => {
    expect(visible(hyphenateText('hyphenation', 'en'))).toBe('hyphen|ation');
  });

  it('leaves short words, acronyms and other languages whole', () => {
    expect(hyphenateText('table UNESCO', 'fr')).toBe('table UNESCO');
    expect(hyphenateText('Zusammenarbeit', 'de')).toBe('Zusammenarbeit');
  });

  it('treats the parts of elided and inclusive forms as words', () => {
    expect(visible(hyphenateText('l’environnement des participant·es', 'fr'))).toContain('l’envi');
    expect(visible(hyphenateText('d’auteur·trice', 'fr'))).not.toMatch(/·\||\|·|’\|/);
  });

  it('changes text and never tags, references, code, formulas or headings', () => {
    const html =
      '<h2 id="organisation">organisation</h2><p title="organisation">une organisation &amp; <code>organisation</code></p>' +
      '<math><mi>organisation</mi></math><p>organisation<br>organisation</p>';
    expect(visible(hyphenateHtml(html, 'fr'))).toBe(
      '<h2 id="organisation">organisation</h2><p title="organisation">une orga|ni|sa|tion &amp; <code>organisation</code></p>' +
        '<math><mi>organisation</mi></math><p>orga|ni|sa|tion<br>orga|ni|sa|tion</p>',
    );
  });

  it('follows the language of each passage', () => {
    expect(
      visible(hyphenateHtml('<p>hyphenation <span lang="en">hyphenation</span> hyphenation</p>', 'de')),
    ).toBe('<p>hyphenation <span lang="en">hyphen|ation</span> hyphenation</p>');
  });
});
