import type { LeavingChoice } from '#shared/api/leaving.ts';
import { collectionKinds } from '#shared/domain/Collection.ts';
import type { CommunityId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { RegisterLine } from '#shared/domain/Register.ts';
import { collectionsOf } from '../access.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionRecord } from '../storage/ports/CollectionStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import { communityChanged } from './communityChanged.ts';
import { leftAloneBy } from './leaveRelay.ts';
import { pushNotices, record, traceOf } from './traceOf.ts';

type Context = RelayContext & { readonly accounts: Accounts };

/** Those to whom something can still go: whom it was meant for, or else the responsables of its community. Nobody: it stays as it is. */
async function heirs(
  { catalogue }: RelayContext,
  community: CommunityId | null,
  { act, ...choice }: LeavingChoice & { to?: PersonId | null },
  leaving: PersonId,
): Promise<readonly PersonId[]> {
  const record = act !== 'hand' || community === null ? null : await catalogue.communities.get(community);
  if (record === null) return [];
  const { to = null } = choice;
  if (to !== null && [...record.responsables, ...record.members].includes(to)) return [to];
  return record.responsables.filter((one) => one !== leaving);
}

async function settleNote(context: RelayContext, person: PersonId, note: NoteRecord, choice: LeavingChoice) {
  const { catalogue, now } = context;
  if (choice.act === 'trash') {
    const trace = traceOf(context, {
      by: person,
      act: 'note.trash',
      subjectId: note.id,
      person: null,
      value: null,
    });
    await catalogue.notes.change(note.id, { trashedAt: now() }, trace);
  }
  const to = await heirs(context, note.community, choice, person);
  const isOfCommunity = choice.act === 'hand' && choice.to === null && note.kind !== 'organisation';
  if (isOfCommunity && to.length > 0) {
    const audit: RegisterLine = {
      by: person,
      act: 'note.authors',
      subjectId: note.id,
      person: null,
      value: 'community',
    };
    await catalogue.notes.setAuthorMode(note.id, 'community', now(), traceOf(context, audit));
  } else {
    for (const heir of to) {
      const trace = traceOf(
        context,
        { by: person, act: 'note.role', subjectId: note.id, person: heir, value: 'author' },
        [
          {
            people: [heir],
            kind: 'author_added',
            about: { subject: 'note', subjectId: note.id },
            from: null,
          },
        ],
      );
      await catalogue.notes.addPerson(note.id, heir, 'author', now(), trace);
      pushNotices(context, trace);
    }
  }
}

async function settleCollection(
  context: RelayContext,
  person: PersonId,
  collection: CollectionRecord,
  choice: LeavingChoice,
) {
  const { catalogue, now } = context;
  const { id, kind, community } = collection;
  const store = collectionsOf(catalogue, kind);
  const audit: RegisterLine = {
    by: person,
    act: `${kind}.trash`,
    subjectId: id,
    person: null,
    value: null,
  };
  if (choice.act === 'trash') await store.change(id, { trashedAt: now() }, traceOf(context, audit));
  for (const heir of await heirs(context, community, choice, person)) {
    const trace = traceOf(context, {
      by: person,
      act: `${kind}.role`,
      subjectId: id,
      person: heir,
      value: 'manager',
    });
    await store.addPerson(id, heir, 'manager', now(), trace);
  }
}

/** Takes somebody out of a community; where nobody else is its responsable any more, who has been in it longest becomes it. */
async function leaveCommunity(context: RelayContext, person: PersonId, id: CommunityId): Promise<void> {
  const { communities } = context.catalogue;
  const leave = () => {
    const audit: RegisterLine = { by: person, act: 'community.role', subjectId: id, person, value: null };
    return communities.setRole(id, person, null, context.now(), traceOf(context, audit));
  };
  if ((await leave()) === 'last') {
    const heir = (await communities.get(id))?.members[0];
    if (heir === undefined) return;
    const audit: RegisterLine = {
      by: null,
      act: 'community.role',
      subjectId: id,
      person: heir,
      value: 'responsable',
    };
    await communities.setRole(id, heir, 'responsable', context.now(), traceOf(context, audit));
    await leave();
  }
  await communityChanged(context, id);
}

/** Does what somebody decided, and forgets them. Stopped at any moment, doing it again goes on. */
async function forgetPerson(context: Context, person: PersonId): Promise<void> {
  const { catalogue, accounts, documents, events } = context;
  const choices = (await catalogue.leaving.get(person))?.choices ?? {};
  const stays: LeavingChoice = { act: 'leave' };
  const alone = await leftAloneBy(context, person);
  for (const note of alone.notes) await settleNote(context, person, note, choices[note.id] ?? stays);
  for (const collection of [...alone.carnets, ...alone.bases])
    await settleCollection(context, person, collection, choices[collection.id] ?? stays);
  const touched: DocumentId[] = [];
  for (const { id } of await catalogue.notes.ofAuthor(person)) {
    const audit: RegisterLine = { by: person, act: 'note.role', subjectId: id, person, value: null };
    // Where they are the last one, it stays theirs: of somebody who left.
    await catalogue.notes.removeAuthor(id, person, traceOf(context, audit));
    touched.push(id);
  }
  for (const kind of collectionKinds) {
    const store = collectionsOf(catalogue, kind);
    for (const trashed of [false, true]) {
      for (const { id, managers } of await store.list({ trashed })) {
        if (!managers.includes(person)) continue;
        const audit: RegisterLine = { by: person, act: `${kind}.role`, subjectId: id, person, value: null };
        await store.changePerson(id, person, null, traceOf(context, audit));
        touched.push(id);
      }
    }
  }
  for (const id of (await catalogue.communities.rolesOf(person)).keys())
    await leaveCommunity(context, person, id);
  await accounts.credentials.forget(person);
  await catalogue.feedSecrets.remove(person);
  await catalogue.editions.forgetPerson(person);
  await catalogue.leaving.depart(person);
  await record(context, 'account.deleted', { by: person });
  await Promise.all(touched.map((id) => documents.recheckAccess(id)));
  events.emit({ type: 'lists' });
}

/**
 * Forgets those whose time to come back is over.
 * @returns how many.
 */
export async function forgetLeaving(context: Context, signal: AbortSignal): Promise<number> {
  const { leaving, removal } = context.catalogue;
  let count = 0;
  for (const person of await leaving.due(context.now())) {
    if (signal.aborted) break;
    await forgetPerson(context, person);
    count += 1;
  }
  if (count > 0) await removal.wipe();
  return count;
}
