// A carnet as the source of a book in Typst: text, headings, lists, tables, pictures with captions, notes, links between notes, contents. Formulas stay LaTeX, as text.

/** A text as a string of Typst: nothing in it is markup. */
const string = (text) => `#${JSON.stringify(text).replaceAll(/\\u([0-9a-f]{4})/g, '\\u{$1}')};`;

const marks = {
  bold: (inside) => `#strong[${inside}]`,
  italic: (inside) => `#emph[${inside}]`,
  code: (inside) => inside,
  link: (inside, { href }) => `#link(${JSON.stringify(String(href))})[${inside}]`,
};

/** @param ids - of the notes of the book, in order. */
export function toTypst({ title, authors, notes }) {
  const ids = new Map(notes.map((note, at) => [note.id, at]));
  const pictures = new Set();
  const textOf = (node) => node.text ?? (node.content ?? []).map(textOf).join('');
  const inline = (nodes = []) => nodes.map(one).join('');
  const one = (node) => {
    if (node.text !== undefined)
      return (node.marks ?? []).reduce(
        (inside, mark) => marks[mark.type]?.(inside, mark.attrs ?? {}) ?? inside,
        string(node.text),
      );
    switch (node.type) {
      case 'footnote':
        return `#footnote[${inline(node.content)}]`;
      case 'hardBreak':
        return '#linebreak();';
      case 'noteLink': {
        const at = ids.get(node.attrs.noteId);
        return at === undefined
          ? string('une autre note')
          : `#link(<note-${at}>)[${string(notes[at].title)}]`;
      }
      default:
        return string(textOf(node));
    }
  };
  const items = (node, name) =>
    `#${name}(${(node.content ?? []).map((item) => `[${blocks(item.content)}]`).join(', ')})\n`;
  const table = (node) => {
    const [head, ...rows] = (node.content ?? []).map((row) =>
      (row.content ?? []).map((cell) => `[${blocks(cell.content)}]`),
    );
    return `table(columns: ${head.length}, table.header(${head.join(', ')}), ${rows.flat().join(', ')})`;
  };
  const block = (node) => {
    switch (node.type) {
      case 'paragraph':
        return `${inline(node.content)}\n`;
      case 'heading':
        return `#heading(level: ${Number(node.attrs?.level ?? 1) + 1})[${inline(node.content)}]\n`;
      case 'bulletList':
      case 'taskList':
        return items(node, 'list');
      case 'orderedList':
        return items(node, 'enum');
      case 'blockquote':
        return `#quote(block: true)[${blocks(node.content)}]\n`;
      case 'callout':
        return `#block(inset: 8pt, stroke: 0.5pt)[${blocks(node.content)}]\n`;
      case 'codeBlock':
      case 'mathBlock':
        return `#raw(block: true, ${JSON.stringify(node.attrs?.latex ?? textOf(node))})\n`;
      case 'table':
        return `#${table(node)}\n`;
      case 'figure': {
        const caption = node.content?.find((child) => child.type === 'figureCaption');
        const held = node.content?.find((child) => child.type === 'table');
        return held === undefined
          ? blocks(node.content)
          : `#figure(${table(held)}, caption: [${inline(caption?.content)}])\n`;
      }
      case 'image': {
        pictures.add(node.attrs.attachmentId);
        return `#figure(image("${node.attrs.attachmentId}.png", alt: ${JSON.stringify(node.attrs.alt ?? '')}), caption: [${inline(node.content?.[0]?.content)}])\n`;
      }
      default:
        return `${string(textOf(node))}\n`;
    }
  };
  const blocks = (nodes = []) => nodes.map(block).join('\n');
  const source = [
    `#set document(title: ${JSON.stringify(title)}, author: (${authors.map((name) => `${JSON.stringify(name)},`).join('')}))`,
    '#set page("a5", numbering: "1")',
    '#set text(lang: "fr", size: 9.8pt)',
    '#set par(justify: true)',
    '#show heading.where(level: 1): it => { pagebreak(weak: true); it }',
    // Long tables go over pages, as ours do.
    '#show figure: set block(breakable: true)',
    '#outline(depth: 3)',
    ...notes.map(
      (note, at) => `#heading(level: 1)[${string(note.title)}] <note-${at}>\n\n${blocks(note.body.content)}`,
    ),
  ].join('\n\n');
  return { source, pictures: [...pictures] };
}
