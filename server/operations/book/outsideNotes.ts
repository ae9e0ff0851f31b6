import { extractExcerpt, extractLinks, extractTerms, shorten } from '#shared/document/extractText.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { emptySheet, type NoteSheet, otherNames, sheetText } from '#shared/document/sheet.ts';
import { isId, type NoteId } from '#shared/domain/ids.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { canReadNote } from '#shared/permissions/permissions.ts';
import { roleOnNote } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { maySeeText } from '../../maySeeText.ts';
import type { BookNote, OutsideNote } from '../../export/BookContent.ts';
import type { FrozenFacts } from '../../storage/ports/EditionStore.ts';
import type { BookContext } from './BookPlan.ts';
import { readThen } from './readThen.ts';

/** What a book says of notes that it does not hold, by id, and how many of them it should and cannot. */
export interface Outside {
  readonly titles: ReadonlyMap<string, OutsideNote>;
  readonly absent: number;
}

/** The notes that a book speaks of and does not hold. */
export function namedOutside(notes: readonly BookNote[]): NoteId[] {
  const inside = new Set<string>(notes.map((note) => note.id));
  const named = notes.flatMap((note) => [
    ...extractLinks(note.body),
    ...extractTerms(note.body),
    ...note.terms,
  ]);
  return [...new Set(named)].filter((id) => isId(id) && !inside.has(id)) as NoteId[];
}

function present(title: string, kind: NoteKind, sheet: NoteSheet, excerpt: string): OutsideNote {
  const definition = kind === 'term' ? sheet.definition || excerpt : '';
  return { title, kind, definition, forms: otherNames(sheet, kind) };
}

/** As they are now: only those that the person may read, and that are not in the trash. */
export async function readOutside(
  { catalogue }: BookContext,
  caller: Caller,
  notes: readonly BookNote[],
): Promise<Outside> {
  const records = await catalogue.notes.getMany(namedOutside(notes));
  const readable = [...records.values()].filter(
    (note) => note.trashedAt === null && canReadNote(roleOnNote(caller, note)),
  );
  const indexes = await catalogue.derived.noteLines(readable.map((note) => note.id));
  const titles = new Map(
    readable.flatMap(({ id, kind }): [string, OutsideNote][] => {
      const index = indexes.get(id);
      return index === undefined ? [] : [[id, present(index.title, kind, index.sheet, index.excerpt)]];
    }),
  );
  return { titles, absent: 0 };
}

/** As they were when an edition froze them: a title that changed since is for who sees the history of its note. */
export async function readFrozenOutside(
  context: BookContext,
  caller: Caller,
  frozen: FrozenFacts['outside'],
  notes: readonly BookNote[],
): Promise<Outside> {
  const named = namedOutside(notes);
  const records = await context.catalogue.notes.getMany(named);
  const titles = new Map<string, OutsideNote>();
  let absent = 0;
  for (const id of named) {
    const [record, then] = [records.get(id), frozen[id]];
    // What it did not name when it was frozen, it does not name.
    if (then === undefined) continue;
    const mayRead =
      record !== undefined &&
      (await maySeeText(context, caller, record, { ...then, isOpen: false })) === 'open';
    const read = mayRead ? await readThen(context, id, then.seq) : null;
    if (read === null) {
      absent += 1;
      continue;
    }
    const { title, body, sheet = emptySheet } = yDocToNoteContent(read.doc);
    read.doc.destroy();
    const onSheet = sheetText(sheet, then.kind);
    const excerpt = extractExcerpt(body);
    titles.set(
      id,
      present(
        title.replace(/\s+/g, ' ').trim(),
        then.kind,
        sheet,
        // As the indexer says it.
        then.kind === 'term' && onSheet !== '' ? shorten(onSheet) : excerpt || shorten(onSheet),
      ),
    );
  }
  return { titles, absent };
}
