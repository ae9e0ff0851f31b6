import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import {
  requiredSchemaVersion,
  scanFragment,
  scanTransaction,
  scanUpdate,
  type UnknownContent,
} from '#shared/document/unknownContent.ts';
import { contentToUpdate } from '#shared/document/writeContent.ts';
import { fullBody } from './sampleBody.ts';

function fullDoc(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, contentToUpdate({ title: 'Essai', body: fullBody, language: 'fr' }, 7));
  return doc;
}

function firstElement(doc: Y.Doc, name: string): Y.XmlElement {
  const found = [
    ...bodyOf(doc).createTreeWalker((one) => one instanceof Y.XmlElement && one.nodeName === name),
  ][0];
  if (!(found instanceof Y.XmlElement)) throw new Error(`no ${name}`);
  return found;
}

function element(name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name);
  made.insert(0, children);
  return made;
}

/** Each change with what must be found in it. */
const changes: readonly [string, (doc: Y.Doc) => void, UnknownContent[]][] = [
  ['a known paragraph', (doc) => bodyOf(doc).push([element('paragraph', new Y.XmlText('bonjour'))]), []],
  ['an unknown node', (doc) => bodyOf(doc).push([element('hologram')]), [{ kind: 'node', name: 'hologram' }]],
  [
    'an unknown node inside new known ones',
    (doc) => bodyOf(doc).push([element('blockquote', element('callout', element('hologram')))]),
    [{ kind: 'node', name: 'hologram' }],
  ],
  [
    'an unknown mark on old text',
    (doc) => (firstElement(doc, 'paragraph').get(0) as Y.XmlText).format(0, 2, { sparkle: { a: 1 } }),
    [{ kind: 'mark', name: 'sparkle' }],
  ],
  [
    'an unknown mark of the kind that may overlap',
    (doc) => (firstElement(doc, 'paragraph').get(0) as Y.XmlText).format(0, 2, { 'sparkle--AbCdEf0=': {} }),
    [{ kind: 'mark', name: 'sparkle' }],
  ],
  [
    'a known mark of the kind that may overlap',
    (doc) =>
      (firstElement(doc, 'paragraph').get(0) as Y.XmlText).format(0, 2, { 'commentAnchor--AbCdEf0=': {} }),
    [],
  ],
  [
    'an unknown attribute',
    (doc) => firstElement(doc, 'heading').setAttribute('glow', '1'),
    [{ kind: 'attribute', name: 'heading.glow' }],
  ],
  [
    'an object inside text',
    (doc) => (firstElement(doc, 'paragraph').get(0) as Y.XmlText).insertEmbed(0, { a: 1 }),
    [{ kind: 'node', name: '(embed)' }],
  ],
  [
    'a hook',
    (doc) => bodyOf(doc).push([new Y.XmlHook('x') as unknown as Y.XmlText]),
    [{ kind: 'node', name: '(hook)' }],
  ],
  [
    'a known node where it cannot be',
    (doc) => bodyOf(doc).push([element('table', element('paragraph'))]),
    [{ kind: 'structure', name: 'table>paragraph' }],
  ],
  [
    'text outside a paragraph',
    (doc) => bodyOf(doc).push([new Y.XmlText('x')]),
    [{ kind: 'structure', name: 'doc>text' }],
  ],
  [
    'a name of the language itself',
    (doc) => bodyOf(doc).push([element('constructor')]),
    [{ kind: 'node', name: 'constructor' }],
  ],
  [
    'an unknown node taken away again',
    (doc) => {
      bodyOf(doc).push([element('hologram')]);
      bodyOf(doc).delete(bodyOf(doc).length - 1, 1);
    },
    [],
  ],
];

describe('the search for unknown content', () => {
  it('finds nothing in a document that holds the whole schema', () => {
    const doc = fullDoc();
    expect(scanFragment(bodyOf(doc))).toEqual([]);
    expect(scanUpdate(Y.encodeStateAsUpdate(doc))).toEqual([]);
    expect(requiredSchemaVersion(Y.encodeStateAsUpdate(doc))).toBe(1);
  });

  it.each(changes)(
    'sees %s in the document and in the transaction that brings it',
    (_name, change, expected) => {
      const sender = fullDoc();
      const receiver = fullDoc();
      const found: UnknownContent[][] = [];
      bodyOf(receiver);
      receiver.on('beforeObserverCalls', (transaction: Y.Transaction) =>
        found.push(scanTransaction(bodyOf(receiver), transaction)),
      );
      const before = Y.encodeStateVector(sender);
      sender.transact(() => change(sender));
      Y.applyUpdate(receiver, Y.encodeStateAsUpdate(sender, before));
      // Yjs may tidy formatting in a second transaction.
      expect(found.flat()).toEqual(expected);
      expect(scanFragment(bodyOf(receiver))).toEqual(expected);
    },
  );

  it('sees an unknown node that comes in an update alone, and asks for a newer version', () => {
    const doc = fullDoc();
    const before = Y.encodeStateVector(doc);
    doc.transact(() => {
      bodyOf(doc).push([element('hologram')]);
      (firstElement(doc, 'paragraph').get(0) as Y.XmlText).format(0, 2, { sparkle: {} });
    });
    const update = Y.encodeStateAsUpdate(doc, before);
    expect(scanUpdate(update).sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { kind: 'node', name: 'hologram' },
      { kind: 'mark', name: 'sparkle' },
    ]);
    expect(requiredSchemaVersion(update)).toBe(null);
  });

  it('looks only at the body', () => {
    const doc = fullDoc();
    const found: UnknownContent[][] = [];
    doc.on('beforeObserverCalls', (transaction: Y.Transaction) =>
      found.push(scanTransaction(bodyOf(doc), transaction)),
    );
    doc.getText('title').insert(0, 'Nouveau ', { sparkle: {} });
    doc.getXmlFragment('elsewhere').push([element('hologram')]);
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(found.flat()).toEqual([]);
  });
});

it('a value that is no shared type is found when it arrives, as it is in a scan of the whole', () => {
  const doc = new Y.Doc();
  const body = bodyOf(doc);
  const found: unknown[] = [];
  doc.on('beforeObserverCalls', (transaction) => found.push(...scanTransaction(body, transaction)));
  body.insert(0, ['a value' as unknown as Y.XmlText]);
  expect(found).toEqual([{ kind: 'node', name: '(hook)' }]);
  expect(scanFragment(body)).toEqual(found);
});
