import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { dictionaries } from '../../../electron/main/spelling.ts';
import { toBdic } from '../../../scripts/bdic.mjs';
import { DICTIONARIES } from '../../../scripts/dictionaries.mjs';

const packages = path.resolve(import.meta.dirname, '../../../node_modules');
const read = (source: string, name: string) => readFileSync(path.join(packages, source, name), 'utf8');

/**
 * Looks a word up as Chromium does (third_party/hunspell/google/bdict_reader.cc), written apart from what writes.
 * @returns the numbers of its sets of rules; null for a word that is not there.
 */
function lookUp(file: Buffer, word: string): number[] | null {
  const bytes = [...Buffer.from(word), 0];
  const start = file.readUInt32LE(12);
  let at = start;
  for (let index = 0; ; index += 1) {
    const kind = file[at] ?? 0;
    if ((kind & 0x80) === 0) {
      let end = at + 2;
      const first = ((kind & 0x1f) << 8) | (file[at + 1] ?? 0);
      const rest = bytes.slice(index, -1);
      if ((kind & 0x40) !== 0) {
        const own = file.subarray(end, file.indexOf(0, end));
        if (!own.equals(Buffer.from(rest))) return null;
        end += own.length + 1;
      } else if (rest.length > 0) return null;
      const affixes = first === 0x1fff ? [] : [first];
      if ((kind & 0x20) !== 0)
        for (let next = file.readUInt16LE(end); next !== 0xffff; next = file.readUInt16LE((end += 2)))
          affixes.push(next);
      return affixes;
    }
    const byte = bytes[index] ?? 0;
    if ((kind & 0xe0) === 0xe0) {
      const wide = (kind & 0x10) !== 0;
      const size = wide ? 3 : 2;
      const count = kind & 0x0f;
      const entry = Array.from({ length: count }, (_none, item) => at + 1 + item * size).find(
        (place) => file[place] === byte,
      );
      if (entry === undefined) return null;
      at = at + 1 + count * size + (wide ? file.readUInt16LE(entry + 1) : (file[entry + 1] ?? 0));
      continue;
    }
    const wide = (kind & 2) !== 0;
    const hasZero = (kind & 1) !== 0;
    const place = byte === 0 && hasZero ? 0 : byte - (file[at + 1] ?? 0) + (hasZero ? 1 : 0);
    if (
      byte === 0 ? !hasZero : byte < (file[at + 1] ?? 0) || byte - (file[at + 1] ?? 0) >= (file[at + 2] ?? 0)
    )
      return null;
    const offset = wide ? file.readUInt32LE(at + 3 + place * 4) : file.readUInt16LE(at + 3 + place * 2);
    if (offset === 0) return null;
    at = wide ? offset : at + offset;
  }
}

const made = new Map<string, Buffer>();
beforeAll(() => {
  for (const { source, file } of DICTIONARIES)
    made.set(file, toBdic(read(source, 'index.aff'), read(source, 'index.dic')));
});
const french = () => made.get(dictionaries.fr.file) ?? Buffer.alloc(0);

it('[R254] makes the files that the application looks for', () => {
  expect([...made.keys()].toSorted()).toEqual(
    Object.values(dictionaries)
      .map(({ file }) => file)
      .toSorted(),
  );
});

it('makes, to the byte, what Chromium’s own convert_dict made of the same words', () => {
  // `qwebengine_convert_dict index.dic x.bdic` of Debian's qt6-webengine-dev-tools 6.4.2, on the two packages at the versions of the lock file.
  const digests = [...made.values()].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  expect(digests).toEqual([
    '3ed73f22c697c1968310989003e52fedacb649906aade967035596654d9782ae',
    '4917e42143eacb99acad42d757841c6a44e99d0f7e3e6cf24685d46d49445cde',
  ]);
});

it('finds every word of the French dictionary, and none beside', () => {
  const words = new Set(
    read('dictionary-fr', 'index.dic')
      .split('\n')
      .slice(1)
      .flatMap((line) => (line === '' ? [] : [line.split(/[/\t]/, 1)[0] ?? ''])),
  );
  expect(words.size).toBeGreaterThan(80_000);
  expect([...words].filter((word) => lookUp(french(), word) === null)).toEqual([]);
  for (const wrong of ['orthografe', 'caarnet', 'écrirre', 'zzz', 'Québecc', 'a'.repeat(40)])
    expect([wrong, words.has(wrong) ? 'a word' : lookUp(french(), wrong)]).toEqual([wrong, null]);
});

it('keeps the rules of a word, and both of one that stands twice', () => {
  const file = toBdic('SET UTF-8\nSFX s Y 1\nSFX s 0 s .\n', '4\nnote/s\nnote/x\ncarnet/s\nà\n');
  const groups = file.toString('latin1').match(/AF \w+(?=\0)/g);
  expect(groups).toEqual(['AF 2', 'AF s', 'AF x']);
  expect(['note', 'carnet', 'à', 'not', 'notes'].map((word) => lookUp(file, word))).toEqual([
    [2, 1],
    [1],
    [0],
    null,
    null,
  ]);
});

it('refuses what it would convert wrongly', () => {
  expect(() => toBdic('SET ISO8859-1\n', '0\n')).toThrow('only UTF-8');
  expect(() => toBdic('SET UTF-8\nIGNORE a\n', '0\n')).toThrow('IGNORE');
});
