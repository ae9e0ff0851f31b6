import type { PersonId } from '#shared/domain/ids.ts';
import type { History } from '../history/History.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { Trashed } from '../storage/ports/RemovalStore.ts';
import type { VersionStore } from '../storage/ports/VersionStore.ts';
import { entryOf } from './traceOf.ts';

/** What destroying needs beside the rest of the relay. */
export type DestroyingContext = RelayContext & {
  readonly versions: VersionStore;
  readonly history: Pick<History, 'past'>;
};

/**
 * Destroys a note, a carnet or a base: the whole history, its versions, what is kept of both to look at them. Its files stay until nobody holds them; only the register keeps that it was there.
 * @param by - null: nobody asked for it now.
 * @param last - the last row that whoever asks knows of; default: whichever it is.
 * @throws AppError `conflict` when there are rows behind `last`: its text stays.
 */
export async function destroyDocument(
  context: DestroyingContext,
  { id, kind }: Trashed,
  by: PersonId | null = null,
  last?: number,
): Promise<void> {
  const { catalogue, documents, versions, history } = context;
  const { removal } = catalogue;
  const act = `${kind}.destroyed` as const;
  const audit = entryOf(context, { by, act, subjectId: id, person: null, value: null });
  await versions.removeAll(id);
  await history.past.removeAll(id);
  const alongside = removal.statementsToRemove(id, audit);
  await documents.destroy(id, alongside ?? [], last);
  if (alongside === null) await removal.remove(id, audit);
  // Once more: somebody may have looked at it meanwhile.
  await history.past.removeAll(id);
}
