import { describe, expect, it } from 'vitest';
import { inclusiveForms } from '#server/indexer/inclusiveForms.ts';
import { makeSnippet } from '#server/indexer/makeSnippet.ts';

describe('inclusiveForms', () => {
  it.each([
    ['auteur·trice', 'auteur autrice'],
    ['L’auteur·trice·s', 'auteur auteurs autrice autrices'],
    ['acteurs.trices', 'acteur acteurs actrice actrices'],
    ['engagé.e.s', 'engage engages engagee engagees'],
    ['étudiant(e)s', 'etudiant etudiants etudiante etudiantes'],
    ['étudiant-e', 'etudiant etudiante'],
    ['chercheurs.euses', 'chercheur chercheurs chercheuse chercheuses'],
    ['chercheur·se', 'chercheur chercheuse'],
    ['heureux·euse', 'heureux heureuse'],
    ['citoyen·ne·s', 'citoyen citoyens citoyenne citoyennes'],
    ['citoyens.nes', 'citoyen citoyens citoyenne citoyennes'],
    ['professionnel·le', 'professionnel professionnelle'],
    ['lecteur·rice·s', 'lecteur lecteurs lectrice lectrices'],
    ['auteur·ice', 'auteur autrice'],
    ['premier·ère', 'premier premiere'],
    ['tou·te·s', 'tou tous toute toutes'],
    ['tous.tes', 'tou tous toute toutes'],
    ['voisin·e·s', 'voisin voisins voisine voisines'],
    ['créatif·ve', 'creatif creative'],
    ['nouveau·elle', 'nouveau nouvelle'],
    ['sociaux·ales', 'sociaux sociale sociales'],
    ['acteur(-trice)s', 'acteur acteurs actrice actrices'],
  ])('%s gives %s', (written, forms) => {
    expect(inclusiveForms(written)).toBe(forms);
  });

  it.each([
    'porte-monnaie',
    'prends-le',
    'exemple.com',
    'La fin. Le début',
    'M.-O. Tremblay',
    'vingt-trois',
    'dit-elle',
  ])('%s is not an inclusive word', (written) => {
    expect(inclusiveForms(written)).toBe('');
  });
});

describe('makeSnippet', () => {
  it('marks the words found, whatever their accents, and an inclusive word by any of its forms', () => {
    expect(makeSnippet('Les   étudiantes et l’auteur·trice du cœur', 'etudiante autrice coeur')).toBe(
      'Les étudiantes et l’\u0001auteur·trice\u0002 du \u0001cœur\u0002',
    );
  });

  it('begins near the first match of a long text, at a word', () => {
    const snippet = makeSnippet(`${'mot '.repeat(200)}repère ${'fin '.repeat(200)}`, 'repère');
    expect(snippet).toMatch(/^… (mot )+\u0001repère\u0002( fin)+ …$/);
    expect(snippet.length).toBeLessThan(220);
  });
});
