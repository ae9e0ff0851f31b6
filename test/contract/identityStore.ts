import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AttachmentRecord } from '#server/storage/ports/AttachmentStore.ts';
import type { Catalogue } from '#server/storage/ports/Catalogue.ts';
import type { NoticeRecord } from '#server/storage/ports/Trace.ts';
import type {
  AttachmentId,
  CarnetId,
  Epoch,
  InvitationId,
  NoteId,
  PersonId,
  ReportId,
} from '#shared/domain/ids.ts';
import {
  carnet,
  community,
  id,
  message,
  note,
  notice,
  nothing,
  person,
  registered,
  thread,
} from './records.ts';

const guest = id<PersonId>(1);
const ada = id<PersonId>(2);
const chloe = id<PersonId>(3);
const line = registered(50, 'account.joined', { by: ada, person: guest });

/** What every adapter of `IdentityStore` does, and `PersonStore` with it. @param open - an empty catalogue, and the way to close it. */
export function describeIdentityStore(
  name: string,
  open: () => Promise<{ catalogue: Catalogue; close: () => Promise<void> }>,
): void {
  describe(`IdentityStore of ${name}`, () => {
    let catalogue: Catalogue;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ catalogue, close } = await open());
      await catalogue.persons.add(person(guest, 'Ada', 1, 'guest'));
      await catalogue.persons.add(person(ada, 'Ada Lovelace', 1, 'account'));
      await catalogue.persons.add(person(chloe, 'Chloé', 1, 'account'));
    });
    afterEach(() => close());
    const join = () => catalogue.identities.join(guest, ada, 50, { audit: [line], notices: [] });

    test('[R286] somebody of another relay is a person here, also who was known before as somebody of their own', async () => {
      const elsewhere = id<PersonId>(7);
      await catalogue.identities.recognize(elsewhere, ada, 60);
      const one = person(ada, 'Ada Lovelace', 1, 'account');
      expect(await catalogue.persons.get(elsewhere)).toEqual(one);
      await catalogue.identities.recognize(chloe, ada, 61);
      await catalogue.identities.recognize(chloe, guest, 62);
      expect(await catalogue.identities.all()).toEqual(
        new Map([
          [elsewhere, ada],
          [chloe, ada],
        ]),
      );
      expect((await catalogue.persons.list()).map((each) => each.id)).toEqual([guest, ada]);
    });

    test('the id of the guest gives the account, who is there once', async () => {
      expect(await join()).toEqual({ notes: [], collections: [], communities: [] });
      expect(await catalogue.identities.all()).toEqual(new Map([[guest, ada]]));
      const one = person(ada, 'Ada Lovelace', 1, 'account');
      expect(await catalogue.persons.get(guest)).toEqual(one);
      expect(await catalogue.persons.getMany([guest, chloe, id(9)])).toEqual(
        new Map([
          [guest, one],
          [chloe, person(chloe, 'Chloé', 1, 'account')],
        ]),
      );
      expect((await catalogue.persons.list()).map((each) => each.id)).toEqual([ada, chloe]);
      expect(await catalogue.persons.firstOfKind('guest')).toBeNull();
      expect(await catalogue.register.of(ada)).toEqual([line]);
    });

    test('only a guest becomes one with an account, and once', async () => {
      const trace = { audit: [line], notices: [] };
      await catalogue.persons.add(person(id(4), 'Autre', 1, 'guest'));
      for (const [a, b] of [
        [chloe, ada],
        [guest, id<PersonId>(4)],
        [guest, id<PersonId>(9)],
        [id<PersonId>(9), ada],
      ] as const)
        expect(await catalogue.identities.join(a, b, 50, trace)).toBeNull();
      expect(await catalogue.register.of(ada)).toEqual([]);
      expect(await join()).not.toBeNull();
      expect(await join()).toBeNull();
      expect(await catalogue.register.of(ada)).toEqual([line]);
    });

    test('of two roles by name the stronger stays, whoever had it', async () => {
      const { notes, carnets, communities } = catalogue;
      await communities.add(community(80, { responsables: [chloe], members: [guest] }), nothing);
      await communities.add(community(81, { responsables: [guest], members: [ada] }), nothing);
      await notes.add(note(10, { authors: [guest, chloe] }));
      await notes.add(note(11, { authors: [guest], readers: [ada] }));
      await notes.add(note(12, { authors: [ada], commenters: [guest] }));
      await notes.add(note(13, { authors: [chloe], readers: [guest] }));
      await notes.add(note(14, { authors: [chloe] }));
      await carnets.add(carnet(20, { managers: [guest], readers: [ada] }));
      await carnets.add(carnet(21, { managers: [chloe], contributors: [guest], readers: [ada] }));
      const places = await join();
      expect(places?.notes.toSorted()).toEqual([10, 11, 12, 13].map((n) => id(n)).toSorted());
      expect(places?.collections.map((one) => one.id).toSorted()).toEqual([id(20), id(21)].toSorted());
      expect(places?.collections[0]?.kind).toBe('carnet');
      expect(places?.communities.toSorted()).toEqual([id(80), id(81)].toSorted());
      expect([...(await notes.getMany([10, 11, 12, 13, 14].map((n) => id<NoteId>(n)))).values()]).toEqual([
        note(10, { authors: [ada, chloe] }),
        note(11, { authors: [ada] }),
        note(12, { authors: [ada] }),
        note(13, { authors: [chloe], readers: [ada] }),
        note(14, { authors: [chloe] }),
      ]);
      expect(await carnets.get(id(20))).toEqual(carnet(20, { managers: [ada] }));
      expect(await carnets.get(id(21))).toEqual(carnet(21, { managers: [chloe], contributors: [ada] }));
      expect(await communities.rolesOf(ada)).toEqual(
        new Map([
          [id(80), 'member'],
          [id(81), 'responsable'],
        ]),
      );
      expect((await communities.rolesOf(guest)).size).toBe(0);
    });

    test('what the guest said, sent, integrated and asked for is the account’s', async () => {
      await catalogue.notes.add(note(10, { authors: [chloe], lock: null }));
      await catalogue.notes.add(note(11, { authors: [ada] }));
      await catalogue.carnets.add(carnet(20, { managers: [chloe] }));
      const started = thread(30, { by: guest, createdAt: 1 });
      await catalogue.threads.start(
        started,
        message(40, 30, { by: guest, text: 'Oui.', mentions: [chloe, guest] }),
        nothing,
      );
      await catalogue.threads.reply(
        message(41, 30, { by: chloe, text: 'Oui.', mentions: [guest, ada] }),
        nothing,
      );
      await catalogue.threads.resolve(started.id, { by: guest, at: 5 }, nothing);
      const file: AttachmentRecord = {
        id: id<AttachmentId>(70),
        kind: 'file',
        name: 'plan.pdf',
        type: 'application/pdf',
        bytes: 12,
        width: null,
        height: null,
        digest: 'd',
        person: guest,
        createdAt: 1,
      };
      await catalogue.attachments.add(file, id(10));
      await catalogue.notes.change(id(10), { lock: { at: 3, by: guest, day: '2026-03-05', sentence: null } });
      await catalogue.invitations.add({
        id: id<InvitationId>(60),
        subject: 'note',
        subjectId: id<NoteId>(10),
        role: 'reader',
        secretHash: 'h',
        createdBy: guest,
        createdAt: 1,
        expiresAt: 100,
        revokedAt: null,
        uses: 0,
      });
      const report = { id: id<ReportId>(90), by: guest, reason: 'Non.', at: 4, settled: null };
      await catalogue.reports.add(
        { ...report, about: { subject: 'note', subjectId: id<NoteId>(10) } },
        nothing,
      );
      for (const n of [10, 11])
        await catalogue.requests.ask(
          { subject: 'note', subjectId: id<NoteId>(n) },
          { person: guest, text: 'Moi', at: 2 },
          nothing,
        );
      const entry = {
        collection: id<CarnetId>(20),
        member: id<NoteId>(10),
        order: 'a',
        category: null,
        also: [],
        held: null,
        seen: null,
      };
      await catalogue.derived.saveCollection(
        {
          id: id<CarnetId>(20),
          seq: 1,
          title: '',
          description: '',
          language: 'fr',
          guide: null,
          modifiedAt: 1,
          categories: [],
        },
        [{ ...entry, pinned: false, integratedBy: guest, integratedAt: 1 }],
      );
      await join();
      const found = await catalogue.threads.get(started.id);
      expect([found?.by, found?.resolvedBy]).toEqual([ada, ada]);
      const [ofThread] = await catalogue.threads.ofNote(id(10));
      expect(ofThread?.messages.map(({ by, mentions }) => [by, mentions])).toEqual([
        [ada, [chloe, ada]],
        [chloe, [ada]],
      ]);
      expect(await catalogue.attachments.bytesOf(ada)).toBe(12);
      expect((await catalogue.notes.get(id(10)))?.lock?.by).toBe(ada);
      expect((await catalogue.invitations.get(id(60)))?.createdBy).toBe(ada);
      expect((await catalogue.reports.get(report.id))?.by).toBe(ada);
      expect((await catalogue.derived.entries(id(20))).map((one) => one.integratedBy)).toEqual([ada]);
      // What an author asks for they have.
      expect((await catalogue.requests.list(id(10))).map((one) => one.person)).toEqual([ada]);
      expect(await catalogue.requests.list(id(11))).toEqual([]);
    });

    test('of two marks of reading the later stays, each notice is there once, and nobody is told what they did', async () => {
      for (const n of [10, 11, 12]) await catalogue.notes.add(note(n, { authors: [chloe] }));
      const mark = (n: number, seq: number, at: number) => ({
        note: id<NoteId>(n),
        epoch: 'e' as Epoch,
        seq,
        at,
      });
      await catalogue.readMarks.set(guest, mark(10, 9, 9));
      await catalogue.readMarks.set(ada, mark(10, 5, 5));
      await catalogue.readMarks.set(guest, mark(11, 2, 2));
      await catalogue.readMarks.set(ada, mark(11, 6, 6));
      await catalogue.readMarks.set(guest, mark(12, 3, 3));
      const changed = { kind: 'changed', within: id<CarnetId>(20), from: chloe } as const;
      await catalogue.notices.add([
        notice(100, { from: chloe }),
        notice(101, { person: ada, from: guest }),
        notice(102, { person: chloe, from: guest }),
        notice(103, changed as Partial<NoticeRecord>),
        notice(104, { ...changed, person: ada } as Partial<NoticeRecord>),
      ]);
      await join();
      const marks = await catalogue.readMarks.of(ada);
      expect(marks.toSorted((a, b) => a.at - b.at)).toEqual([mark(12, 3, 3), mark(11, 6, 6), mark(10, 9, 9)]);
      expect(await catalogue.readMarks.of(guest)).toEqual([]);
      const told = async (one: PersonId) =>
        (await catalogue.notices.list(one, 9)).map(({ id: each, from }) => [each, from] as const);
      expect(new Map(await told(ada))).toEqual(
        new Map([
          [id(100), chloe],
          [id(104), chloe],
        ]),
      );
      expect(await told(chloe)).toEqual([[id(102), ada]]);
    });

    test('what both say of themself and chose stays the account’s', async () => {
      const { persons, feedSecrets, leaving } = catalogue;
      await persons.changeProfile(guest, { presentation: 'Invitée.' });
      await persons.changeProfile(ada, { presentation: 'Mathématicienne.' });
      await feedSecrets.set(guest, 'secret', 1);
      await leaving.ask(guest, { askedAt: 1, dueAt: 2, choices: {} });
      await join();
      expect((await persons.profile(ada)).presentation).toBe('Mathématicienne.');
      expect((await persons.profile(guest)).presentation).toBe('');
      expect(await feedSecrets.find('secret')).toBeNull();
      expect(await leaving.due(9)).toEqual([]);
    });
  });
}
