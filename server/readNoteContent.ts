import type { NoteContent } from '#shared/api/notes.ts';
import { extractLinks } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { notAllowed } from './access.ts';
import type { Caller } from './Caller.ts';
import { readableTitles } from './http/presentNotes.ts';
import type { RelayContext } from './RelayContext.ts';

/** What a note says at a row, whoever reads it. */
export interface ReadContent extends Pick<NoteContent, 'seq' | 'title' | 'language'> {
  readonly body: BodyNode;
}

/** Reads a note as it stands. Whether the caller may was decided before. @throws AppError `not_allowed` where there is no such document. */
export async function readNoteContent({ documents }: RelayContext, id: NoteId): Promise<ReadContent> {
  const read = await documents.note(id);
  if (read === null) throw notAllowed();
  const { title, body, language } = read.content;
  return { seq: read.seq, title, language, body };
}

/** Draws it for someone: of the notes that it links to, only those that they may read have a title. @returns HTML, safe to insert. */
export async function renderNoteContent(
  context: RelayContext,
  caller: Caller,
  { body, language }: ReadContent,
): Promise<string> {
  const titles: ReadonlyMap<string, string> = await readableTitles(
    context,
    caller,
    extractLinks(body) as NoteId[],
  );
  // Code colouring knows forty languages: a start does not wait for them.
  const { renderBody } = await import('#shared/document/renderHtml.ts');
  return renderBody(body, {
    language,
    attachmentUrl: (attachment) => `/api/attachments/${attachment}`,
    noteHref: (note) => (titles.has(note) ? `/notes/${note}` : null),
    noteTitle: (note) => titles.get(note) ?? null,
  }).html;
}
