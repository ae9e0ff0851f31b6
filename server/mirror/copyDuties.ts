import { AppError } from '#shared/api/errorCodes.ts';
import type { PlaceDocument } from '#shared/api/mirror.ts';
import type { DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { readNameInRow } from '#shared/protocol/mirrorMessages.ts';
import { collectionsOf } from '../access.ts';
import { type DestroyingContext, destroyDocument } from '../operations/destroyDocument.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { History } from '../history/History.ts';
import type { CopyDuties } from './CopyParts.ts';
import { CopyFiles } from './CopyFiles.ts';
import type { FollowedRelays } from './FollowedRelays.ts';
import { exchangeVersions } from './exchangeVersions.ts';
import { keepUnsent } from './keepUnsent.ts';
import { leaveCarnets } from './leaveCarnets.ts';
import { learnPeople, readSheet } from './localRecord.ts';
import { speakersOf } from './speakersOf.ts';

/** What copies do in the rest of the relay. */
export function copyDuties(
  context: DestroyingContext & { readonly history: Pick<History, 'past' | 'nameMoment' | 'renameVersion'> },
  log: UpdateLog,
  relays: FollowedRelays,
): CopyDuties {
  const { catalogue, versions, history } = context;
  const files = new CopyFiles({ context, relays });
  const named = new Map<string, string>();
  const made = new Map<DocumentId, DocumentId>();
  const learn: CopyDuties['learnPeople'] = async (people) => {
    const news = [...people].filter(([id, name]) => named.get(id) !== name);
    if (news.length === 0) return;
    for (const [id, name] of news) named.set(id, name);
    await learnPeople(
      catalogue,
      news.map(([id, name]) => ({ id: id as PersonId, ...readNameInRow(name) })),
    );
  };
  return {
    readSheet: (record) => readSheet(context, relays, record),
    place: async ({ document: id, kind, relay }) => {
      const note = kind === 'note' ? await catalogue.notes.get(id as NoteId) : null;
      const collection = kind === 'note' ? null : await collectionsOf(catalogue, kind).get(id as never);
      const body: PlaceDocument = {
        id,
        kind,
        createdAt: (note ?? collection)?.createdAt ?? context.now(),
        ...(note === null ? {} : { noteKind: note.kind, licence: note.licence }),
      };
      const answer = await relays.fetch(relay, '/api/mirror/documents', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      await answer.body?.cancel();
      if (answer.ok) return;
      if (answer.status === 403) throw new AppError('not_allowed', 'nothing may be placed there');
      if (answer.status === 409) throw new AppError('conflict', `document ${id} is something else there`);
      throw new AppError('home_unreachable', `the home answered ${answer.status}`);
    },
    personOf: (person) => context.identities.of(person),
    localPerson: async () => (await catalogue.persons.firstOfKind('local'))?.id ?? null,
    learnPeople: learn,
    speakersOf: (record, people) => speakersOf(context, relays, record, people),
    sendFiles: (record) => files.send(record),
    fetchFiles: (record) => files.fetch(record),
    mendFile: (record, file) => files.mend(record, file),
    renumbered: async (document, numbers) => {
      await versions.renumber(document, numbers);
      await history.past.rowsGone(document);
    },
    keepUnsent: (record, kept) => keepUnsent(context, log, record, { ...kept, made }),
    remove: async ({ document, kind }, last) => {
      await destroyDocument(context, { id: document, kind }, null, last);
      await catalogue.mirrored.remove(document);
      context.events.emit({ type: 'lists' });
    },
    forget: async (record) => {
      await leaveCarnets(context, record);
      await catalogue.mirrored.remove(record.document);
    },
    exchangeVersions: async (record) => {
      const local = await catalogue.persons.firstOfKind('local');
      if (record.kind !== 'note' || local === null) return;
      const parts = { relays, history, versions, store: catalogue.mirrored, learnPeople: learn };
      await exchangeVersions({ ...parts, identities: context.identities, person: local.id }, record);
    },
    integrate: async ({ document, relay, wish }) => {
      if (wish === null) return true;
      const answer = await relays.fetch(relay, `/api/carnets/${wish.carnet}/entries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ memberIds: [document], categoryId: wish.category }),
      });
      await answer.body?.cancel();
      if (answer.status >= 500 || answer.status === 429)
        throw new AppError('home_unreachable', `the home answered ${answer.status}`);
      return answer.ok;
    },
  };
}
