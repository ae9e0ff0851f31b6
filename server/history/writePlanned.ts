import { isDeepStrictEqual } from 'node:util';
import type * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { bodyOf, languageOf, titleOf } from '#shared/document/fields.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { fragmentToBody } from '#shared/document/noteContent.ts';
import { readSheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Documents } from '../room/Documents.ts';
import type { ForwardPlan, NoteSaid } from './chronicle/ChronicleQuestion.ts';

/** How often it is planned anew while others write. */
const mostTries = 8;

/**
 * Makes a note say what a plan wants of it, by a forward edit, once the note says what the plan was made from: whoever is writing goes on writing, and none of it is lost.
 * @param plan - asked again whenever somebody wrote meanwhile.
 * @returns the row of the edit; null where the note says it already and nothing was written.
 * @throws what `plan` throws; AppError `conflict` when others wrote all the while; `app_outdated` when that content cannot be written.
 */
export async function writePlanned(
  documents: Documents,
  document: DocumentId,
  act: { readonly person: PersonId; readonly operation: 'takeBack' | 'putBack' },
  plan: () => Promise<ForwardPlan>,
): Promise<number | null> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { now, after } = await plan();
    let isStale = false;
    let wrote = false;
    const { seq } = await documents.change(document, act, (doc) => {
      isStale = !says(doc, now);
      // The row that is told when nothing changed may be somebody else's.
      doc.on('update', () => {
        wrote = true;
      });
      if (!isStale) write(doc, after, act.operation);
    });
    if (!isStale) return wrote ? seq : null;
  }
  throw new AppError('conflict', 'others wrote all the while');
}

function write(doc: Y.Doc, { title, body, sheet, language }: NoteSaid, origin: string): void {
  try {
    replaceNoteContent(
      doc,
      { title, body, language: language ?? languageOf(doc), ...(sheet === undefined ? {} : { sheet }) },
      origin,
    );
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('app_outdated', 'the note would hold content that this application does not know', {
      cause,
    });
  }
}

function says(doc: Y.Doc, { title, body, sheet }: NoteSaid): boolean {
  return (
    (sheet === undefined || isDeepStrictEqual(readSheet(doc), sheet)) &&
    titleOf(doc).toJSON() === title &&
    isDeepStrictEqual(normalBody(fragmentToBody(bodyOf(doc))), normalBody(body))
  );
}
