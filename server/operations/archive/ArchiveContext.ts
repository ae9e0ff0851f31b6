import type { KeyObject } from 'node:crypto';
import type { ExamineLog } from '../../proof/Examined.ts';
import type { Proofs } from '../../proof/Proofs.ts';
import type { SittingStore } from '../../storage/ports/SittingStore.ts';
import type { UpdateLog } from '../../storage/ports/UpdateLog.ts';
import type { VersionStore } from '../../storage/ports/VersionStore.ts';
import type { BookContext } from '../book/BookPlan.ts';

/** What archives are made of, and made into. */
export type ArchiveContext = BookContext & {
  readonly proofs: Pick<Proofs, 'export'>;
  readonly versions: VersionStore;
  readonly sittings: SittingStore;
  /** As it is stored: rows under the ids that they were written with, which the chain holds. */
  readonly journals: UpdateLog;
  readonly examine: ExamineLog;
  /** Ed25519: signs archives, and knows those that were made here. */
  readonly signingKey: KeyObject;
};
