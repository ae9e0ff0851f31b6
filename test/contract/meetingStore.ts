import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CarnetId, MeetingId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Catalogue } from '#server/storage/ports/Catalogue.ts';
import { id, nothing, person, registered } from './records.ts';

const host = id<PersonId>(1);
const [zoe, yan] = [id<PersonId>(2), id<PersonId>(3)];
const [carnet, other] = [id<CarnetId>(20), id<CarnetId>(21)];
const meeting = {
  id: id<MeetingId>(30),
  host,
  carnets: [carnet],
  mayWrite: true,
  startedAt: 5,
  endedAt: null,
} as const;
const entry = (collection: CarnetId, n: number) => ({
  collection,
  member: id<NoteId>(n),
  order: `a${n}`,
  category: null,
  also: [],
  pinned: false,
  held: null,
  seen: null,
  integratedBy: host,
  integratedAt: n,
});

/** What every adapter of `MeetingStore` does. @param open - an empty catalogue, and the way to close it. */
export function describeMeetingStore(
  name: string,
  open: () => Promise<{ catalogue: Catalogue; close: () => Promise<void> }>,
): void {
  describe(`MeetingStore of ${name}`, () => {
    let catalogue: Catalogue;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ catalogue, close } = await open());
      for (const one of [host, zoe, yan]) await catalogue.persons.add(person(one, 'Zoé', 1));
    });
    afterEach(() => close());
    const join = (guest: PersonId, joinedAt: number) =>
      catalogue.meetings.addGuest(
        { person: guest, meeting: meeting.id, claimHash: 'c', backKey: `b${guest}`, joinedAt },
        nothing,
      );

    test('one that lasts is the current one, with its trace, until it ends', async () => {
      const { meetings, register } = catalogue;
      expect(await meetings.current()).toBeNull();
      const line = registered(5, 'meeting.opened', { by: host, subjectId: meeting.id });
      await meetings.add(meeting, { audit: [line], notices: [] });
      expect(await meetings.current()).toEqual(meeting);
      expect(await register.about(meeting.id)).toEqual([line]);
      await meetings.end(meeting.id, 9, nothing);
      expect(await meetings.current()).toBeNull();
    });

    test('its guests are there in the order in which they came, without who was taken out', async () => {
      const { meetings } = catalogue;
      await meetings.add(meeting, nothing);
      await join(yan, 6);
      await join(zoe, 7);
      expect((await meetings.guests(meeting.id)).map((one) => one.person)).toEqual([yan, zoe]);
      await meetings.removeGuest(yan, 8, nothing);
      expect(await meetings.guests(meeting.id)).toEqual([
        { person: zoe, meeting: meeting.id, claimHash: 'c', backKey: `b${zoe}`, joinedAt: 7 },
      ]);
    });

    test('who comes again is who they were, with the claim of the first time; not to a meeting that they were taken out of', async () => {
      const { meetings } = catalogue;
      await meetings.add(meeting, nothing);
      await join(zoe, 6);
      await join(yan, 7);
      await meetings.end(meeting.id, 8, nothing);
      const later = { ...meeting, id: id<MeetingId>(31), startedAt: 9 };
      await meetings.add(later, nothing);
      const back = async (to: MeetingId) => (await meetings.mayReturn(to)).map(({ person: who }) => who);
      expect(await back(later.id)).toEqual([yan, zoe]);
      const again = { person: zoe, meeting: later.id, claimHash: 'other', backKey: `b${zoe}`, joinedAt: 10 };
      await meetings.addGuest(again, nothing);
      expect((await meetings.mayReturn(later.id))[0]).toEqual(again);
      expect(await back(later.id)).toEqual([zoe, yan]);
      expect(await meetings.claimOf(zoe)).toBe('c');
      expect(await meetings.claimOf(host)).toBeNull();
      expect((await meetings.shareOf(zoe))?.documents).toEqual(new Set([carnet]));
      expect((await meetings.shareOf(yan))?.documents).toEqual(new Set());
      await meetings.removeGuest(zoe, 11, nothing);
      expect(await back(later.id)).toEqual([yan]);
      expect(await back(id<MeetingId>(32))).toEqual([zoe, yan]);
    });

    test('a guest has the carnets and what is in them now; nothing once taken out, or once it is over', async () => {
      const { meetings, derived } = catalogue;
      const index = {
        title: '',
        description: '',
        language: 'fr',
        guide: null,
        seq: 1,
        modifiedAt: 1,
        categories: [],
      };
      await derived.saveCollection({ ...index, id: carnet }, [entry(carnet, 40)]);
      await derived.saveCollection({ ...index, id: other }, [entry(other, 41)]);
      await meetings.add(meeting, nothing);
      expect(await meetings.shareOf(zoe)).toBeNull();
      await join(zoe, 7);
      await join(yan, 7);
      const share = { host, mayWrite: true };
      const whole = { ...share, documents: new Set([carnet, id<NoteId>(40)]) };
      expect(await meetings.shareOf(zoe)).toEqual(whole);
      await meetings.removeGuest(zoe, 8, nothing);
      expect(await meetings.shareOf(zoe)).toEqual({ ...share, documents: new Set() });
      expect(await meetings.shareOf(yan)).toEqual(whole);
      await meetings.end(meeting.id, 9, nothing);
      expect(await meetings.shareOf(yan)).toEqual({ ...share, documents: new Set() });
    });
  });
}
