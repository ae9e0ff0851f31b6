import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { MalformedError } from '#shared/protocol/StrictReader.ts';
import { InvalidContentError } from '#server/room/update/InvalidContentError.ts';
import { MissingStructsError, parseUpdate, readDeleteSetAt } from '#server/room/update/parseUpdate.ts';
import { newRandom } from '../../../../support/random.ts';
import { randomEdit } from '../../../../integration/convergence/randomEdit.ts';

const limits = { maxStringBytes: 256 * 1024 };

/** The updates of some editing by two people, and the state at its end. */
function story(seed: number): { updates: Uint8Array[]; state: Uint8Array } {
  const random = newRandom(seed);
  const docs = [new Y.Doc(), new Y.Doc()];
  docs.forEach((doc, index) => (doc.clientID = 1000 + index));
  const updates: Uint8Array[] = [];
  for (const doc of docs) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      updates.push(update);
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, update, 'other');
    });
  }
  for (let step = 0; step < 60; step++) randomEdit(random.pick(docs), random);
  return { updates, state: Y.encodeStateAsUpdate(docs[0] as Y.Doc) };
}

/** The last update of a document in which this was done. */
function lastUpdate(change: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('texte')]);
  doc.getXmlFragment('body').insert(0, [paragraph]);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => change(doc));
  return updates.at(-1) as Uint8Array;
}

const paragraphOf = (doc: Y.Doc) => doc.getXmlFragment('body').get(0) as Y.XmlElement;
const textOf = (doc: Y.Doc) => paragraphOf(doc).get(0) as Y.XmlText;

test.each<[string, string, (doc: Y.Doc) => void]>([
  ['text', 'none', (doc) => textOf(doc).insert(0, 'x')],
  ['a deletion', 'none', (doc) => doc.getXmlFragment('body').delete(0, 1)],
  ['an element', 'some', (doc) => doc.getXmlFragment('body').push([new Y.XmlElement('callout')])],
  ['a mark', 'some', (doc) => textOf(doc).format(0, 2, { bold: {} })],
  [
    'a mark of which several may overlap',
    'some',
    (doc) => textOf(doc).format(0, 2, { 'commentAnchor--abcdefgh': {} }),
  ],
  ['an attribute', 'some', (doc) => paragraphOf(doc).setAttribute('align', 'center')],
  ['an entry of a map', 'some', (doc) => doc.getMap('entries').set('a', 1)],
  [
    'an element without a name in the schema',
    'unknown',
    (doc) => doc.getXmlFragment('body').push([new Y.XmlElement('hologram'), new Y.XmlElement('paragraph')]),
  ],
  ['a mark without one', 'unknown', (doc) => textOf(doc).format(0, 2, { glow: {} })],
  ['something embedded in text', 'unknown', (doc) => textOf(doc).insertEmbed(0, { image: 'x' })],
])('%s gives the tree %s risk', (_, risk, change) => {
  expect(parseUpdate(lastUpdate(change), limits).risk).toBe(risk);
});

test('reads every update that Yjs writes, with the clocks and deletions that Yjs reads in it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const { updates, state } = story(seed);
      for (const update of [...updates, state, Y.mergeUpdates(updates)]) {
        const parsed = parseUpdate(update, limits);
        const { from, to } = Y.parseUpdateMeta(update);
        expect(parsed.sections.map(({ client, from: a, to: b }) => [client, a, b])).toEqual(
          [...from].map(([client, clock]) => [client, clock, to.get(client)]),
        );
        const deletes = [...Y.decodeUpdate(update).ds.clients].flatMap(([client, ranges]) =>
          ranges.flatMap(({ clock, len }) => [client, clock, clock + len]),
        );
        expect(parsed.deletes).toEqual(deletes);
        expect(readDeleteSetAt(update, parsed.deleteSetAt)).toEqual(deletes);
      }
    }),
    { numRuns: 30 },
  );
});

/** What the parser says of bytes: the name of its refusal, or 'accepted'. */
function verdict(bytes: Uint8Array): string {
  try {
    parseUpdate(bytes, limits);
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

const verdicts = ['accepted', MalformedError.name, InvalidContentError.name, MissingStructsError.name];

/** Null, or what Yjs said of bytes that it could not read. */
function yjsError(bytes: Uint8Array): string | null {
  try {
    Y.applyUpdate(new Y.Doc(), bytes);
    return null;
  } catch (error) {
    return String(error);
  }
}

test('whatever bytes come, it answers or refuses, and what it accepts Yjs can read', () => {
  const { updates } = story(7);
  const damage = fc.record({
    update: fc.constantFrom(...updates),
    at: fc.nat(200),
    to: fc.nat(255),
    cut: fc.option(fc.nat(200), { nil: 1000 }),
  });
  fc.assert(
    fc.property(damage, ({ update, at, to, cut }) => {
      const bytes = update.slice(0, cut);
      if (at < bytes.length) bytes[at] = to;
      const said = verdict(bytes);
      expect(verdicts).toContain(said);
      expect(said === 'accepted' ? yjsError(bytes) : null).toBeNull();
    }),
    { numRuns: 3_000 },
  );
});

test('random bytes are answered or refused, never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
      expect(verdicts).toContain(verdict(bytes));
    }),
    { numRuns: 3_000 },
  );
});

test('deletions that touch are read as one, of each client', () => {
  // No structs; two clients: 1 deletes 0–3, 3–5 and 7–8, 2 deletes 8–9.
  const bytes = Uint8Array.of(0, 2, 1, 3, 0, 3, 3, 2, 7, 1, 2, 1, 8, 1);
  expect(parseUpdate(bytes, limits).deletes).toEqual([1, 0, 5, 1, 7, 8, 2, 8, 9]);
});

test('what an update builds on is known from its bytes', () => {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getText('t').insert(0, 'abc');
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  other.clientID = 2;
  const before = Y.encodeStateVector(other);
  other.getText('t').insert(1, 'x');
  const parsed = parseUpdate(Y.encodeStateAsUpdate(other, before), limits);
  expect([...parsed.needs]).toEqual([[1, 1]]);
});

test.each(['__proto__', 'constructor', 'prototype'])(
  'the name %s is refused wherever a name can stand',
  (name) => {
    const inner = JSON.parse(`{"${name}": 1}`) as object;
    const places: ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getMap('map').set(name, 1),
      (doc) => doc.getMap('map').set('a', [{ b: inner }]),
      (doc) => doc.getText('t').insert(0, 'a', { [`${name}`]: true }),
      (doc) => doc.getText('t').insert(0, 'a', { bold: inner }),
      (doc) => doc.getText('t').insertEmbed(0, inner),
      (doc) => doc.getXmlFragment('x').insert(0, [new Y.XmlElement(name)]),
    ];
    const said = places.map((write) => {
      const doc = new Y.Doc();
      write(doc);
      const update = Y.encodeStateAsUpdate(doc);
      // Yjs itself leaves some of these names out.
      return Buffer.from(update).includes(name) ? verdict(update) : 'not written';
    });
    expect(said.filter((one) => one === InvalidContentError.name).length).toBeGreaterThanOrEqual(5);
    expect(said).not.toContain('accepted');
  },
);
