import type { DocumentId, MeetingId, PersonId } from '#shared/domain/ids.ts';
import type { MeetingGuest, MeetingRecord, MeetingShare, MeetingStore } from '../ports/MeetingStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Meetings on the local network, in memory. */
export class MemoryMeetingStore implements MeetingStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(meeting: MeetingRecord, trace: Trace): Promise<void> {
    this.#tables.meetings.set(meeting.id, meeting);
    this.#tables.write(trace);
  }

  async current(): Promise<MeetingRecord | null> {
    return [...this.#tables.meetings.values()].find(({ endedAt }) => endedAt === null) ?? null;
  }

  async end(id: MeetingId, at: number, trace: Trace): Promise<void> {
    const meeting = this.#tables.meetings.get(id);
    if (meeting?.endedAt === null) this.#tables.meetings.set(id, { ...meeting, endedAt: at });
    this.#tables.write(trace);
  }

  async addGuest(guest: MeetingGuest, trace: Trace): Promise<void> {
    this.#tables.meetingGuests.push({ ...guest, removedAt: null });
    this.#tables.write(trace);
  }

  async removeGuest(person: PersonId, at: number, trace: Trace): Promise<void> {
    for (const guest of this.#tables.meetingGuests) if (guest.person === person) guest.removedAt ??= at;
    this.#tables.write(trace);
  }

  async guests(meeting: MeetingId): Promise<readonly MeetingGuest[]> {
    return this.#tables.meetingGuests
      .filter((guest) => guest.meeting === meeting && guest.removedAt === null)
      .map(({ removedAt: _, ...guest }) => guest);
  }

  async mayReturn(meeting: MeetingId): Promise<readonly MeetingGuest[]> {
    const all = this.#tables.meetingGuests;
    const takenOut = new Set(
      all.filter((one) => one.meeting === meeting && one.removedAt !== null).map(({ person }) => person),
    );
    const last = new Map(all.map(({ removedAt: _, ...guest }) => [guest.person, guest]));
    return all
      .flatMap((one) => {
        const guest = last.get(one.person);
        return guest !== undefined && guest.meeting === one.meeting ? [guest] : [];
      })
      .filter(({ person, backKey }) => backKey !== null && !takenOut.has(person))
      .toReversed();
  }

  async claimOf(person: PersonId): Promise<string | null> {
    return this.#tables.meetingGuests.find((guest) => guest.person === person)?.claimHash ?? null;
  }

  async shareOf(person: PersonId): Promise<MeetingShare | null> {
    const guest = this.#tables.meetingGuests.findLast((one) => one.person === person);
    const meeting = guest === undefined ? undefined : this.#tables.meetings.get(guest.meeting);
    if (guest === undefined || meeting === undefined) return null;
    const { host, mayWrite, endedAt } = meeting;
    const carnets = endedAt === null && guest.removedAt === null ? meeting.carnets : [];
    const members = carnets.flatMap((id) =>
      (this.#tables.collectionIndexes.get(id)?.entries ?? []).map(({ member }) => member),
    );
    return { host, mayWrite, documents: new Set<DocumentId>([...carnets, ...members]) };
  }
}
