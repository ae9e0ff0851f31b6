// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import * as build from '#shared/document/buildContent.ts';
import { bodyOf } from '#shared/document/fields.ts';
import { type BodyNode, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { noteExtensionsWith } from '#shared/document/schema.ts';
import { contentToUpdate } from '#shared/document/writeContent.ts';
import { NoteCollaboration } from '../../../../renderer/editor/collaboration/NoteCollaboration.ts';

const open: Editor[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.destroy();
});

/** An editor bound to a document, as the application's is, without its views. */
function editorOf(doc: Y.Doc): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    injectCSS: false,
    content: { type: 'doc', content: [] },
    extensions: [...noteExtensionsWith({}), NoteCollaboration.configure({ fragment: bodyOf(doc) })],
  });
  open.push(editor);
  return editor;
}

function docOf(...blocks: readonly BodyNode[]): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, contentToUpdate({ title: '', body: build.body(...blocks), language: 'fr' }, 9));
  return doc;
}

const names = (doc: Y.Doc): string[] => (yDocToNoteContent(doc).body.content ?? []).map((node) => node.type);

describe('an editor with the schema', () => {
  it('makes tables and rows whose cells hold a paragraph', () => {
    const doc = docOf(build.paragraph('un'));
    const editor = editorOf(doc);
    editor.chain().setTextSelection(2).insertTable({ rows: 2, cols: 2 }).run();
    editor.commands.addRowAfter();
    editor.commands.addColumnAfter();
    const table = yDocToNoteContent(doc).body.content?.find((node) => node.type === 'table');
    const cells = table?.content?.flatMap((row) => row.content ?? []) ?? [];
    expect(cells.length).toBe(9);
    expect(cells.every((cell) => cell.content?.[0]?.type === 'paragraph')).toBe(true);
  });

  it('makes lists, quotes and task lists, and lifts them', () => {
    const doc = docOf(build.paragraph('un'), build.paragraph('deux'));
    const editor = editorOf(doc);
    editor.chain().setTextSelection(2).toggleBulletList().run();
    editor.chain().setTextSelection(4).splitListItem('listItem').run();
    expect(names(doc)).toEqual(['bulletList', 'paragraph']);
    const items = yDocToNoteContent(doc).body.content?.[0]?.content ?? [];
    expect(items.map((item) => item.content?.[0]?.type)).toEqual(['paragraph', 'paragraph']);
    editor.chain().setTextSelection(4).toggleTaskList().run();
    expect(names(doc)).toEqual(['taskList', 'paragraph']);
    expect(editor.state.selection.from).toBe(4);
    editor.chain().setTextSelection(4).toggleTaskList().run();
    editor.commands.toggleBlockquote();
    expect(names(doc)).toContain('blockquote');
  });

  it('does not turn a picture into a heading or a list with everything selected', () => {
    const doc = docOf(
      build.paragraph('un'),
      build.image({ attachmentId: 'a', alt: '' }, 'Légende'),
      build.paragraph('deux'),
    );
    const editor = editorOf(doc);
    editor.chain().selectAll().toggleHeading({ level: 2 }).run();
    expect(names(doc)).toEqual(['heading', 'image', 'heading']);
    editor.chain().selectAll().setParagraph().run();
    expect(names(doc)).toEqual(['paragraph', 'image', 'paragraph']);
    expect(JSON.stringify(yDocToNoteContent(doc).body)).toContain('Légende');
  });

  it('keeps comments under text that becomes code', () => {
    const anchored = build.marked({ type: 'commentAnchor', attrs: { threadId: 't' } }, 'mot');
    const doc = docOf(build.paragraph(anchored));
    editorOf(doc).chain().selectAll().toggleCode().run();
    expect(
      yDocToNoteContent(doc)
        .body.content?.[0]?.content?.[0]?.marks?.map((mark) => mark.type)
        .sort(),
    ).toEqual(['code', 'commentAnchor']);
  });

  it('writes nothing when it opens a note, nor in answer to a table that others broke', () => {
    const doc = docOf(build.table(['A', 'B'], ['1', '2']), build.paragraph('https://exemple.org est ici '));
    const written: unknown[] = [];
    doc.on('update', (_update: Uint8Array, origin: unknown) => written.push(origin));
    const editor = editorOf(doc);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    const row = (bodyOf(other).get(0) as Y.XmlElement).get(1) as Y.XmlElement;
    row.delete(1, 1);
    (bodyOf(other).get(1) as Y.XmlElement).insert(0, [new Y.XmlText('https://ailleurs.org ')]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'remote');
    expect(editor.state.doc.firstChild?.child(1).childCount).toBe(1);
    expect(written).toEqual(['remote']);
  });
});
