import { Extension } from '@tiptap/core';
import { Fragment, type NodeType, type Schema } from '@tiptap/pm/model';

/** Blocks that a person writes in: made empty by a command, they need a paragraph for the caret. */
const containers = [
  'tableCell',
  'tableHeader',
  'listItem',
  'taskItem',
  'blockquote',
  'callout',
  'detailsContent',
];

/**
 * Makes commands that create a block (insert a table, add a row, split a list item…) put a paragraph in it. The content
 * expressions do not ask for one (see schema.ts), so ProseMirror's own filling gives nothing. Only `createAndFill` is
 * touched, which commands use and the binding to the shared document does not: nothing is written for others' blocks.
 * @param schema - the schema of one editor; changed in place.
 */
export function fillWithParagraph(schema: Schema): void {
  const paragraph = schema.nodes['paragraph'];
  if (!paragraph) return;
  for (const name of containers) {
    const type: NodeType | undefined = schema.nodes[name];
    if (!type) continue;
    const createAndFill = type.createAndFill.bind(type);
    type.createAndFill = (attrs, content, marks) =>
      Fragment.from(content).size === 0
        ? createAndFill(attrs, paragraph.create(), marks)
        : createAndFill(attrs, content, marks);
  }
}

/** `fillWithParagraph` for the schema of an editor, before anything uses it. */
export const FirstParagraph = Extension.create({
  name: 'firstParagraph',
  onBeforeCreate() {
    fillWithParagraph(this.editor.schema);
  },
});
