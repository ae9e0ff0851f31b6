import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { emptyUpdate } from '#shared/protocol/encodeMessage.ts';
import type { Statement, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { Act, AdoptedDocument } from './Documents.ts';
import { freshEpoch, operationRow } from './operationRow.ts';

/** Takes a log in with what was signed of it, then one row by who brings it, with which the document begins another life. @returns that row. */
export async function adoptLog(
  log: UpdateLog,
  adopted: AdoptedDocument,
  act: Act,
  alongside: readonly Statement[],
): Promise<{ document: DocumentId; seq: number; person: PersonId | null }> {
  const { document } = adopted.head;
  await log.adopt(adopted, alongside);
  for (const { head, publicKey } of adopted.heads) await log.saveHeads([{ document, head }], publicKey);
  const seq = await log.renew(operationRow(document, act, emptyUpdate, []), freshEpoch());
  return { document, seq, person: act.person };
}
