// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fileFromDataUrl } from '../../../../renderer/editor/paste/CleanPaste.ts';
import { type Author, authorsOf, paragraph } from './editorRig.ts';

const fixtures = path.join(import.meta.dirname, '../../../fixtures/paste');
let authors: Author[] = [];
afterEach(() => {
  for (const { editor } of authors) editor.destroy();
  authors = [];
});

/** jsdom has no ClipboardEvent. */
const pasteEvent = (): ClipboardEvent => new Event('paste') as ClipboardEvent;

/** The note after a paste, as an outline: one line a block, marks in brackets. */
async function paste(html: string): Promise<{ outline: string[]; author: Author }> {
  authors = await authorsOf([paragraph('')], ['Camille']);
  const [author] = authors as [Author];
  author.editor.commands.setTextSelection(1);
  author.editor.view.pasteHTML(html, pasteEvent());
  const outline: string[] = [];
  const draw = (node: typeof author.editor.state.doc, depth: number): void => {
    node.forEach((child) => {
      if (child.isTextblock) {
        let text = '';
        child.forEach((part) => {
          const marks = part.marks.map((mark) =>
            mark.type.name === 'link' ? `link ${String(mark.attrs['href'])}` : mark.type.name,
          );
          text +=
            marks.length > 0
              ? `[${marks.join(' ')}: ${part.text ?? part.type.name}]`
              : (part.text ?? part.type.name);
        });
        const level =
          child.type.name === 'heading'
            ? String(child.attrs['level'])
            : child.type.name === 'codeBlock'
              ? ` ${String(child.attrs['language'])}`
              : '';
        outline.push(`${'  '.repeat(depth)}${child.type.name}${level} ${text}`.trimEnd());
      } else {
        const { colspan, rowspan, start, checked } = child.attrs as Record<string, unknown>;
        const said = [
          typeof colspan === 'number' && colspan > 1 ? `colspan ${colspan}` : '',
          typeof rowspan === 'number' && rowspan > 1 ? `rowspan ${rowspan}` : '',
          typeof start === 'number' && start !== 1 ? `from ${start}` : '',
          checked === true ? 'done' : '',
        ].filter(Boolean);
        outline.push(
          `${'  '.repeat(depth)}${child.type.name}${said.length > 0 ? ` (${said.join(', ')})` : ''}`,
        );
        draw(child, depth + 1);
      }
    });
  };
  draw(author.editor.state.doc, 0);
  return { outline, author };
}

const fixture = (name: string): Promise<{ outline: string[]; author: Author }> =>
  paste(readFileSync(path.join(fixtures, `${name}.html`), 'utf8'));

const nb = '\u00a0';

describe('paste', () => {
  it('turns Word’s list paragraphs into lists, keeps headings, marks and merged cells, drops styles', async () => {
    const { outline, author } = await fixture('word');
    expect(outline).toEqual([
      'heading1 Procès-verbal',
      'heading2 Présences',
      `paragraph La séance est [bold: ouverte] à 19${nb}h par [italic: Anaïs], et [underline: close] à 21${nb}h.`,
      'bulletList',
      '  listItem',
      '    paragraph Premier point',
      '    bulletList',
      '      listItem',
      '        paragraph Détail du premier',
      '  listItem',
      '    paragraph Second point',
      'paragraph Décisions :',
      'orderedList',
      '  listItem',
      '    paragraph Adopter le budget',
      '  listItem',
      '    paragraph Écrire à la ville',
      'table',
      '  tableRow',
      '    tableCell (colspan 2)',
      '      paragraph [bold: Budget]',
      '  tableRow',
      '    tableCell',
      '      paragraph Salle',
      '    tableCell',
      `      paragraph 90${nb}$`,
    ]);
    expect(author.notices).toEqual([
      'Une image du web n’a pas été reprise. Enregistrez-la sur votre ordinateur, puis déposez-la ici.',
    ]);
  });

  it('reads Google Docs: nested lists where they belong, bold from styles, no bold from its wrapper', async () => {
    const { outline } = await fixture('googleDocs');
    expect(outline).toEqual([
      'heading2 Ordre du jour',
      'paragraph Merci d’arriver [bold: à l’heure][italic: , vraiment]. Voir [link https://exemple.org/plan: le plan].',
      'bulletList',
      '  listItem',
      '    paragraph Accueil',
      '    bulletList',
      '      listItem',
      '        paragraph Café',
      '  listItem',
      '    paragraph Tour de table',
    ]);
  });

  it('reads LibreOffice: numbering from three, subscripts, header cells, merged rows', async () => {
    const { outline } = await fixture('libreOffice');
    expect(outline).toEqual([
      'heading3 Compte rendu',
      'paragraph Une ligne avec [bold: du gras], H[subscript: 2]O et [strike: un mot barré].',
      'orderedList (from 3)',
      '  listItem',
      '    paragraph Troisième',
      '  listItem',
      '    paragraph Quatrième',
      'table',
      '  tableRow',
      '    tableHeader',
      '      paragraph Nom',
      '    tableHeader',
      '      paragraph Rôle',
      '  tableRow',
      '    tableCell (rowspan 2)',
      '      paragraph Noé',
      '    tableCell',
      '      paragraph Animation',
      '  tableRow',
      '    tableCell',
      '      paragraph Notes',
    ]);
  });

  it('takes from a web page its text and nothing that runs, hides, frames or counts', async () => {
    const { outline, author } = await fixture('web');
    expect(outline).toEqual([
      'heading1 Un article',
      'heading4 Petit titre',
      'paragraph Un piège, un autre, un [link https://exemple.org: bon lien].',
      'codeBlock js const a = 1;',
      'taskList',
      '  taskItem (done)',
      '    paragraph Faite',
      '  taskItem',
      '    paragraph À faire',
    ]);
    // The photo, not the counter.
    expect(author.notices.length).toBe(1);
    expect('stolen' in globalThis).toBe(false);
  });

  it.each([
    ['script', '<script>caché</script>'],
    ['style', '<style>caché</style>'],
    ['title', '<title>caché</title>'],
    ['xml', '<xml>caché</xml>'],
    ['iframe', '<iframe src="https://exemple.org">caché</iframe>'],
    ['object', '<object data="x">caché</object>'],
    ['applet', '<applet>caché</applet>'],
    ['form', '<form action="/">caché</form>'],
    ['select', '<select><option>caché</option></select>'],
    ['textarea', '<textarea>caché</textarea>'],
    ['svg', '<svg><text>caché</text><a href="javascript:alert(1)"><text>caché</text></a></svg>'],
    ['canvas', '<canvas>caché</canvas>'],
    ['template', '<template>caché</template>'],
    ['noscript', '<noscript>caché</noscript>'],
    ['what is not displayed', '<p style="display: none">caché</p>'],
  ])('takes nothing of %s, nor of what is in it', async (_, html) => {
    const { outline, author } = await paste(`<p>avant</p>${html}<p>après</p>`);
    expect(outline).toEqual(['paragraph avant', 'paragraph après']);
    expect(JSON.stringify(author.editor.getJSON())).not.toMatch(/caché|javascript|exemple/);
  });

  it('gives back what was copied from a note as it was', async () => {
    authors = await authorsOf(
      [{ type: 'callout', attrs: { kind: 'tip' }, content: [paragraph('Un conseil')] }, paragraph('')],
      ['Camille'],
    );
    const [{ editor }] = authors as [Author];
    editor.commands.selectAll();
    const { dom } = editor.view.serializeForClipboard(editor.state.selection.content());
    editor.commands.setTextSelection(editor.state.doc.content.size - 1);
    editor.view.pasteHTML(dom.innerHTML, pasteEvent());
    expect(
      editor.state.doc.children.map((node) => [node.type.name, node.attrs['kind'], node.textContent]),
    ).toContainEqual(['callout', 'tip', 'Un conseil']);
    expect(editor.state.doc.children.filter((node) => node.type.name === 'callout').length).toBe(2);
  });
});

describe('fileFromDataUrl', () => {
  it('reads a picture that came inside the paste, and nothing else', async () => {
    const file = fileFromDataUrl('data:image/png;base64,iVBORw0KGgo=', 'image-1');
    expect([file?.name, file?.type, file?.size]).toEqual(['image-1.png', 'image/png', 8]);
    expect(fileFromDataUrl('data:image/svg+xml;base64,PHN2Zz4=', 'x')).toBeNull();
    expect(fileFromDataUrl('data:image/png;base64,&&&', 'x')).toBeNull();
  });
});
