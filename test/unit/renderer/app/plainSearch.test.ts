import { describe, expect, it } from 'vitest';
import { plainSearch } from '../../../../renderer/app/plainSearch.ts';

describe('finding a name', () => {
  it('follows the beginnings of words, whatever the accents and the order', () => {
    expect(plainSearch('Émergence des chantiers', 'chan emer')).toBe(true);
    expect(plainSearch('Œuvres du quartier', 'oeu')).toBe(true);
    expect(plainSearch('Note d’équipe', 'equi')).toBe(true);
    expect(plainSearch('Chercher dans l’histoire', 'Chercher dans l’histoire')).toBe(true);
    expect(plainSearch('Nouvelle note', 'elle')).toBe(false);
  });
});
