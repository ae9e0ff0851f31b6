import type { BodyNode } from '#shared/document/noteContent.ts';

const text = (value: string, ...marks: { type: string; attrs?: Record<string, unknown> }[]): BodyNode =>
  marks.length > 0 ? { type: 'text', text: value, marks } : { type: 'text', text: value };
const paragraph = (...content: BodyNode[]): BodyNode => ({ type: 'paragraph', content });
const caption = (value: string): BodyNode => ({ type: 'figureCaption', content: [text(value)] });

/** A body that holds every node and every mark of the schema, each attribute set at least once. */
export const fullBody: BodyNode = {
  type: 'doc',
  content: [
    {
      type: 'heading',
      attrs: { level: 2, numbered: false, label: 'intro', id: 'block1', lang: 'en', textAlign: 'center' },
      content: [text('Avant-propos')],
    },
    paragraph(
      text('gras', { type: 'bold' }),
      text('italique', { type: 'italic' }),
      text('souligné', { type: 'underline' }),
      text('barré', { type: 'strike' }),
      text('code', { type: 'code' }),
      text('surligné', { type: 'highlight', attrs: { color: 'green' } }),
      text('bas', { type: 'subscript' }),
      text('haut', { type: 'superscript' }),
      text('lien', { type: 'link', attrs: { href: 'https://exemple.org/a?b=1&c=2' } }),
      text('passage', { type: 'language', attrs: { lang: 'en-CA' } }),
      text('coopératives', { type: 'termLink', attrs: { termId: 'term1' } }),
      text(
        'commenté',
        { type: 'commentAnchor', attrs: { threadId: 'fil1' } },
        { type: 'commentAnchor', attrs: { threadId: 'fil2' } },
      ),
      text('ajout', {
        type: 'suggestionInsert',
        attrs: { suggestionId: 's1', personId: 'p1', time: '2026-11-22T10:41:00.000Z' },
      }),
      text('retrait', {
        type: 'suggestionDelete',
        attrs: { suggestionId: 's2', personId: 'p1', time: null },
      }),
      text('forme', {
        type: 'suggestionFormat',
        attrs: { suggestionId: 's3', personId: 'p2', time: null, before: '[]', after: '[{"type":"bold"}]' },
      }),
      { type: 'hardBreak' },
      { type: 'footnote', content: [text('Une note '), text('de bas de page', { type: 'italic' })] },
      { type: 'mathInline', attrs: { latex: 'a^2' } },
      { type: 'noteLink', attrs: { noteId: 'AAAAAAAAAAAAAAAAAAAAAA', text: 'cette autre note' } },
      { type: 'mention', attrs: { personId: 'p1', name: 'Marie Tremblay' } },
      { type: 'crossReference', attrs: { label: 'tab1', form: 'page' } },
    ),
    {
      type: 'bulletList',
      content: [
        {
          type: 'listItem',
          content: [
            paragraph(text('un')),
            { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('deux'))] }] },
          ],
        },
      ],
    },
    {
      type: 'orderedList',
      attrs: { start: 3, type: 'a' },
      content: [{ type: 'listItem', content: [paragraph(text('trois'))] }],
    },
    {
      type: 'taskList',
      content: [
        { type: 'taskItem', attrs: { checked: true }, content: [paragraph(text('fait'))] },
        { type: 'taskItem', content: [paragraph(text('à faire'))] },
      ],
    },
    { type: 'blockquote', content: [paragraph(text('Une citation.'))] },
    {
      type: 'callout',
      attrs: { kind: 'warning', suggestion: '{"kind":"insert"}' },
      content: [paragraph(text('Attention.'))],
    },
    { type: 'codeBlock', attrs: { language: 'typescript' }, content: [text('const a = 1 < 2;')] },
    {
      type: 'figure',
      attrs: { kind: 'table', label: 'tab1' },
      content: [
        caption('Les régions'),
        {
          type: 'table',
          attrs: { label: 'tab2' },
          content: [
            {
              type: 'tableRow',
              content: [
                {
                  type: 'tableHeader',
                  attrs: { colspan: 2, colwidth: [120, 80] },
                  content: [paragraph(text('Région'))],
                },
              ],
            },
            {
              type: 'tableRow',
              content: [
                {
                  type: 'tableCell',
                  attrs: { rowspan: 2, background: 'yellow' },
                  content: [paragraph(text('Estrie'))],
                },
                { type: 'tableCell', content: [paragraph(text('12'))] },
              ],
            },
          ],
        },
      ],
    },
    {
      type: 'image',
      attrs: {
        attachmentId: 'image1',
        alt: 'Un pont',
        naturalWidth: 1600,
        naturalHeight: 900,
        width: 60,
        align: 'right',
        label: 'pont',
      },
      content: [caption('Le pont')],
    },
    { type: 'image', attrs: { src: 'https://exemple.org/a.jpg', alt: '' } },
    {
      type: 'file',
      attrs: { attachmentId: 'file1', name: 'Rapport.pdf', mediaType: 'application/pdf', size: 12_000 },
    },
    {
      type: 'audio',
      attrs: { attachmentId: 'sound1', name: 'a.ogg', mediaType: 'audio/ogg', size: 1, duration: 12.5 },
    },
    {
      type: 'video',
      attrs: {
        attachmentId: 'film1',
        name: 'a.webm',
        naturalWidth: 640,
        naturalHeight: 360,
        width: 100,
        align: 'center',
        posterId: 'image1',
      },
      content: [caption('Le film')],
    },
    {
      type: 'details',
      content: [
        { type: 'detailsSummary', content: [text('En savoir plus')] },
        { type: 'detailsContent', content: [paragraph(text('Le détail.'))] },
      ],
    },
    { type: 'horizontalRule' },
    { type: 'pageBreak' },
    { type: 'mathBlock', attrs: { latex: '\\frac{a}{b}', label: 'eq1' } },
    paragraph(),
  ],
};
