import { describe, expect, it } from 'vitest';
import { english, french } from '../../../../renderer/i18n/resources.ts';

/** Every sentence of a tree by its path. */
function sentences(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(at, value);
    else for (const [inner, text] of sentences(value as object, at)) found.set(inner, text);
  }
  return found;
}

const fr = sentences(french);
const en = sentences(english);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

describe('the sentences of the interface', () => {
  it('exist in French and in English under the same keys (French alone has a plural for millions)', () => {
    expect(fr.size).toBeGreaterThan(300);
    const onlyFrench = [...fr.keys()].filter((key) => !en.has(key) && !key.endsWith('_many'));
    const onlyEnglish = [...en.keys()].filter((key) => !fr.has(key));
    expect({ onlyFrench, onlyEnglish }).toEqual({ onlyFrench: [], onlyEnglish: [] });
  });

  it('put the same values in both languages', () => {
    const differing = [...en].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(fr.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('give a form for many wherever French has one and other', () => {
    const missing = [...fr.keys()].filter(
      (key) => key.endsWith('_other') && !fr.has(key.replace(/_other$/, '_many')),
    );
    expect(
      missing.filter(
        (key) =>
          key.startsWith('translation.app') ||
          key.startsWith('translation.notes') ||
          key.startsWith('translation.share'),
      ),
    ).toEqual([]);
  });

  it('write French with its apostrophe and its no-break spaces: one before a colon, as in Québec none before a question mark or a semicolon', () => {
    const wrong = [...fr].filter(
      ([, text]) => /[a-zà-ÿ]'[a-zà-ÿ]/i.test(text) || /« | »| [:;!?](\s|$)|[\u00a0\u202f][;!?]/.test(text),
    );
    expect(wrong).toEqual([]);
  });

  it('are never empty: an empty sentence is shown as its key', () => {
    expect([...fr, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('never shout', () => {
    expect([...fr, ...en].filter(([, text]) => text.includes('!'))).toEqual([]);
  });
});
