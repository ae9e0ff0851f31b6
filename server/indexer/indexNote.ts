import type { NoteId } from '#shared/domain/ids.ts';
import { countWords, extractExcerpt, extractText, shorten } from '#shared/document/extractText.ts';
import { extractLinkSentences } from '#shared/document/linkSentences.ts';
import { extractMalformedAddresses } from '#shared/document/malformedAddress.ts';
import { emptySheet, otherNames, sheetText } from '#shared/document/sheet.ts';
import { isId } from '#shared/domain/ids.ts';
import type { DocumentHead } from '../storage/ports/UpdateLog.ts';
import { grantCopiedAttachments } from './grantCopiedAttachments.ts';
import { formsOfNames } from './termForms.ts';
import type { IndexerOptions } from './IndexerOptions.ts';

/** Text beyond this is not searched: a note is a document, not a library. */
const maxIndexedCharacters = 1_000_000;

/** Reads a note's newest content and stores what is derived from it. */
export async function indexNote(options: IndexerOptions, head: DocumentHead): Promise<void> {
  const { catalogue, documents, log, events } = options;
  const id = head.document as NoteId;
  const read = await documents.note(id);
  if (read === null) return;
  const { content, terms, schemaVersion, seq, wholeTo } = read;
  const before = await catalogue.derived.note(id);
  // What was found before the note was damaged says more than what is left of it.
  if (wholeTo !== null && before !== null && before.seq > wholeTo) return;
  const lastRow = wholeTo === null ? await log.read(id, seq - 1, seq) : [];
  const record = await catalogue.notes.get(id);
  const kind = record?.kind ?? 'note';
  const sheet = content.sheet ?? emptySheet;
  const written = extractText(content.body);
  const onSheet = sheetText(sheet, kind);
  const text = [onSheet, written].filter(Boolean).join('\n').slice(0, maxIndexedCharacters);
  const excerpt = extractExcerpt(content.body);
  const title = content.title
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
    .slice(0, 500);
  await catalogue.derived.saveNote(
    {
      id,
      seq,
      title,
      // A definition says more of a term than its first paragraph.
      excerpt: kind === 'term' && onSheet !== '' ? shorten(onSheet) : excerpt || shorten(onSheet),
      text,
      wordCount: countWords(written.slice(0, maxIndexedCharacters)),
      language: content.language,
      sheet,
      badAddresses: extractMalformedAddresses(content.body),
      modifiedAt: lastRow[0]?.time ?? before?.modifiedAt ?? record?.createdAt ?? 0,
    },
    [...extractLinkSentences(content.body, content.language)]
      .filter(([target]) => isId(target))
      .map(([target, around]) => ({ target: target as NoteId, around })),
    terms.filter(isId) as NoteId[],
    kind === 'term' ? formsOfNames([title, ...otherNames(sheet, kind)]) : [],
  );
  await catalogue.search.save({ id, title, names: otherNames(sheet, kind), text });
  await grantCopiedAttachments(options, id, content.body, before?.seq ?? 0);
  if (schemaVersion !== null && schemaVersion > head.schemaVersion)
    // Content of a newer schema raises the document's version: older applications are asked to come back newer.
    await documents.setSchemaVersion(id, schemaVersion);
  events.emit({ type: 'note', id });
  if (before?.title !== title) events.emit({ type: 'lists' });
}
