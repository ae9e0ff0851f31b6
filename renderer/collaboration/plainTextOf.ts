import type * as Y from 'yjs';
import { extractText } from '#shared/document/extractText.ts';
import { bodyOf, descriptionOf, guideOf, titleOf } from '#shared/document/fields.ts';
import { fragmentToBody } from '#shared/document/noteContent.ts';
import type { DocumentKind } from './DocumentKind.ts';

/**
 * The words of a document for somebody who wants to copy them, whatever version of the application wrote them.
 * @returns the title, and one line a block.
 */
export function plainTextOf(doc: Y.Doc, kind: DocumentKind): { title: string; text: string } {
  const parts = [extractText(fragmentToBody(kind === 'note' ? bodyOf(doc) : guideOf(doc)))];
  if (kind !== 'note') parts.unshift(descriptionOf(doc).toJSON());
  return { title: titleOf(doc).toJSON(), text: parts.filter((part) => part !== '').join('\n') };
}
