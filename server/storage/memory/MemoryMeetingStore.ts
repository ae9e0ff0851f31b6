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
    this.#tables.meetingGuests.set(guest.person, { ...guest, removedAt: null });
    this.#tables.write(trace);
  }

  async removeGuest(person: PersonId, at: number, trace: Trace): Promise<void> {
    const guest = this.#tables.meetingGuests.get(person);
    if (guest?.removedAt === null) this.#tables.meetingGuests.set(person, { ...guest, removedAt: at });
    this.#tables.write(trace);
  }

  async guests(meeting: MeetingId): Promise<readonly MeetingGuest[]> {
    return [...this.#tables.meetingGuests.values()]
      .filter((guest) => guest.meeting === meeting && guest.removedAt === null)
      .map(({ removedAt: _, ...guest }) => guest);
  }

  async shareOf(person: PersonId): Promise<MeetingShare | null> {
    const guest = this.#tables.meetingGuests.get(person);
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
