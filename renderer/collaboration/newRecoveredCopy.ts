import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { DocumentKind } from './DocumentKind.ts';
import type { RecoveredCopy } from './OfflineStore.ts';
import { plainTextOf } from './plainTextOf.ts';
import type { ProblemCode } from './problems.ts';
import { randomId } from './randomId.ts';

/** What a document says now, to be kept apart. */
export function newRecoveredCopy(
  doc: Y.Doc,
  document: DocumentId,
  kind: DocumentKind,
  reason: ProblemCode,
): RecoveredCopy {
  const { title, text } = plainTextOf(doc, kind);
  const state = Y.encodeStateAsUpdate(doc);
  return { id: randomId(), document, title, text, reason, savedAt: Date.now(), state };
}
