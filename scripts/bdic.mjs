import { createHash } from 'node:crypto';

// Chromium's spelling checker reads a Hunspell dictionary (.aff and .dic) in a form of its own, "BDIC": rules as lists of
// text, words as one trie of bytes. Its description: third_party/hunspell/google/bdict.h in Chromium's sources. What is
// made here is, to the byte, what Chromium's own convert_dict makes (test/integration/electron/dictionaries.test.ts).

/** A word's first set of rules has 13 bits, all ones being "see the list"; the list has 16. */
const MAX_FIRST_AFFIX = 0x1f_fe;
const SEE_LIST = 0x1f_ff;
const END_OF_LIST = 0xff_ff;
const MAX_AFFIXES = 32;

/** @param {string} text */
const utf8 = (text) => Buffer.from(text, 'utf8');
/** @param {string} line */
const trimmed = (line) => line.trim().replace(/ {2,}/g, ' ');

/** The numbers by which words and rules name a set of flags, from 1 in the order of their appearance. */
class AffixGroups {
  /** @type {Map<string, number>} */
  #numbers = new Map();

  /** @param {string} flags */
  numberOf(flags) {
    const wanted = flags.trim();
    const known = this.#numbers.get(wanted) ?? this.#numbers.size + 1;
    this.#numbers.set(wanted, known);
    return known;
  }

  lines() {
    return [`AF ${this.#numbers.size}`, ...[...this.#numbers.keys()].map((flags) => `AF ${flags}`)];
  }
}

/**
 * @param {string} rule - a line of a prefix or a suffix: `SFX a 0 ment/S .`
 * @param {AffixGroups} groups
 */
function affixRule(rule, groups) {
  const line = trimmed(rule);
  const [kind, flag, third = '', ...rest] = line.split(' ');
  if (third === 'Y' || third === 'N') return line;
  const part = [third, ...rest].join(' ');
  const slash = part.indexOf('/');
  if (slash === -1) return line;
  const [flags = '', condition = '.'] = part.slice(slash + 1).split(' ');
  return `${kind} ${flag} ${part.slice(0, slash + 1)}${groups.numberOf(flags)} ${condition}`;
}

/**
 * Sorts the lines of an .aff file as the form keeps them.
 * @param {string} aff
 */
function readRules(aff) {
  const groups = new AffixGroups();
  /** @type {string[]} */
  const comment = [];
  /** @type {string[]} */
  const affixes = [];
  /** @type {[string, string][]} */
  const replacements = [];
  /** @type {string[]} */
  const others = [];
  let began = false;
  let isCounted = false;
  for (const raw of aff.split(/\r?\n/)) {
    if (!began && raw.startsWith('#')) comment.push(raw);
    const line = raw.startsWith('#') ? '' : raw.trim();
    if (line === '') continue;
    began = true;
    const [command = ''] = line.split(' ', 1);
    if (command === 'SET') {
      if (line !== 'SET UTF-8') throw new Error(`a dictionary in ${line.slice(4)}: only UTF-8 is read`);
    } else if (command === 'SFX' || command === 'PFX') affixes.push(affixRule(line, groups));
    else if (command === 'REP') {
      // The first one is their number.
      if (isCounted) {
        const [, from = '', ...to] = trimmed(line).split(' ');
        replacements.push([from.replaceAll('_', ' '), to.join(' ').replaceAll('_', ' ')]);
      }
      isCounted = true;
    } else if (['AF', 'IGNORE', 'COMPLEXPREFIXES'].includes(command))
      throw new Error(`the command ${command} is not converted`);
    else others.push(line);
  }
  return { groups, comment, affixes, replacements, others };
}

/**
 * @param {string} dic
 * @param {AffixGroups} groups
 * @returns {{ word: Buffer, affixes: number[] }[]} in the order of their bytes, each word once.
 */
function readWords(dic, groups) {
  /** @type {Map<string, Set<number>>} */
  const words = new Map();
  for (const raw of dic.split(/\r?\n/).slice(1)) {
    const line = raw.startsWith('#') ? '' : raw.trim();
    if (line === '') continue;
    const slash = /(?<=[^\\])\//.exec(line)?.index ?? line.length;
    const word = line.slice(0, slash).replaceAll('\\/', '/').split('\t', 1)[0] ?? '';
    const flags = line.slice(slash + 1).split('\t', 1)[0] ?? '';
    const affixes = words.get(word) ?? new Set();
    affixes.add(flags === '' ? 0 : groups.numberOf(flags));
    words.set(word, affixes);
  }
  return [...words]
    .map(([word, affixes]) => ({ word: utf8(word), affixes: [...affixes].toSorted((a, b) => b - a) }))
    .toSorted((a, b) => Buffer.compare(a.word, b.word));
}

/**
 * A node of the trie: bytes of its own, or of its children by the byte that leads to each (0: the word ends here).
 * @param {{ word: Buffer, affixes: number[] }[]} words - sorted.
 * @param {number} begin
 * @param {number} end
 * @param {number} depth - how many bytes of the words lead here.
 * @returns {{ word: Buffer, affixes: number[] } | Map<number, any>}
 */
function buildTrie(words, begin, end, depth) {
  const children = new Map();
  for (let at = begin; at < end;) {
    const one = /** @type {{ word: Buffer, affixes: number[] }} */ (words[at]);
    const byte = one.word[depth] ?? 0;
    let next = at + 1;
    while (next < end && (words[next]?.word[depth] ?? 0) === byte) next += 1;
    children.set(
      byte,
      next === at + 1
        ? { word: one.word.subarray(depth + 1), affixes: one.affixes }
        : buildTrie(words, at, next, depth + 1),
    );
    at = next;
  }
  return children;
}

/** @param {{ word: Buffer, affixes: number[] }} leaf */
function leafBytes({ word, affixes }) {
  const [first = 0] = affixes;
  const isListed = first > MAX_FIRST_AFFIX;
  const own = isListed ? SEE_LIST : first;
  const hasList = affixes.length > 1 || isListed;
  const list = hasList ? [...affixes.slice(isListed ? 0 : 1, MAX_AFFIXES), END_OF_LIST] : [];
  return Buffer.from([
    (own >> 8) | (word.length > 0 ? 0x40 : 0) | (hasList ? 0x20 : 0),
    own & 0xff,
    ...(word.length > 0 ? [...word, 0] : []),
    ...list.flatMap((affix) => [affix & 0xff, affix >> 8]),
  ]);
}

/**
 * Writes a node and what is below it. Offsets of the largest tables count from the start of the words; those of all others
 * are relative, so that children are written first.
 * @param {any} node
 * @param {number} start - where the node begins, from the start of the file.
 * @returns {Buffer}
 */
function nodeBytes(node, start) {
  if (!(node instanceof Map)) return leafBytes(node);
  const keys = [...node.keys()];
  const size = sizeOf(node);
  if (size.kind === 'list8' || size.kind === 'list16') {
    const wide = size.kind === 'list16';
    const table = Buffer.alloc(keys.length * (wide ? 3 : 2));
    const begin = start + 1 + table.length;
    /** @type {Buffer[]} */
    const parts = [];
    let offset = 0;
    for (const [index, key] of keys.entries()) {
      const at = index * (wide ? 3 : 2);
      table[at] = key;
      if (wide) table.writeUInt16LE(offset, at + 1);
      else table[at + 1] = offset;
      const bytes = nodeBytes(node.get(key), begin + offset);
      parts.push(bytes);
      offset += bytes.length;
    }
    return Buffer.concat([Buffer.from([0xe0 | (wide ? 0x10 : 0) | keys.length]), table, ...parts]);
  }
  const wide = size.kind === 'lookup32';
  const width = wide ? 4 : 2;
  const hasZero = keys[0] === 0;
  const { first, count } = range(keys);
  const table = Buffer.alloc((count + (hasZero ? 1 : 0)) * width);
  /** @type {Buffer[]} */
  const parts = [];
  let offset = 3 + table.length;
  for (const key of keys) {
    const at = key === 0 && hasZero ? 0 : (key - first + (hasZero ? 1 : 0)) * width;
    if (wide) table.writeUInt32LE(start + offset, at);
    else table.writeUInt16LE(offset, at);
    const bytes = nodeBytes(node.get(key), start + offset);
    parts.push(bytes);
    offset += bytes.length;
  }
  const kind = 0xc0 | (wide ? 2 : 0) | (hasZero ? 1 : 0);
  return Buffer.concat([Buffer.from([kind, first, count & 0xff]), table, ...parts]);
}

/** @param {number[]} keys */
function range(keys) {
  const [first = 0, ...rest] = keys[0] === 0 ? keys.slice(1) : keys;
  return { first, count: keys.at(-1) === 0 ? 0 : (rest.at(-1) ?? first) - first + 1 };
}

/** @type {WeakMap<object, { kind: string, bytes: number }>} */
const sizes = new WeakMap();

/**
 * How a node is written, and how many bytes it and what is below it are counted as. (Chromium counts a table's head as two
 * bytes though it has three: counted otherwise, some would be written otherwise.)
 * @param {any} node
 * @returns {{ kind: string, bytes: number }}
 */
function sizeOf(node) {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const made = measure(node);
  sizes.set(node, made);
  return made;
}

/** @param {any} node */
function measure(node) {
  if (!(node instanceof Map)) {
    const { word, affixes } = node;
    const isListed = affixes[0] > MAX_FIRST_AFFIX;
    const list = isListed ? affixes.length * 2 + 2 : affixes.length > 1 ? affixes.length * 2 : 0;
    return { kind: 'leaf', bytes: (word.length === 0 ? 2 : 3 + word.length) + list };
  }
  const keys = [...node.keys()];
  let below = 0;
  for (const child of node.values()) below += sizeOf(child).bytes;
  if (keys.length < 16 && below <= 0xff) return { kind: 'list8', bytes: 1 + keys.length * 2 + below };
  if (keys.length < 16 && below <= 0xff_ff) return { kind: 'list16', bytes: 1 + keys.length * 3 + below };
  const entries = range(keys).count + (keys[0] === 0 ? 1 : 0);
  if (below + 2 + entries * 2 < 0xff_ff) return { kind: 'lookup16', bytes: 2 + entries * 2 + below };
  return { kind: 'lookup32', bytes: 2 + entries * 4 + below };
}

/** @param {string[]} lines */
const list = (lines) => utf8([...lines.map((line) => `${line === '' ? ' ' : line}\0`), '\0'].join(''));

/**
 * Converts a Hunspell dictionary.
 * @param {string} aff - its rules, read as UTF-8.
 * @param {string} dic - its words.
 * @returns {Buffer} a .bdic file.
 */
export function toBdic(aff, dic) {
  const { groups, comment, affixes, replacements, others } = readRules(aff);
  const words = readWords(dic, groups);
  const header = Buffer.alloc(32);
  const affHeader = Buffer.alloc(16);
  const sections = [
    utf8(`\n${comment.map((line) => `${line}\n`).join('')}\n`),
    list(groups.lines()),
    list(affixes),
    utf8(`${replacements.map(([from, to]) => `${from}\0${to}\0`).join('')}\0`),
    list(others),
  ];
  let at = header.length + affHeader.length;
  for (const [index, section] of sections.entries()) {
    if (index > 0) affHeader.writeUInt32LE(at, (index - 1) * 4);
    at += section.length;
  }
  const trie = nodeBytes(buildTrie(words, 0, words.length, 0), at);
  const body = Buffer.concat([affHeader, ...sections, trie]);
  header.write('BDic', 'latin1');
  header.writeUInt16LE(2, 4);
  header.writeUInt32LE(header.length, 8);
  header.writeUInt32LE(at, 12);
  createHash('md5').update(body).digest().copy(header, 16);
  return Buffer.concat([header, body]);
}
