/** Every node that is neither the document nor in the line. */
export const blockNames = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'blockquote',
  'callout',
  'codeBlock',
  'table',
  'tableRow',
  'tableHeader',
  'tableCell',
  'image',
  'file',
  'audio',
  'video',
  'figure',
  'figureCaption',
  'details',
  'detailsSummary',
  'detailsContent',
  'horizontalRule',
  'pageBreak',
  'mathBlock',
] as const;

/**
 * The names that the schema has for what a body may hold, without the schema, which is heavy: for who reads updates byte by byte.
 * A test holds them equal.
 */
export const elementNames: ReadonlySet<string> = new Set([
  ...blockNames,
  'footnote',
  'mathInline',
  'hardBreak',
  'noteLink',
  'mention',
  'crossReference',
]);
/** Those that hold nothing: in a document of ProseMirror each counts for one. A test holds them equal to the schema's. */
const leafNames: ReadonlySet<string> = new Set([
  'horizontalRule',
  'pageBreak',
  'mathBlock',
  'mathInline',
  'hardBreak',
  'noteLink',
  'mention',
  'crossReference',
]);

/** True for an element that holds nothing. */
export function isLeafName(name: string): boolean {
  return leafNames.has(name);
}

export const markNames: ReadonlySet<string> = new Set([
  'link',
  'bold',
  'italic',
  'underline',
  'strike',
  'code',
  'highlight',
  'subscript',
  'superscript',
  'language',
  'termLink',
  'commentAnchor',
  'suggestionInsert',
  'suggestionDelete',
  'suggestionFormat',
]);

const hashedMarkName = /^(.*)--[a-zA-Z0-9+/=]{8}$/s;

/** The mark that a formatting attribute stands for: y-tiptap adds a hash to marks of which several may overlap. */
export function markNameOf(attributeName: string): string {
  return hashedMarkName.exec(attributeName)?.[1] ?? attributeName;
}
