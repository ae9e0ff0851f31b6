import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { bodyOf, languageOf, titleOf } from '#shared/document/fields.ts';
import { normalBody } from '#shared/document/normalBody.ts';
import { fragmentToBody } from '#shared/document/noteContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Documents } from '../room/Documents.ts';
import type { TakeBackPlan, TitleAndBody } from './chronicle/ChronicleQuestion.ts';
import type { RowsTakenBack } from './chronicle/withoutRows.ts';
import type { Past } from './Past.ts';

/** How often it is planned anew while others write. */
const mostTries = 8;

/** Names what of later work a plan touches: who agreed to it agreed to this and to nothing else. */
export function overlapKey({ overlaps }: Pick<TakeBackPlan, 'overlaps'>): string {
  const named = overlaps.map(({ kind, text, seq }) => [kind, text, seq]);
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url').slice(0, 22);
}

/**
 * Makes a note say what it would say without some rows, by a forward edit: later work stays, and whoever is writing goes on writing.
 * @param agreed - `overlapKey` of what was shown before.
 * @returns the row of the edit.
 * @throws AppError `conflict` when it touches other later work than was shown, or others wrote all the while; `app_outdated` when that content cannot be written.
 */
export async function takeBack(
  { documents, past }: { readonly documents: Documents; readonly past: Past },
  document: DocumentId,
  person: PersonId,
  { agreed, ...taken }: RowsTakenBack & { readonly agreed: string },
): Promise<{ readonly seq: number }> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const plan = await past.planTakeBack(document, taken);
    if (overlapKey(plan) !== agreed)
      throw new AppError('conflict', 'it touches other later work than was shown');
    let isStale = false;
    const { seq } = await documents.change(document, { person, operation: 'takeBack' }, (doc) => {
      isStale = !says(doc, plan.now);
      if (!isStale) write(doc, plan.after);
    });
    if (!isStale) return { seq };
  }
  throw new AppError('conflict', 'others wrote all the while');
}

function write(doc: Y.Doc, { title, body }: TitleAndBody): void {
  try {
    replaceNoteContent(doc, { title, body, language: languageOf(doc) }, 'takeBack');
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('app_outdated', 'the note would hold content that this application does not know', {
      cause,
    });
  }
}

function says(doc: Y.Doc, { title, body }: TitleAndBody): boolean {
  return (
    titleOf(doc).toJSON() === title &&
    isDeepStrictEqual(normalBody(fragmentToBody(bodyOf(doc))), normalBody(body))
  );
}
