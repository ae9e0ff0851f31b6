// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import Collaboration from '@tiptap/extension-collaboration';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import { noteExtensions } from '#shared/document/schema.ts';
import { ContentGuard } from '../../../../renderer/collaboration/ContentGuard.ts';

const editors: Editor[] = [];
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
});

function bind(doc: Y.Doc): Editor {
  const editor = new Editor({
    element: document.createElement('div'),
    injectCSS: false,
    extensions: [...noteExtensions, Collaboration.configure({ fragment: bodyOf(doc) })],
  });
  editors.push(editor);
  return editor;
}

function paragraph(text: string, marks?: Record<string, unknown>): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  const content = new Y.XmlText();
  content.insert(0, text, marks as object);
  element.insert(0, [content]);
  return element;
}

/** What a newer application writes, that this one's schema does not have. */
const newer: Record<string, (doc: Y.Doc) => void> = {
  'a node': (doc) => {
    const future = new Y.XmlElement('futureBlock');
    future.insert(0, [paragraph('du futur')]);
    bodyOf(doc).insert(1, [future]);
  },
  'a mark': (doc) => bodyOf(doc).insert(1, [paragraph('marqué du futur', { futureMark: {} })]),
};

function newNote(): Y.Doc {
  const doc = new Y.Doc();
  bodyOf(doc).insert(0, [paragraph('avant')]);
  return doc;
}

/** Two documents that tell each other every change at once. */
function link(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a), 'link');
  const tell = (to: Y.Doc) => (update: Uint8Array, origin: unknown) => {
    if (origin !== 'link') Y.applyUpdate(to, update, 'link');
  };
  a.on('update', tell(b));
  b.on('update', tell(a));
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe.each(Object.entries(newer))('a note in which a newer application wrote %s', (_what, write) => {
  test('loses it for everyone when this application binds an editor without looking first', async () => {
    const author = newNote();
    write(author);
    const whole = bodyOf(author).toJSON();
    const here = new Y.Doc();
    link(author, here);
    const editor = bind(here);
    editor.commands.insertContentAt(1, 'x');
    await settle();
    expect(bodyOf(author).toJSON()).not.toContain('futur');
    expect(whole).toContain('futur');
  });

  test('keeps it when the guard is asked before binding', async () => {
    const author = newNote();
    write(author);
    const whole = bodyOf(author).toJSON();
    const here = new Y.Doc();
    link(author, here);
    const onUnknown = vi.fn<() => void>();
    const guard = new ContentGuard(here, bodyOf(here), onUnknown);
    const leave = guard.attach(() => {});
    if (leave !== null) bind(here);
    await settle();
    expect([leave, onUnknown.mock.calls.length, bodyOf(author).toJSON()]).toEqual([null, 1, whole]);
  });

  test('loses it for everyone when it arrives under a bound editor that nobody guards', async () => {
    const author = newNote();
    const here = new Y.Doc();
    link(author, here);
    const editor = bind(here);
    await settle();
    write(author);
    await settle();
    if (!editor.isDestroyed) editor.commands.insertContentAt(1, 'x');
    await settle();
    expect(bodyOf(author).toJSON()).not.toContain('futur');
  });

  test('keeps it when the guard destroys the editor before the binding sees the change', async () => {
    const author = newNote();
    const here = new Y.Doc();
    link(author, here);
    const onUnknown = vi.fn<() => void>();
    const guard = new ContentGuard(here, bodyOf(here), onUnknown);
    const leave = guard.attach(() => editor.destroy());
    const editor = bind(here);
    await settle();
    write(author);
    const written = bodyOf(author).toJSON();
    await settle();
    expect(leave).not.toBeNull();
    expect([editor.isDestroyed, onUnknown.mock.calls.length, written.includes('futur')]).toEqual([
      true,
      1,
      true,
    ]);
    expect(bodyOf(author).toJSON()).toBe(written);
  });

  test('cannot be had an editor for afterwards', () => {
    const here = newNote();
    const guard = new ContentGuard(here, bodyOf(here), () => {});
    guard.start();
    write(here);
    expect(guard.attach(() => {})).toBeNull();
  });

  test('can be had an editor for again once it is gone, which then deletes nothing', async () => {
    const author = newNote();
    write(author);
    const here = new Y.Doc();
    link(author, here);
    const onChange = vi.fn<(found: readonly unknown[]) => void>();
    const guard = new ContentGuard(here, bodyOf(here), onChange);
    expect(guard.attach(() => {})).toBeNull();
    bodyOf(author).insert(0, [paragraph('encore')]);
    expect([guard.attach(() => {}), onChange.mock.calls.length]).toEqual([null, 1]);
    bodyOf(author).delete(2, 1);
    expect(onChange.mock.calls.map(([found]) => found.length > 0)).toEqual([true, false]);
    let editor: Editor | null = null;
    expect(guard.attach(() => editor?.destroy())).not.toBeNull();
    editor = bind(here);
    editor.commands.insertContentAt(1, 'x');
    await settle();
    expect(bodyOf(author).toJSON()).toBe('<paragraph>xencore</paragraph><paragraph>avant</paragraph>');
    write(author);
    const written = bodyOf(author).toJSON();
    await settle();
    expect([editor.isDestroyed, bodyOf(author).toJSON()]).toEqual([true, written]);
  });

  test('is not taken for gone by an editor that was asked for in the midst of it', () => {
    const here = newNote();
    const answers: unknown[] = [];
    const guard = new ContentGuard(here, bodyOf(here), () => {});
    guard.start();
    write(here);
    here.on('beforeObserverCalls', () => answers.push(guard.attach(() => {})));
    here.transact(() => {
      bodyOf(here).delete(1, 1);
      write(here);
    });
    expect([answers, guard.found.length]).toEqual([[null], 1]);
  });
});

test('what this application knows lets the editor be', async () => {
  const author = newNote();
  const here = new Y.Doc();
  link(author, here);
  const guard = new ContentGuard(here, bodyOf(here), () => expect.unreachable('nothing is unknown here'));
  expect(guard.attach(() => editor.destroy())).not.toBeNull();
  const editor = bind(here);
  bodyOf(author).insert(1, [paragraph('gras', { bold: {} })]);
  await settle();
  expect([editor.isDestroyed, editor.getText()]).toEqual([false, 'avant\n\ngras']);
});
