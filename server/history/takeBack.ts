import { createHash } from 'node:crypto';
import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { Documents } from '../room/Documents.ts';
import type { TakeBackPlan } from './chronicle/ChronicleQuestion.ts';
import type { RowsTakenBack } from './chronicle/withoutRows.ts';
import type { Past } from './Past.ts';
import { writePlanned } from './writePlanned.ts';

/** Names what of later work a plan touches: who agreed to it agreed to this and to nothing else. */
export function overlapKey({ overlaps }: Pick<TakeBackPlan, 'overlaps'>): string {
  const named = overlaps.map(({ kind, text, seq }) => [kind, text, seq]);
  return createHash('sha256').update(JSON.stringify(named)).digest('base64url').slice(0, 22);
}

/**
 * Makes a note say what it would say without some rows, by a forward edit: later work stays, and whoever is writing goes on writing.
 * @param agreed - `overlapKey` of what was shown before.
 * @returns as `writePlanned`.
 * @throws AppError `conflict` when it touches other later work than was shown; as `writePlanned`.
 */
export function takeBack(
  { documents, past }: { readonly documents: Documents; readonly past: Past },
  document: DocumentId,
  person: PersonId,
  { agreed, ...taken }: RowsTakenBack & { readonly agreed: string },
): Promise<number | null> {
  return writePlanned(documents, document, { person, operation: 'takeBack' }, async () => {
    const plan = await past.planTakeBack(document, taken);
    if (overlapKey(plan) !== agreed)
      throw new AppError('conflict', 'it touches other later work than was shown');
    return plan;
  });
}
