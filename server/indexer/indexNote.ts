import * as Y from 'yjs';
import type { NoteId } from '#shared/domain/ids.ts';
import { bodyOf, termsOf } from '#shared/document/fields.ts';
import { countWords, extractExcerpt, extractLinks, extractText } from '#shared/document/extractText.ts';
import { type BodyNode, maxDepth, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { requiredSchemaVersion, scanFragment } from '#shared/document/unknownContent.ts';
import { isId } from '#shared/domain/ids.ts';
import type { DocumentHead } from '../storage/ports/UpdateLog.ts';
import { grantCopiedAttachments } from './grantCopiedAttachments.ts';
import type { IndexerOptions } from './IndexerOptions.ts';

/** Text beyond this is not searched: a note is a document, not a library. */
const maxIndexedCharacters = 1_000_000;

function depthOf(node: BodyNode): number {
  let deepest = 0;
  for (const child of node.content ?? []) deepest = Math.max(deepest, 1 + depthOf(child));
  return deepest;
}

/**
 * Checks the tree, which the byte-level validation of updates cannot see: content that this version does not know, or too deep, sets the note read-only; content that is
 * good again gives it back. Content of a newer schema raises the document's version.
 */
async function checkTree(
  options: IndexerOptions,
  head: DocumentHead,
  doc: Y.Doc,
  body: BodyNode,
): Promise<void> {
  const { documents, logger } = options;
  const unknown = scanFragment(bodyOf(doc)).filter(({ kind }) => kind === 'node' || kind === 'mark');
  const bad = unknown.length > 0 || depthOf(body) >= maxDepth;
  if (bad && head.readOnly === null) {
    logger.warn(
      { document: head.document, unknown: unknown.map(({ kind, name }) => `${kind} ${name}`) },
      'invalid content',
    );
    await documents.setReadOnly(head.document, 'invalid_content');
  }
  if (!bad && head.readOnly === 'invalid_content') await documents.setReadOnly(head.document, null);
  const needed = requiredSchemaVersion(Y.encodeStateAsUpdate(doc));
  if (needed !== null && needed > head.schemaVersion) await documents.setSchemaVersion(head.document, needed);
}

/** Reads a note's newest content and stores what is derived from it. */
export async function indexNote(options: IndexerOptions, head: DocumentHead): Promise<void> {
  const { catalogue, documents, log, events } = options;
  const id = head.document as NoteId;
  const read = await documents.read(id);
  if (read === null) return;
  const { doc, seq } = read;
  try {
    const content = yDocToNoteContent(doc);
    const [before, lastRow] = await Promise.all([catalogue.derived.note(id), log.read(id, seq - 1, seq)]);
    const text = extractText(content.body).slice(0, maxIndexedCharacters);
    const title = content.title
      .replace(/[ \t\r\n]+/g, ' ')
      .trim()
      .slice(0, 500);
    await catalogue.derived.saveNote(
      {
        id,
        seq,
        title,
        excerpt: extractExcerpt(content.body),
        text,
        wordCount: countWords(text),
        language: content.language,
        modifiedAt: lastRow[0]?.time ?? before?.modifiedAt ?? 0,
      },
      extractLinks(content.body).filter(isId) as NoteId[],
      [...termsOf(doc).keys()].filter(isId) as NoteId[],
    );
    await catalogue.search.save({ id, title, text });
    await grantCopiedAttachments(options, id, content.body, before?.seq ?? 0);
    await checkTree(options, head, doc, content.body);
    events.emit({ type: 'note', id });
    if (before?.title !== title) events.emit({ type: 'lists' });
  } finally {
    doc.destroy();
  }
}
