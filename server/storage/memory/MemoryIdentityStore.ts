import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { GuestPlaces, IdentityStore } from '../ports/IdentityStore.ts';
import type { Trace } from '../ports/Trace.ts';
import { isSameChange, type MemoryTables } from './MemoryTables.ts';

/** The people of lists, strongest first, once one of them is another: each stands in the strongest list that has them, once. */
function joined<Key extends string>(
  record: Readonly<Record<Key, readonly PersonId[]>>,
  strongest: readonly Key[],
  as: (id: PersonId) => PersonId,
): Record<Key, readonly PersonId[]> {
  const seen = new Set<PersonId>();
  const lists: Record<Key, readonly PersonId[]> = { ...record };
  for (const key of strongest) {
    lists[key] = [...new Set(record[key].map(as))].filter((id) => !seen.has(id));
    for (const id of lists[key]) seen.add(id);
  }
  return lists;
}

/** Who a guest is now, in memory. */
export class MemoryIdentityStore implements IdentityStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async all(): Promise<ReadonlyMap<PersonId, PersonId>> {
    return new Map(this.#tables.identities);
  }

  async join(guest: PersonId, account: PersonId, _at: number, trace: Trace): Promise<GuestPlaces | null> {
    const { persons, identities } = this.#tables;
    const [one, other] = [persons.get(guest), persons.get(account)];
    if ((one?.kind !== 'guest' && one?.kind !== 'stated') || other?.kind !== 'account') return null;
    const as = <Id extends PersonId | null>(id: Id): Id => (id === guest ? (account as Id) : id);
    const places = this.#moveRoles(guest, as);
    this.#moveWords(as);
    this.#moveOwn(guest, account);
    if (one.role === 'administrator') persons.set(account, { ...other, role: 'administrator' });
    persons.delete(guest);
    identities.set(guest, account);
    this.#tables.write(trace);
    return places;
  }

  async recognize(elsewhere: PersonId, person: PersonId): Promise<void> {
    const { persons, identities } = this.#tables;
    if (identities.has(elsewhere)) return;
    const as = <Id extends PersonId | null>(id: Id): Id => (id === elsewhere ? (person as Id) : id);
    this.#moveRoles(elsewhere, as);
    this.#moveWords(as);
    this.#moveOwn(elsewhere, person);
    persons.delete(elsewhere);
    identities.set(elsewhere, person);
  }

  #moveRoles(guest: PersonId, as: (id: PersonId) => PersonId): GuestPlaces {
    const { notes, collections, communities, requests } = this.#tables;
    const isNamed = (...lists: (readonly PersonId[])[]) => lists.some((list) => list.includes(guest));
    const found = {
      notes: [...notes.values()].filter((note) => isNamed(note.authors, note.commenters, note.readers)),
      collections: [...collections.values()].filter((one) =>
        isNamed(one.managers, one.contributors, one.readers),
      ),
      communities: [...communities.values()].filter(({ people }) => people.has(guest)),
    };
    for (const note of found.notes)
      notes.set(note.id, { ...note, ...joined(note, ['authors', 'commenters', 'readers'], as) });
    for (const one of found.collections)
      collections.set(one.id, { ...one, ...joined(one, ['managers', 'contributors', 'readers'], as) });
    for (const one of found.communities) {
      const people: typeof one.people = new Map();
      const all = people as Map<PersonId, 'responsable' | 'member'>;
      for (const [id, role] of one.people) if (all.get(as(id)) !== 'responsable') all.set(as(id), role);
      communities.set(one.id, { ...one, people });
    }
    for (const [subject, waiting] of requests) {
      const request = waiting.get(guest);
      waiting.delete(guest);
      const person = as(guest);
      if (request !== undefined && !waiting.has(person)) waiting.set(person, { ...request, person });
      const isIn =
        [...notes.values()].some((note) => note.id === subject && note.authors.includes(person)) ||
        [...communities.values()].some((one) => one.id === subject && one.people.has(person));
      if (isIn) waiting.delete(person);
    }
    return {
      notes: found.notes.map(({ id }) => id),
      collections: found.collections.map(({ kind, id }) => ({ kind, id }) as CollectionRef),
      communities: found.communities.map(({ id }) => id),
    };
  }

  #moveWords(as: <Id extends PersonId | null>(id: Id) => Id): void {
    const tables = this.#tables;
    for (const [id, thread] of tables.threads)
      tables.threads.set(id, { ...thread, by: as(thread.by), resolvedBy: as(thread.resolvedBy) });
    for (const [id, message] of tables.messages)
      tables.messages.set(id, {
        ...message,
        by: as(message.by),
        mentions: [...new Set(message.mentions.map(as))],
      });
    for (const [id, report] of tables.reports) {
      const { settled } = report;
      const by = settled === null ? null : { settled: { ...settled, by: as(settled.by) } };
      tables.reports.set(id, { ...report, by: as(report.by), ...by });
    }
    for (const [id, invitation] of tables.invitations)
      tables.invitations.set(id, { ...invitation, createdBy: as(invitation.createdBy) });
    for (const held of tables.attachments.values())
      held.record = { ...held.record, person: as(held.record.person) };
    for (const [id, note] of tables.notes)
      if (note.lock !== null) tables.notes.set(id, { ...note, lock: { ...note.lock, by: as(note.lock.by) } });
    for (const [id, held] of tables.collectionIndexes)
      tables.collectionIndexes.set(id, {
        ...held,
        entries: held.entries.map((entry) => ({ ...entry, integratedBy: as(entry.integratedBy) })),
      });
  }

  #moveOwn(guest: PersonId, account: PersonId): void {
    const tables = this.#tables;
    const told = tables.notices.map((notice) => ({
      ...notice,
      person: notice.person === guest ? account : notice.person,
      from: notice.from === guest ? account : notice.from,
    }));
    tables.notices = told.filter(
      (notice, at) =>
        (notice.person !== account || notice.from !== account) &&
        !(
          tables.notices[at]?.person === guest &&
          tables.notices.some((one) => one.person === account && isSameChange(one, notice))
        ),
    );
    const marks = new Map(tables.readMarks.get(account));
    for (const [note, mark] of tables.readMarks.get(guest) ?? [])
      if ((marks.get(note)?.at ?? -1) < mark.at) marks.set(note, mark);
    tables.readMarks.set(account, marks);
    for (const table of [
      tables.readMarks,
      tables.profiles,
      tables.noticeSettings,
      tables.feedSecrets,
      tables.leaving,
    ])
      table.delete(guest);
  }
}
