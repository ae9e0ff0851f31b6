// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EditorServices, EditorServicesProvider } from '../../../../renderer/editor/EditorServices.ts';
import { NoteReader } from '../../../../renderer/editor/reader/NoteReader.tsx';
import { createI18n } from '../../../../renderer/i18n/index.ts';
import type { BodyNode } from '../../../../shared/document/noteContent.ts';
import { noteSchema } from '../../../../shared/document/schema.ts';
import { fullBody } from '../../shared/document/sampleBody.ts';
import { bodyOf } from '../../../../shared/document/fields.ts';
import type * as Y from 'yjs';
import { type Author, authorsOf } from './editorRig.ts';

const script = 'javascript:alert(1)';
const html = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
const hostileValues: readonly [string, unknown][] = [
  ['a script for an address', script],
  ['HTML', html],
  ['a number that would fill the memory', 1e9],
  ['a list', [html, -1]],
  ['an object', { href: script }],
];

/** The same content, every attribute of the schema with this value. */
function withAttributes(node: BodyNode, value: unknown): BodyNode {
  const all = (specs: object | null | undefined) =>
    Object.fromEntries(Object.keys(specs ?? {}).map((name) => [name, value]));
  return {
    ...node,
    attrs: all(noteSchema.nodes[node.type]?.spec.attrs),
    ...(node.marks && {
      marks: node.marks.map(({ type }) => ({ type, attrs: all(noteSchema.marks[type]?.spec.attrs) })),
    }),
    ...(node.content && { content: node.content.map((child) => withAttributes(child, value)) }),
  };
}

const addresses = new Set(['href', 'src', 'srcset', 'poster', 'action', 'formaction', 'data', 'xlink:href']);

/** What a page must not hold, whatever was written in a note. */
function harmIn(element: Element): string[] {
  return [...element.querySelectorAll('*')].flatMap((one) => [
    ...(/^(script|style|iframe|object|embed|form|base|link|meta)$/i.test(one.tagName) ? [one.tagName] : []),
    ...[...one.attributes]
      .filter(
        ({ name, value }) =>
          /^on|^srcdoc$/i.test(name) ||
          (addresses.has(name) &&
            !/^(#|\/api\/attachments\/|\/notes\/|https?:|mailto:|tel:|data:image\/png;)/i.test(value)),
      )
      .map(({ name, value }) => `${one.tagName} ${name}=${value}`),
  ]);
}

const opened: string[] = [];
const services = {
  attachmentUrl: (id: string) => `/api/attachments/${id}`,
  noteUrl: (id: string) => `/notes/${id}`,
  noteTitles: () => Promise.resolve(new Map()),
  openAddress: (address: string) => opened.push(address),
} as unknown as EditorServices;

describe('content that somebody made to do harm', () => {
  let container: HTMLElement;
  let close = (): void => {};
  let authors: Author[] = [];
  beforeEach(async () => {
    (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
    await createI18n('fr');
    container = document.body.appendChild(document.createElement('div'));
    opened.length = 0;
  });
  afterEach(() => {
    close();
    for (const { editor } of authors) editor.destroy();
    authors = [];
    container.remove();
  });

  const show = async (body: BodyNode): Promise<void> => {
    const root = createRoot(container);
    close = () => act(() => root.unmount());
    await act(async () =>
      root.render(
        <EditorServicesProvider value={services}>
          <NoteReader body={body} language="fr" />
        </EditorServicesProvider>,
      ),
    );
  };

  it.each(hostileValues)('is read without harm: %s in every attribute', async (_, value) => {
    await show(withAttributes(fullBody, value));
    expect(container.textContent).not.toBe('');
    expect(harmIn(container)).toEqual([]);
  });

  it('gives no address to click but those that are allowed', async () => {
    const link = (href: string): BodyNode => ({
      type: 'paragraph',
      content: [{ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] }],
    });
    const bad = [
      script,
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      '//evil.example',
      'data:text/html,x',
      'file:///etc',
    ];
    await show({ type: 'doc', content: [...bad, 'https://exemple.org/', 'mailto:a@exemple.org'].map(link) });
    for (const one of container.querySelectorAll('a')) act(() => one.click());
    expect(opened).toEqual(['https://exemple.org/', 'mailto:a@exemple.org']);
  });

  it.each(hostileValues)(
    'is edited without harm when it comes from others: %s in every attribute',
    async (_, value) => {
      authors = await authorsOf(fullBody.content ?? [], ['Camille', 'Noé']);
      const [camille, noe] = authors as [Author, Author];
      const waiting: unknown[] = [...bodyOf(camille.doc).toArray()];
      camille.doc.transact(() => {
        for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
          const element = at as Y.XmlElement;
          if (typeof element.nodeName !== 'string') continue;
          for (const name of Object.keys(noteSchema.nodes[element.nodeName]?.spec.attrs ?? {}))
            element.setAttribute(name, value as string);
          waiting.push(...element.toArray());
        }
      });
      expect(noe.written()).toBe(0);
      expect(harmIn(noe.editor.view.dom)).toEqual([]);
      expect(noe.editor.state.doc.textContent).toBe(camille.editor.state.doc.textContent);
      expect(() => noe.editor.state.doc.check()).not.toThrow();
    },
  );
});
