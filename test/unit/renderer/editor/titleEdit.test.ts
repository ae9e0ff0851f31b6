import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryPlace, oneLine, titleEdit } from '../../../../renderer/editor/title/titleEdit.ts';

function applied(text: string, edit: ReturnType<typeof titleEdit>): string {
  return edit ? text.slice(0, edit.at) + edit.inserted + text.slice(edit.at + edit.removed) : text;
}

describe('titleEdit', () => {
  it('finds one insertion, one removal, one replacement', () => {
    expect(titleEdit('Le carnet', 'Le beau carnet', 8)).toEqual({ at: 3, removed: 0, inserted: 'beau ' });
    expect(titleEdit('Le beau carnet', 'Le carnet', 3)).toEqual({ at: 3, removed: 5, inserted: '' });
    expect(titleEdit('chat', 'chut', 3)).toEqual({ at: 2, removed: 1, inserted: 'u' });
    expect(titleEdit('même', 'même', 2)).toBeNull();
  });

  it('puts a doubled letter where the caret is', () => {
    expect(titleEdit('ba', 'baa', 2)).toEqual({ at: 1, removed: 0, inserted: 'a' });
    expect(titleEdit('aa', 'aaa', 1)).toEqual({ at: 0, removed: 0, inserted: 'a' });
  });

  it('never cuts a character outside the basic plane in two', () => {
    const edit = titleEdit('a😀b', 'a😃b', 3);
    expect(edit).toEqual({ at: 1, removed: 2, inserted: '😃' });
  });

  it('always gives the next text, wherever the caret is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.nat(14),
        (now, next, caret) => {
          expect(applied(now, titleEdit(now, next, Math.min(caret, next.length)))).toBe(next);
        },
      ),
    );
  });
});

describe('carryPlace', () => {
  it('keeps the caret among its letters', () => {
    const edit = { at: 3, removed: 2, inserted: 'long' };
    expect([0, 3, 4, 5, 9].map((place) => carryPlace(place, edit))).toEqual([0, 3, 3, 7, 11]);
  });
});

describe('oneLine', () => {
  it('makes a pasted title one line', () => {
    expect(oneLine('Premier\r\nsecond\tfin')).toBe('Premier second fin');
  });
});
