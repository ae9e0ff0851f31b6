import { describe, expect, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import {
  cutAtMentions,
  mentionAt,
  namedIn,
  writeMention,
} from '../../../../../renderer/features/threads/mentions.ts';

const person = (name: string) => ({ id: name as PersonId, kind: 'guest', name, colour: 'azur' }) as const;

describe('naming somebody in a message', () => {
  test.each([
    ['@', { text: '', from: 0 }],
    ['Bonjour @mar', { text: 'mar', from: 8 }],
    ['Voir (@Marie-Ève Cô', { text: 'Marie-Ève Cô', from: 6 }],
    ['« @Él', { text: 'Él', from: 2 }],
    ['marcel@exemple', null],
    ['@un deux trois quatre', null],
    ['@mar, ', null],
    ['rien', null],
  ])('what is being named at the end of « %s »', (text, wanted) => {
    expect(mentionAt(text, text.length)).toEqual(wanted);
  });

  test('a name takes the place of what was typed of it, and the caret stands behind it', () => {
    const text = 'Avec @mar et les autres';
    const written = writeMention(text, mentionAt(text, 9)!, 'Marcel Roy');
    expect(written).toEqual({ text: 'Avec @Marcel Roy et les autres', caret: 17 });
    expect(written.text.slice(written.caret)).toBe('et les autres');
    expect(writeMention('@m', { from: 0, text: 'm' }, 'Marcel Roy')).toEqual({
      text: '@Marcel Roy ',
      caret: 12,
    });
  });

  test('only who is still named is told; the longer of two names is the one meant', () => {
    const anne = person('Anne');
    const roy = person('Anne Roy');
    expect(namedIn('Merci @Anne !', [anne, roy])).toEqual([anne]);
    expect(cutAtMentions('Merci @Anne Roy, et @Anne.', [anne, roy])).toEqual([
      'Merci ',
      '@Anne Roy',
      ', et ',
      '@Anne',
      '.',
    ]);
    expect(cutAtMentions('Merci @Personne', [anne])).toEqual(['Merci @Personne']);
  });
});
