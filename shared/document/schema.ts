import { type AnyExtension, getSchema } from '@tiptap/core';
import type { Schema } from '@tiptap/pm/model';
import { BlockAttributes } from './blockAttributes.ts';
import { FirstParagraph } from './firstParagraph.ts';
import * as annotations from './marks/annotations.ts';
import * as formatting from './marks/formatting.ts';
import { Details, DetailsContent, DetailsSummary } from './nodes/details.ts';
import { Figure, FigureCaption } from './nodes/figures.ts';
import * as inline from './nodes/inline.ts';
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from './nodes/lists.ts';
import { Audio, FileNode, Image, Video } from './nodes/media.ts';
import { Table, TableCell, TableHeader, TableRow } from './nodes/tables.ts';
import * as text from './nodes/textBlocks.ts';

/**
 * Version of the schema below. It rises when a node, a mark or an attribute is added; `introducedIn` then says which.
 * Everyone must be able to show a type one release before anyone can insert it.
 */
export const schemaVersion = 1;

/**
 * The one schema of notes, as TipTap extensions without views. Three rules hold for each of them:
 * - content expressions are `*`: y-tiptap deletes, for everyone, a node whose children break its expression;
 * - every attribute has a fallback and a `validate`;
 * - nothing here writes in answer to a remote transaction or on opening.
 */
export const noteExtensions: readonly AnyExtension[] = [
  text.Doc,
  text.Paragraph,
  text.Text,
  text.Heading,
  BulletList,
  OrderedList,
  ListItem,
  TaskList,
  TaskItem,
  text.Blockquote,
  text.Callout,
  text.CodeBlock,
  Table,
  TableRow,
  TableHeader,
  TableCell,
  Image,
  FileNode,
  Audio,
  Video,
  Figure,
  FigureCaption,
  Details,
  DetailsSummary,
  DetailsContent,
  text.HorizontalRule,
  text.PageBreak,
  text.MathBlock,
  inline.Footnote,
  inline.MathInline,
  inline.HardBreak,
  inline.NoteLink,
  inline.Mention,
  inline.CrossReference,
  formatting.Link,
  formatting.Bold,
  formatting.Italic,
  formatting.Underline,
  formatting.Strike,
  formatting.Code,
  formatting.Highlight,
  formatting.Subscript,
  formatting.Superscript,
  formatting.Language,
  formatting.TermLink,
  annotations.CommentAnchor,
  annotations.SuggestionInsert,
  annotations.SuggestionDelete,
  annotations.SuggestionFormat,
  BlockAttributes,
  FirstParagraph,
];

/** The ProseMirror schema that `noteExtensions` give. */
export const noteSchema: Schema = getSchema([...noteExtensions]);

/**
 * `noteExtensions` with views and behaviour added by name, for an editor.
 * @param changes - by extension name, a function from the extension to what stands in its place (`extend`, `configure`).
 * @throws Error when a name is not in the schema: a misspelt view would silently not apply.
 */
export function noteExtensionsWith(
  changes: Readonly<Record<string, (extension: AnyExtension) => AnyExtension>>,
): AnyExtension[] {
  const unknown = Object.keys(changes).filter((name) => !noteExtensions.some((one) => one.name === name));
  if (unknown.length > 0) throw new Error(`not in the schema: ${unknown.join(', ')}`);
  return noteExtensions.map((extension) => changes[extension.name]?.(extension) ?? extension);
}

/** Schema version that brought a node, mark or attribute; all of today's came with the first. */
const later: ReadonlyMap<string, number> = new Map();

/**
 * The schema version that a reader needs for this name.
 * @param kind - `node`, `mark`, or `attribute` (named `node.attribute`).
 * @returns the version, or null when this version of the schema does not know the name.
 */
export function introducedIn(kind: 'node' | 'mark' | 'attribute', name: string): number | null {
  const known =
    kind === 'node'
      ? Object.hasOwn(noteSchema.nodes, name) && name !== 'doc' && name !== 'text'
      : kind === 'mark'
        ? Object.hasOwn(noteSchema.marks, name)
        : hasAttribute(name);
  return known ? (later.get(`${kind}:${name}`) ?? 1) : null;
}

function hasAttribute(path: string): boolean {
  const [owner = '', attribute = ''] = path.split('.');
  const types = Object.hasOwn(noteSchema.nodes, owner) ? noteSchema.nodes : noteSchema.marks;
  const type = Object.hasOwn(types, owner) ? types[owner] : undefined;
  return type !== undefined && Object.hasOwn(type.spec.attrs ?? {}, attribute);
}
