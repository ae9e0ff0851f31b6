import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import { addNote } from '../operations/addNote.ts';
import type { RelayContext } from '../RelayContext.ts';
import { parseUpdate } from '../room/update/parseUpdate.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import { unsentText } from './unsentText.ts';

const words = {
  fr: (title: string) => (title === '' ? 'Copie récupérée' : `Copie récupérée — ${title}`),
  en: (title: string) => (title === '' ? 'Recovered copy' : `Recovered copy — ${title}`),
};

/**
 * Makes a private note of this computer of what a note's home does not have.
 * @param after - the home's last row here.
 * @param onlyOwn - the words that were written here alone: what came from the home may not be read any more.
 */
export async function keepUnsent(
  context: RelayContext,
  log: UpdateLog,
  { document, kind }: MirrorRecord,
  after: number,
  onlyOwn: boolean,
): Promise<void> {
  const local = await context.catalogue.persons.firstOfKind('local');
  const rows = await log.read(document, after);
  const read = kind === 'note' && rows.length > 0 ? await context.documents.read(document) : null;
  if (local === null || read === null) return;
  const content = yDocToNoteContent(read.doc);
  const parsed = rows.map(({ bytes }) => parseUpdate(bytes, { maxStringBytes: Infinity }));
  const body = onlyOwn ? unsentText(read.doc, parsed) : content.body;
  read.doc.destroy();
  const language = content.language.startsWith('en') ? 'en' : 'fr';
  await addNote(context, {
    author: local.id,
    kind: 'note',
    act: { person: local.id, operation: 'recover' },
    write: (doc) => {
      replaceNoteContent(doc, { title: words[language](content.title), body, language: content.language });
    },
  });
}
