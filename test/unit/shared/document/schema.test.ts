import { getSchema } from '@tiptap/core';
import type { Attrs } from '@tiptap/pm/model';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readFragment } from '#shared/document/binding/readElement.ts';
import { bodyOf } from '#shared/document/fields.ts';
import { fillWithParagraph } from '#shared/document/firstParagraph.ts';
import { elementNames, isLeafName, markNames } from '#shared/document/names.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { introducedIn, noteExtensions, noteExtensionsWith, noteSchema } from '#shared/document/schema.ts';
import { bodyToProseMirror, contentToUpdate, repairBody } from '#shared/document/writeContent.ts';
import { fullBody } from './sampleBody.ts';

const types = [...Object.values(noteSchema.nodes), ...Object.values(noteSchema.marks)];
const attributes = types.flatMap((type) =>
  Object.entries(type.spec.attrs ?? {}).map(([name, spec]) => ({
    owner: type.name,
    name,
    spec: spec as Attrs,
  })),
);

it('has the names that the relay reads updates by', () => {
  const nodes = Object.keys(noteSchema.nodes).filter((name) => name !== 'doc' && name !== 'text');
  expect([...elementNames].sort()).toEqual(nodes.sort());
  expect([...markNames].sort()).toEqual(Object.keys(noteSchema.marks).sort());
  expect(nodes.filter(isLeafName).sort()).toEqual(
    nodes.filter((name) => noteSchema.nodes[name]!.isLeaf).sort(),
  );
});

function throws(spec: Attrs, value: unknown): boolean {
  try {
    (spec['validate'] as (value: unknown) => void)(value);
    return false;
  } catch (error) {
    return error instanceof RangeError;
  }
}

function elementsBelow(parent: Y.XmlFragment | Y.XmlElement): Y.XmlElement[] {
  return parent
    .toArray()
    .flatMap((child) => (child instanceof Y.XmlElement ? [child, ...elementsBelow(child)] : []));
}

function storedDoc(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, contentToUpdate({ title: 'Essai', body: fullBody, language: 'fr' }, 7));
  return doc;
}

describe('the schema', () => {
  it('is loaded without a DOM', () => {
    expect('document' in globalThis).toBe(false);
    expect(Object.keys(noteSchema.nodes).length).toBeGreaterThan(30);
  });

  it('has a fallback and a validate on every attribute, and the fallback passes', () => {
    expect(attributes.length).toBeGreaterThan(100);
    const wrong = attributes.filter(
      ({ spec }) => spec['default'] === undefined || throws(spec, spec['default']),
    );
    expect(wrong).toEqual([]);
  });

  it('refuses on every attribute a value of a type that it never has', () => {
    const lenient = attributes.filter(({ spec }) => !throws(spec, { toString: () => 'x' }));
    expect(lenient).toEqual([]);
  });

  it('keeps every node valid when all its children are gone', () => {
    const blocks = Object.values(noteSchema.nodes).filter((type) => !type.isText);
    expect(
      blocks.filter((type) => !type.contentMatch.validEnd || /[+?{]/.test(type.spec.content ?? '')),
    ).toEqual([]);
    for (const type of blocks) type.create(null).check();
  });

  it('gives back, through a shared document, what was put in: every node and every mark', () => {
    const doc = storedDoc();
    const before = bodyToProseMirror(fullBody);
    const used = new Set<string>();
    before.descendants((node) => {
      used.add(node.type.name);
      for (const mark of node.marks) used.add(mark.type.name);
    });
    const all = types.map((type) => type.name).filter((name) => name !== 'doc');
    expect([...used].sort()).toEqual(all.sort());

    const read = yDocToNoteContent(doc);
    expect(bodyToProseMirror(read.body).toJSON()).toEqual(before.toJSON());
    expect([read.title, read.language]).toEqual(['Essai', 'fr']);
  });

  it('is bound by the editor without one byte written back', () => {
    const doc = storedDoc();
    let updates = 0;
    doc.on('update', () => (updates += 1));
    const bound = readFragment(bodyOf(doc), noteSchema, new Map());
    expect(bound.toJSON()).toEqual(bodyToProseMirror(fullBody).toJSON());
    expect(updates).toBe(0);
  });

  it('stays bound when a block lost all its children to concurrent changes', () => {
    const doc = storedDoc();
    const elements = elementsBelow(bodyOf(doc));
    for (const element of elements.reverse()) {
      element.delete(0, element.length);
      let updates = 0;
      doc.on('update', () => (updates += 1));
      readFragment(bodyOf(doc), noteSchema, new Map());
      expect({ element: element.nodeName, updates }).toEqual({ element: element.nodeName, updates: 0 });
    }
  });

  it('puts fallbacks where stored attributes are not allowed', () => {
    const repaired = repairBody({
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 9, numbered: 'no', label: '<b>' } },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
          ],
        },
      ],
    });
    expect(repaired).toEqual({
      type: 'doc',
      content: [
        { type: 'heading' },
        { type: 'paragraph', content: [{ type: 'text', text: 'a', marks: [{ type: 'link' }] }] },
      ],
    });
    expect(bodyToProseMirror(repaired).firstChild?.attrs['level']).toBe(1);
  });

  it('lets commands create blocks with a paragraph in them', () => {
    const schema = getSchema([...noteExtensions]);
    expect(schema.nodes['tableCell']?.createAndFill()?.childCount).toBe(0);
    fillWithParagraph(schema);
    expect(schema.nodes['tableCell']?.createAndFill()?.firstChild?.type.name).toBe('paragraph');
  });

  it('says which version brought a name, and nothing for a name it does not know', () => {
    expect(introducedIn('node', 'callout')).toBe(1);
    expect(introducedIn('mark', 'bold')).toBe(1);
    expect(introducedIn('attribute', 'image.alt')).toBe(1);
    expect(introducedIn('attribute', 'link.href')).toBe(1);
    for (const name of ['hologram', '__proto__', 'constructor', 'toString']) {
      expect(introducedIn('node', name)).toBe(null);
      expect(introducedIn('mark', name)).toBe(null);
      expect(introducedIn('attribute', `${name}.x`)).toBe(null);
      expect(introducedIn('attribute', `image.${name}`)).toBe(null);
    }
  });

  it('refuses a view for a name that is not there', () => {
    expect(() => noteExtensionsWith({ picture: (extension) => extension })).toThrow('picture');
    expect(noteExtensionsWith({ image: (extension) => extension })).toEqual(noteExtensions);
  });
});
