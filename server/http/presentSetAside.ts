import type { SetAside } from '#shared/api/common.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { AuthoredLog } from '../Identities.ts';

/**
 * Why a document is set aside, and when its last good state was.
 * @param mayGoBack - the caller may take it back there; nobody else is told of it.
 */
export async function presentSetAside(
  log: AuthoredLog,
  document: DocumentId,
  mayGoBack: boolean,
): Promise<SetAside> {
  const head = await log.head(document);
  const problem = head?.readOnly ?? null;
  if (!mayGoBack || problem !== 'invalid_content' || head === null || head.goodSeq === null)
    return { problem, goodStateAt: null, goodStateIsShown: false };
  const [row] = await log.read(document, head.goodSeq - 1, head.goodSeq);
  return { problem, goodStateAt: row?.time ?? null, goodStateIsShown: head.goodSeq === head.seq };
}
