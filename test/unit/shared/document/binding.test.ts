import { Node } from '@tiptap/pm/model';
import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { alignElements } from '#shared/document/binding/alignElements.ts';
import type { NoteMapping } from '#shared/document/binding/NoteMapping.ts';
import { readFragment } from '#shared/document/binding/readElement.ts';
import { writeFragment } from '#shared/document/binding/writeElement.ts';
import * as build from '#shared/document/buildContent.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { noteSchema } from '#shared/document/schema.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import { fullBody } from './sampleBody.ts';

const nodeOf = (...blocks: BodyNode[]): Node => bodyToProseMirror({ type: 'doc', content: blocks });
const line = (...content: BodyNode[]): BodyNode => ({ type: 'paragraph', content });
const words = (text: string, ...marks: string[]): BodyNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});

function docOf(node: Node): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.transact(() => writeFragment(bodyOf(doc), node));
  return doc;
}

const read = (doc: Y.Doc): Node => readFragment(bodyOf(doc), noteSchema, new Map());

/** Writes as client 2; what was written and how many characters and elements were deleted. */
function change(doc: Y.Doc, node: Node): { letters: string; items: number; deleted: number } {
  doc.clientID = 2;
  let letters = '';
  let items = 0;
  let deleted = 0;
  doc.once('afterTransaction', (transaction: Y.Transaction) => {
    for (const struct of doc.store.clients.get(2) ?? []) {
      if (struct.id.clock < (transaction.beforeState.get(2) ?? 0)) continue;
      items += 1;
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString)
        letters += struct.content.str;
    }
    for (const ranges of transaction.deleteSet.clients.values()) for (const { len } of ranges) deleted += len;
  });
  doc.transact(() => writeFragment(bodyOf(doc), node));
  expect(read(doc).toJSON()).toEqual(node.toJSON());
  return { letters, items, deleted };
}

describe('reading and writing', () => {
  it('writes every node and mark of the schema as y-tiptap does, and reads them back', () => {
    const node = bodyToProseMirror(fullBody);
    const doc = docOf(node);
    expect(read(doc).toJSON()).toEqual(node.toJSON());
    const stock = new Y.Doc();
    prosemirrorToYXmlFragment(node, bodyOf(stock));
    expect(bodyOf(doc).toJSON()).toBe(bodyOf(stock).toJSON());
  });

  it('writes nothing where nothing differs, attributes that are lists included', () => {
    const node = bodyToProseMirror(fullBody);
    const doc = docOf(node);
    expect(change(doc, Node.fromJSON(noteSchema, node.toJSON()))).toEqual({
      letters: '',
      items: 0,
      deleted: 0,
    });
  });

  it('reads two texts of one line as one', () => {
    const doc = docOf(nodeOf(line(words('un'))));
    const paragraph = bodyOf(doc).get(0) as Y.XmlElement;
    paragraph.insert(1, [new Y.XmlText(' deux')]);
    expect(read(doc).child(0).childCount).toBe(1);
    expect(read(doc).textContent).toBe('un deux');
  });

  it.each([
    ['a script for an address', 'javascript:alert(1)'],
    ['HTML', '"><img src=x onerror=alert(1)>'],
    ['a number that would fill the memory', 1e9],
    ['a list', [1, -1, '<']],
    ['an object', { href: 'javascript:alert(1)' }],
    ['nothing', null],
  ])('shows the fallback of every attribute that came with %s, and writes nothing', (_, hostile) => {
    const doc = docOf(bodyToProseMirror(fullBody));
    const waiting: unknown[] = [...bodyOf(doc).toArray()];
    let changed = 0;
    for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
      if (type instanceof Y.XmlText) {
        for (const name of new Set(
          (type.toDelta() as { attributes?: object }[]).flatMap(({ attributes }) =>
            Object.keys(attributes ?? {}),
          ),
        )) {
          const [mark = ''] = name.split('--');
          const attributes = Object.keys(noteSchema.marks[mark]?.spec.attrs ?? {});
          type.format(0, type.length, {
            [name]: Object.fromEntries(attributes.map((key) => [key, hostile])),
          });
          changed += attributes.length;
        }
      } else if (type instanceof Y.XmlElement) {
        for (const key of Object.keys(noteSchema.nodes[type.nodeName]?.spec.attrs ?? {})) {
          type.setAttribute(key, hostile as string);
          changed += 1;
        }
        waiting.push(...type.toArray());
      }
    }
    expect(changed).toBeGreaterThan(100);
    let updates = 0;
    doc.on('update', () => (updates += 1));
    const shown = read(doc);
    expect(() => shown.check()).not.toThrow();
    expect(updates).toBe(0);
  });

  it('does not bring a mark to a line that takes none', () => {
    const doc = docOf(nodeOf({ type: 'codeBlock', content: [words('x = 1')] }));
    const code = (bodyOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    code.format(0, 1, { bold: {} });
    expect(() => read(doc).check()).not.toThrow();
    expect(read(doc).textContent).toBe('x = 1');
  });
});

describe('the smallest edit', () => {
  it('of a word', () => {
    const doc = docOf(nodeOf(build.paragraph('un deux trois'), build.paragraph('fin')));
    expect(change(doc, nodeOf(build.paragraph('un DEUX trois'), build.paragraph('fin')))).toMatchObject({
      letters: 'DEUX',
      deleted: 4,
    });
  });

  it('never parts the halves of a character', () => {
    const doc = docOf(nodeOf(build.paragraph('a👩‍🌾b')));
    change(doc, nodeOf(build.paragraph('a👨‍🌾b')));
    expect(bodyOf(doc).toJSON()).not.toContain('\ufffd');
  });

  it('of formatting across two texts', () => {
    const doc = docOf(nodeOf(line(words('un'))));
    (bodyOf(doc).get(0) as Y.XmlElement).insert(1, [new Y.XmlText(' deux')]);
    expect(change(doc, nodeOf(line(words('u'), words('n de', 'bold'), words('ux'))))).toMatchObject({
      letters: '',
      deleted: 0,
    });
    change(doc, nodeOf(line(words('un deux', 'italic'))));
    change(doc, nodeOf(line(words('un deux'))));
  });

  it('of a sign put between words, and taken away', () => {
    const doc = docOf(nodeOf(line(words('une longue phrase'))));
    const broken = nodeOf(line(words('une'), { type: 'hardBreak' }, words(' longue phrase')));
    expect(change(doc, broken).letters).toBe('une');
    const again = nodeOf(line(words('une longue phrase')));
    expect(change(doc, again).deleted).toBe(1);
  });

  it('of a block put in, taken out, moved', () => {
    const blocks = ['un', 'deux', 'trois', 'quatre'].map((text) => build.paragraph(text));
    const [one, two, three, four] = blocks as [BodyNode, BodyNode, BodyNode, BodyNode];
    const doc = docOf(nodeOf(one, two, three, four));
    expect(change(doc, nodeOf(one, two, build.paragraph('neuf'), three, four)).letters).toBe('neuf');
    expect(change(doc, nodeOf(one, two, three, four)).letters).toBe('');
    expect(bodyOf(doc).length).toBe(4);
  });

  it('keeps a paragraph that goes on below a new one', () => {
    const doc = docOf(nodeOf(build.paragraph('une phrase'), build.paragraph('fin')));
    const edit = change(
      doc,
      nodeOf(build.paragraph(''), build.paragraph('une phrase'), build.paragraph('fin')),
    );
    expect(edit).toMatchObject({ letters: '', deleted: 0 });
  });
});

describe('alignElements', () => {
  const paragraphs = (...texts: string[]): Node[] =>
    texts.map((text) => nodeOf(build.paragraph(text)).child(0));

  it('pairs untouched nodes whatever was put between them, in reading order', () => {
    const [a, b, c, d] = paragraphs('a', 'b', 'c', 'd') as [Node, Node, Node, Node];
    expect(alignElements([a, b, c, d], [d, a, c, b]).length).toBeGreaterThan(2);
    expect(alignElements([a, b, c, d], [d, a, c, b])).toContainEqual([0, 1]);
    expect(alignElements([a, b, c], [a, c])).toEqual([
      [0, 0],
      [2, 1],
    ]);
    expect(alignElements([], [a])).toEqual([]);
  });

  it('pairs an edited node with the most alike', () => {
    const before = paragraphs('bonjour le monde', 'autre chose');
    const after = paragraphs('tout à fait neuf', 'bonjour le grand monde', 'autre chose entière');
    expect(alignElements(before, after)).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('never pairs nodes of two kinds', () => {
    const [paragraph] = paragraphs('a') as [Node];
    const heading = nodeOf({ type: 'heading', attrs: { level: 1 }, content: [words('a')] }).child(0);
    expect(alignElements([paragraph], [heading])).toEqual([]);
  });

  it('goes through thousands of blocks that all changed', () => {
    const many = (text: string) => paragraphs(...Array.from({ length: 1_000 }, (_, at) => `${text} ${at}`));
    expect(alignElements(many('avant'), many('après')).length).toBe(1_000);
  });
});

describe('the mapping', () => {
  it('holds the nodes that were read, each where it stands', () => {
    const doc = docOf(bodyToProseMirror(fullBody));
    const mapping: NoteMapping = new Map();
    const node = readFragment(bodyOf(doc), noteSchema, mapping);
    expect(mapping.get(bodyOf(doc).get(0) as Y.AbstractType<unknown>)).toBe(node.child(0));
    expect(readFragment(bodyOf(doc), noteSchema, mapping).child(0)).toBe(node.child(0));
  });
});
