import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptySheet } from '#shared/document/sheet.ts';
import type { Region } from '#shared/domain/regions.ts';
import { type Asker, canReadNote, noteRole } from '#shared/permissions/permissions.ts';
import type {
  AttachmentId,
  BaseId,
  CarnetId,
  CommunityId,
  DeviceId,
  IncidentId,
  Epoch,
  InvitationId,
  MessageId,
  NoteId,
  PersonId,
  ReportId,
  ThreadId,
} from '#shared/domain/ids.ts';
import type { IncidentEntry } from '#shared/domain/Incident.ts';
import { noCover } from '#shared/domain/Collection.ts';
import { authorModes } from '#shared/domain/Note.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import type { Report } from '#shared/domain/Report.ts';
import { visibilities } from '#shared/domain/Visibility.ts';
import type { FollowedRelay } from '#server/mirror/FollowedRelays.ts';
import type { Catalogue } from '#server/storage/ports/Catalogue.ts';
import type { NoteIndex } from '#server/storage/ports/DerivedStore.ts';
import { defaultNoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { NoticeRecord, Trace } from '#server/storage/ports/Trace.ts';
import type { RegisterQuery } from '#server/storage/ports/Register.ts';
import type { InvitationRecord } from '#server/storage/ports/InvitationStore.ts';
import type { NoteListQuery, NoteRecord } from '#server/storage/ports/NoteStore.ts';
import { carnet, community, id, note, notice, nothing, person, registered } from './records.ts';

const anne = id<PersonId>(1);
const basile = id<PersonId>(2);
const chloe = id<PersonId>(3);
const dana = id<PersonId>(4);

const link = (n: number) => ({ target: id<NoteId>(n), around: `Voir ${n}.` });
/** One line in the register, and one notice to Anne. */
const trace = (n: number): Trace => ({
  audit: [registered(n, 'community.change', { subjectId: id<CommunityId>(80), person: basile })],
  notices: [notice(n)],
});
const noteIndex = (n: number, more: Partial<NoteIndex> = {}): NoteIndex => ({
  id: id<NoteId>(n),
  seq: 1,
  title: `Note ${n}`,
  excerpt: '',
  text: '',
  wordCount: 0,
  language: 'fr',
  sheet: emptySheet,
  badAddresses: [],
  modifiedAt: n,
  ...more,
});
const invitation = (n: number, more: Partial<InvitationRecord> = {}): InvitationRecord => ({
  id: id<InvitationId>(n),
  subject: 'note',
  subjectId: id<NoteId>(50),
  role: 'author',
  secretHash: `hash ${n}`,
  createdBy: anne,
  createdAt: n,
  expiresAt: 1_000,
  revokedAt: null,
  uses: 0,
  ...more,
});

/**
 * What every adapter of the catalogue's ports does.
 * @param open - an empty catalogue, and the way to close it.
 */
export function describeCatalogue(
  name: string,
  open: () => Promise<{ catalogue: Catalogue; close: () => Promise<void> }>,
): void {
  describe(`the catalogue of ${name}`, () => {
    let catalogue: Catalogue;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ catalogue, close } = await open());
      await catalogue.persons.add(person(anne, 'Anne', 1));
      await catalogue.persons.add(person(basile, 'Basile', 2));
      await catalogue.persons.add(person(chloe, 'Chloé', 3));
    });
    afterEach(() => close());

    describe('PersonStore', () => {
      test('gives people back, and leaves unknown ones out', async () => {
        expect(await catalogue.persons.get(anne)).toEqual(person(anne, 'Anne', 1));
        expect(await catalogue.persons.get(id(99))).toBeNull();
        const many = await catalogue.persons.getMany([basile, id(99), anne, anne]);
        expect([...many.keys()].sort()).toEqual([anne, basile].sort());
      });

      test('lists those whose name has these letters: its title, or a form of a term; what looks like a pattern is none', async () => {
        for (const [n, title, forms] of [
          [10, 'Économie sociale', ['economie sociale', 'ess']],
          [11, 'Concertation', ['concertation']],
          [12, '100 % local', []],
          [13, 'Ailleurs', []],
        ] as const) {
          await catalogue.notes.add(note(n, { kind: 'term', ...(n === 13 && { authors: [basile] }) }));
          await catalogue.derived.saveNote(noteIndex(n, { title }), [], [], forms);
        }
        const asker = { id: anne, kind: 'guest' } as const;
        const named = async (words: string, limit = 9) => {
          const query = { asker, trashed: false, kind: 'term', sort: 'title', limit, offset: 0 } as const;
          const { notes, total } = await catalogue.notes.list({ ...query, named: words });
          return [notes.map((one) => one.id), total];
        };
        expect(await named('sociale')).toEqual([[id(10)], 1]);
        expect(await named('ess')).toEqual([[id(10)], 1]);
        expect(await named('%')).toEqual([[id(12)], 1]);
        expect(await named('_')).toEqual([[], 0]);
        expect(await named('', 1)).toEqual([[id(12)], 3]);
        // What one may not read is not found, and not counted.
        expect(await named('ailleurs')).toEqual([[], 0]);
      });

      test('changes only what is given', async () => {
        await catalogue.persons.change(basile, { name: 'Basile T.' });
        await catalogue.persons.change(basile, {});
        expect(await catalogue.persons.get(basile)).toEqual(person(basile, 'Basile T.', 2));
      });

      test('keeps what each says of themself', async () => {
        const { persons } = catalogue;
        const nobody = { organisation: '', organisationNote: null, presentation: '' };
        expect(await persons.profile(anne)).toEqual(nobody);
        await persons.changeProfile(anne, { presentation: 'Bonjour.', organisationNote: id<NoteId>(10) });
        await persons.changeProfile(anne, { organisation: 'Les Érables', organisationNote: null });
        await persons.changeProfile(anne, {});
        await persons.changeProfile(id<PersonId>(99), { presentation: 'Personne.' });
        expect(await persons.profile(anne)).toEqual({
          organisation: 'Les Érables',
          organisationNote: null,
          presentation: 'Bonjour.',
        });
        expect(await persons.profile(id<PersonId>(99))).toEqual(nobody);
      });

      test('lists everybody by name, and never takes the last administrator’s role away, even from two at once', async () => {
        const { persons } = catalogue;
        expect((await persons.list()).map(({ name }) => name)).toEqual(['Anne', 'Basile', 'Chloé']);
        expect(await persons.changeRole(anne, 'administrator')).toBe(true);
        expect(await persons.changeRole(anne, 'member')).toBe(false);
        expect(await persons.changeRole(basile, 'administrator')).toBe(true);
        const left = await Promise.all([anne, basile].map((one) => persons.changeRole(one, 'member')));
        expect(left).toEqual([true, false]);
        expect((await persons.get(basile))?.role).toBe('administrator');
        expect(await persons.changeRole(id(99), 'administrator')).toBe(false);
      });

      test('finds the first person of a kind', async () => {
        expect(await catalogue.persons.firstOfKind('guest')).toEqual(person(anne, 'Anne', 1));
        expect(await catalogue.persons.firstOfKind('account')).toBeNull();
      });

      test('changes the role that a person has on the relay', async () => {
        await catalogue.persons.change(basile, { role: 'administrator', kind: 'account' });
        expect(await catalogue.persons.get(basile)).toEqual({
          ...person(basile, 'Basile', 2),
          role: 'administrator',
          kind: 'account',
        });
      });
    });

    describe('AttemptStore', () => {
      test('counts tries of one key until their window is over, or they are forgotten', async () => {
        const { attempts } = catalogue;
        const counts = [];
        for (const [key, at] of [
          ['a', 0],
          ['a', 5],
          ['b', 5],
          ['a', 9],
          ['a', 10],
        ] as const)
          counts.push(await attempts.add(key, at, 10));
        expect(counts).toEqual([1, 2, 1, 3, 1]);
        await attempts.forget('b');
        expect(await attempts.add('b', 11, 10)).toBe(1);
      });

      test('tries made at once are each counted', async () => {
        const counts = await Promise.all(
          Array.from({ length: 20 }, () => catalogue.attempts.add('one', 0, 10)),
        );
        expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
      });
    });

    describe('Register', () => {
      const signedIn = registered(5, 'account.signed_in', { session: 's1', device: 'Firefox, Linux' });
      const role = registered(4, 'relay.role', { by: null, person: basile, value: 'administrator' });
      const invited = registered(6, 'note.invited', { by: basile, subjectId: id(10), person: basile });
      const asked = registered(9, 'note.asked', { by: chloe, subjectId: id(10), person: chloe });
      const all = [signedIn, role, invited, asked];
      beforeEach(async () => {
        for (const one of all) await catalogue.register.add(one);
      });

      test('gives entries back as they were added: about one thing, and of one person', async () => {
        expect(await catalogue.register.about(id(10))).toEqual([invited, asked]);
        expect(await catalogue.register.about(id(11))).toEqual([]);
        expect(await catalogue.register.of(anne)).toEqual([signedIn]);
        expect(await catalogue.register.of(basile)).toEqual([role, invited]);
      });

      test('gives pages, newest first, each after the last of the one before', async () => {
        const { register } = catalogue;
        const first = await register.page({}, null, 3);
        expect(first).toEqual([
          { ...asked, number: 4 },
          { ...invited, number: 3 },
          { ...role, number: 2 },
        ]);
        expect(await register.page({}, 2, 3)).toEqual([{ ...signedIn, number: 1 }]);
        expect(await register.page({}, 1, 3)).toEqual([]);
      });

      test.each<[string, RegisterQuery, readonly RegisterEntry[]]>([
        ['a person, whatever they were to it', { person: basile }, [invited, role]],
        ['an act', { act: 'note.asked' }, [asked]],
        ['a kind of thing', { kind: 'note' }, [asked, invited]],
        ['a time, its end left out', { from: 5, until: 9 }, [invited, signedIn]],
        ['several of these', { kind: 'note', person: basile, from: 6, until: 7 }, [invited]],
        ['what nothing fits', { kind: 'base' }, []],
      ])('narrows to %s', async (_what, query, found) => {
        const page = await catalogue.register.page(query, null, 9);
        expect(page.map(({ number: _number, ...one }) => one)).toEqual(found);
      });
    });

    describe('IncidentStore', () => {
      const incident = (n: number, number: number, more: Partial<IncidentEntry> = {}): IncidentEntry => ({
        incident: id<IncidentId>(n),
        number,
        at: number,
        by: anne,
        reason: number === 1 ? null : 'Précision',
        occurredFrom: '2026-02-10',
        occurredUntil: null,
        knownOn: '2026-02-11',
        what: 'Un envoi',
        information: 'Des courriels',
        peopleCount: null,
        isSerious: true,
        why: '',
        measures: '',
        peopleToldOn: null,
        commissionToldOn: '2026-02-12',
        ...more,
      });

      test('gives entries back in the order in which they came; one that is not the next of its incident is not added', async () => {
        const { incidents, register } = catalogue;
        expect(await incidents.add(incident(90, 1), trace(1))).toBe(true);
        expect(await incidents.add(incident(91, 1, { occurredUntil: '2026-02-11' }), trace(2))).toBe(true);
        expect(await incidents.add(incident(90, 2, { peopleCount: 3, isSerious: false }), trace(3))).toBe(
          true,
        );
        for (const number of [1, 2, 4])
          expect(await incidents.add(incident(90, number), trace(10))).toBe(false);
        expect(await incidents.add(incident(92, 2), trace(11))).toBe(false);
        expect(await incidents.list()).toEqual([
          incident(90, 1),
          incident(91, 1, { occurredUntil: '2026-02-11' }),
          incident(90, 2, { peopleCount: 3, isSerious: false }),
        ]);
        expect((await register.about(id(80))).map(({ at }) => at)).toEqual([1, 2, 3]);
      });
    });

    describe('NoteStore', () => {
      test('gives a note back with its people in order', async () => {
        const record = note(10, { authors: [basile, anne], readers: [chloe], visibility: 'members' });
        await catalogue.notes.add(record);
        expect(await catalogue.notes.get(record.id)).toEqual(record);
        expect(await catalogue.notes.get(id(99))).toBeNull();
      });

      test('a known id is a conflict and changes nothing', async () => {
        await catalogue.notes.add(note(10));
        await expect(catalogue.notes.add(note(10, { visibility: 'public' }))).rejects.toMatchObject({
          code: 'conflict',
        });
        expect((await catalogue.notes.get(id(10)))?.visibility).toBe('authors');
      });

      test('a reader may become a commenter and an author, and nobody less than they are', async () => {
        await catalogue.notes.add(note(10));
        await catalogue.notes.addPerson(id(10), basile, 'reader', 20);
        await catalogue.notes.addPerson(id(10), basile, 'commenter', 21);
        await catalogue.notes.addPerson(id(10), basile, 'reader', 22);
        expect(await catalogue.notes.get(id(10))).toEqual(note(10, { commenters: [basile] }));
        await catalogue.notes.addPerson(id(10), basile, 'author', 23);
        await catalogue.notes.addPerson(id(10), basile, 'commenter', 24);
        expect(await catalogue.notes.get(id(10))).toEqual(note(10, { authors: [anne, basile] }));
      });

      test('authors keep the order in which they came, also within a millisecond', async () => {
        await catalogue.notes.add(note(10, { authors: [basile] }));
        await catalogue.notes.addPerson(id(10), chloe, 'author', 10);
        await catalogue.notes.addPerson(id(10), anne, 'author', 10);
        expect((await catalogue.notes.get(id(10)))?.authors).toEqual([basile, chloe, anne]);
      });

      test('the last author stays', async () => {
        await catalogue.notes.add(note(10, { authors: [anne, basile] }));
        expect(await catalogue.notes.removeAuthor(id(10), anne)).toBe(true);
        expect(await catalogue.notes.removeAuthor(id(10), chloe)).toBe(true);
        expect(await catalogue.notes.removeAuthor(id(10), basile)).toBe(false);
        expect((await catalogue.notes.get(id(10)))?.authors).toEqual([basile]);
      });

      test('who may do nothing here is not the last author, nor a holder', async () => {
        await catalogue.persons.add({ ...person(id<PersonId>(5), 'Zoé', 5), kind: 'archived' });
        await catalogue.notes.add(note(10, { authors: [id(5), anne] }));
        expect((await catalogue.notes.holders()).map(({ soleAuthor }) => soleAuthor)).toEqual([anne]);
        expect(await catalogue.notes.removeAuthor(id(10), anne)).toBe(false);
        expect(await catalogue.notes.removeAuthor(id(10), id(5))).toBe(true);
        await catalogue.carnets.add(carnet(20, { managers: [id(5), anne] }));
        expect(await catalogue.carnets.changePerson(id(20), anne, null, trace(100))).toBe(false);
        expect(await catalogue.carnets.changePerson(id(20), id(5), null, trace(101))).toBe(true);
      });

      test('lists exactly what the policy lets someone read', async () => {
        await catalogue.communities.add(community(80, { responsables: [basile], members: [anne] }), nothing);
        await catalogue.communities.add(community(81, { responsables: [chloe] }), nothing);
        let n = 100;
        for (const visibility of visibilities) {
          for (const trashedAt of [null, 7]) {
            for (const people of [
              { authors: [anne] },
              { authors: [basile], commenters: [chloe], readers: [anne] },
              { authors: [basile] },
            ]) {
              for (const linked of [null, id<CommunityId>(80), id<CommunityId>(81)]) {
                for (const authorMode of linked === null ? (['people'] as const) : authorModes) {
                  await catalogue.notes.add(
                    note(n++, {
                      visibility,
                      trashedAt,
                      ...people,
                      community: linked,
                      authorMode,
                    }),
                  );
                }
              }
            }
          }
        }
        const all = await catalogue.notes.getMany(
          Array.from({ length: n - 100 }, (_, at) => id<NoteId>(100 + at)),
        );
        expect(all.size).toBe(120);
        // Listed by their index, once each of them has one: the same.
        for (const one of all.values()) {
          await catalogue.derived.saveNote(
            { ...noteIndex(0), id: one.id, modifiedAt: one.createdAt },
            [],
            [],
          );
        }
        const askers: Asker[] = [null];
        for (const one of [anne, basile, chloe]) {
          askers.push({ id: one, kind: 'guest', communities: await catalogue.communities.rolesOf(one) });
        }
        for (const asker of askers) {
          for (const trashed of [false, true]) {
            const wanted = [...all.values()]
              .filter((one) => (one.trashedAt !== null) === trashed)
              .filter((one) => canReadNote(noteRole(asker, { ...one, trashed: one.trashedAt !== null })))
              .sort((a, b) => a.createdAt - b.createdAt)
              .map((one) => one.id);
            for (const sort of ['created', 'modified'] as const) {
              const query = { asker, trashed, sort, limit: 200, offset: 0 };
              const found = await catalogue.notes.list(query);
              expect(found.notes.map((one) => one.id)).toEqual(wanted.toReversed());
              expect(found.total).toBe(wanted.length);
            }
          }
        }
      });

      test('sorts by title without accents or case, untitled ones last, and by modification', async () => {
        const titles = ['zèbre', 'Écrire', 'atelier', ''];
        for (const [at, title] of titles.entries()) {
          await catalogue.notes.add(note(10 + at));
          await catalogue.derived.saveNote(noteIndex(10 + at, { title, modifiedAt: 100 - at }), [], []);
        }
        const list = async (sort: 'title' | 'modified', limit = 100, offset = 0) => {
          const asker = { id: anne, kind: 'guest' } as const;
          const { notes } = await catalogue.notes.list({ asker, trashed: false, sort, limit, offset });
          return notes.map((one) => one.id);
        };
        expect(await list('title')).toEqual([id(12), id(11), id(10), id(13)]);
        expect(await list('modified')).toEqual([id(10), id(11), id(12), id(13)]);
        expect(await list('modified', 2, 1)).toEqual([id(11), id(12)]);
      });

      test('lists what somebody is an author of, by name or as a responsable, of what the asker may read', async () => {
        await catalogue.communities.add(community(80, { responsables: [basile] }), nothing);
        await catalogue.notes.add(note(10, { authors: [basile], visibility: 'members' }));
        await catalogue.notes.add(note(11, { authors: [basile] }));
        await catalogue.notes.add(note(12, { visibility: 'members' }));
        await catalogue.notes.add(
          note(13, { visibility: 'members', community: id(80), authorMode: 'community' }),
        );
        const list = async (one: PersonId) => {
          const asker = { id: one, kind: 'guest' } as const;
          const query = {
            asker,
            trashed: false,
            sort: 'modified',
            limit: 9,
            offset: 0,
            author: basile,
          } as const;
          return (await catalogue.notes.list(query)).notes.map((found) => found.id);
        };
        expect(await list(anne)).toEqual([id(13), id(10)]);
        expect((await list(basile)).slice(-2)).toEqual([id(11), id(10)]);
      });

      test('lists one kind alone', async () => {
        await catalogue.notes.add(note(10));
        await catalogue.notes.add(note(11, { kind: 'term' }));
        const asker = { id: anne, kind: 'guest' } as const;
        const query = { asker, trashed: false, sort: 'created', limit: 9, offset: 0 } as const;
        const found = await catalogue.notes.list({ ...query, kind: 'term' });
        expect([found.notes.map((one) => one.id), found.total]).toEqual([[id(11)], 1]);
        expect((await catalogue.notes.list(query)).total).toBe(2);
      });

      test('changes only what is given', async () => {
        await catalogue.notes.add(note(10));
        await catalogue.notes.change(id(10), {
          kind: 'term',
          visibility: 'public',
          publishedAt: 30,
          licence: 'cc0-1.0',
        });
        await catalogue.notes.change(id(10), { trashedAt: 31 });
        await catalogue.notes.change(id(10), { trashedAt: null });
        expect(await catalogue.notes.get(id(10))).toEqual(
          note(10, { kind: 'term', visibility: 'public', publishedAt: 30, licence: 'cc0-1.0' }),
        );
      });
    });

    test('terms are found by their forms until they have none, and links are told of each note', async () => {
      const { derived } = catalogue;
      await derived.saveNote(noteIndex(10, { badAddresses: ['https://x'] }), [link(11), link(12)], []);
      await derived.saveNote(noteIndex(11), [], [], ['auteur', 'autrice']);
      await derived.saveNote(noteIndex(12), [], [], ['autrice', 'economie sociale']);
      expect(await derived.linksOf([id(10), id(11), id(99)])).toEqual(
        new Map([
          [id(10), { links: [link(11), link(12)], badAddresses: ['https://x'] }],
          [id(11), { links: [], badAddresses: [] }],
        ]),
      );
      expect((await derived.note(id(10)))?.badAddresses).toEqual(['https://x']);
      const forms = ['autrice', 'auteur', 'rien', ...Array.from({ length: 1_200 }, (_, at) => `mot ${at}`)];
      expect(await derived.termsNamed(forms)).toEqual(
        new Map([
          [id(11), ['auteur', 'autrice']],
          [id(12), ['autrice']],
        ]),
      );
      await derived.saveNote(noteIndex(11), [], []);
      expect([...(await derived.termsNamed(forms)).keys()]).toEqual([id(12)]);
      await derived.clear();
      expect(await derived.termsNamed(forms)).toEqual(new Map());
    });

    test('a term that is set aside for a note stays so until that is taken back', async () => {
      const { notes } = catalogue;
      await notes.add(note(10));
      await notes.dismissTerm(id(10), id(11), 5);
      await notes.dismissTerm(id(10), id(12), 6);
      await notes.dismissTerm(id(10), id(11), 7);
      expect([...(await notes.dismissedTerms(id(10)))].sort()).toEqual([id(11), id(12)].sort());
      expect(await notes.dismissedTerms(id(11))).toEqual([]);
      await notes.dismissTerm(id(10), id(11), null);
      expect(await notes.dismissedTerms(id(10))).toEqual([id(12)]);
    });

    test('a note is locked and opened again, and says by whom and since when', async () => {
      await catalogue.notes.add(note(10));
      for (const sentence of [null, 'Adoptée en assemblée générale']) {
        const lock = { at: 5, by: anne, day: '2026-03-05', sentence };
        await catalogue.notes.change(id<NoteId>(10), { lock });
        expect(await catalogue.notes.get(id<NoteId>(10))).toEqual(note(10, { lock }));
        // What else changes leaves it.
        await catalogue.notes.change(id<NoteId>(10), { licence: 'cc-by-sa-4.0' });
        expect((await catalogue.notes.get(id<NoteId>(10)))?.lock).toEqual(lock);
        await catalogue.notes.change(id<NoteId>(10), { lock: null });
        expect(await catalogue.notes.get(id<NoteId>(10))).toEqual(note(10));
      }
    });

    describe('notes of a kind', () => {
      const asker = { id: anne, kind: 'guest' } as const;
      const listed = async (more: Partial<NoteListQuery>) => {
        const query = { asker, trashed: false, sort: 'modified', limit: 50, offset: 0, ...more } as const;
        const { notes, total } = await catalogue.notes.list(query);
        return { notes: notes.map((one) => one.id), total };
      };
      const organisation = async (n: number, region: Region | null, more: Partial<NoteRecord> = {}) => {
        await catalogue.notes.add(note(n, { kind: 'organisation', ...more }));
        await catalogue.derived.saveNote(noteIndex(n, { sheet: { ...emptySheet, region } }), [], []);
      };

      test('are listed alone, also where every note is in the index of modifications', async () => {
        await organisation(10, 'mauricie');
        await organisation(11, 'laval');
        await catalogue.notes.add(note(12));
        await catalogue.derived.saveNote(
          noteIndex(12, { sheet: { ...emptySheet, region: 'laval' } }),
          [],
          [],
        );
        expect(await listed({ kind: 'organisation' })).toEqual({ notes: [id(11), id(10)], total: 2 });
        expect(await listed({ kind: 'note', sort: 'title' })).toEqual({ notes: [id(12)], total: 1 });
        expect(await listed({ kind: 'organisation', region: 'laval' })).toEqual({
          notes: [id(11)],
          total: 1,
        });
        expect((await catalogue.derived.note(id(11)))?.sheet.region).toBe('laval');
      });

      test('are counted by region: organisations out of the trash that the asker may read', async () => {
        await organisation(10, 'mauricie');
        await organisation(11, 'mauricie', { authors: [basile], visibility: 'members' });
        await organisation(12, 'laval', { authors: [basile] });
        await organisation(13, 'estrie', { trashedAt: 5 });
        await organisation(14, null);
        await catalogue.notes.add(note(15));
        await catalogue.derived.saveNote(
          noteIndex(15, { sheet: { ...emptySheet, region: 'estrie' } }),
          [],
          [],
        );
        expect([...(await catalogue.notes.organisationCounts(asker))]).toEqual([['mauricie', 2]]);
        expect((await catalogue.notes.organisationCounts(null)).size).toBe(0);
      });
    });

    describe('CollectionStore', () => {
      test('gives carnets back with their people', async () => {
        const record = carnet(20, { contributors: [basile], readers: [chloe] });
        await catalogue.carnets.add(record);
        expect(await catalogue.carnets.get(record.id)).toEqual(record);
        expect(await catalogue.carnets.get(id(99))).toBeNull();
      });

      test('a higher role replaces a lower one, never the other way', async () => {
        await catalogue.carnets.add(carnet(20));
        await catalogue.carnets.addPerson(id(20), basile, 'reader', 21);
        await catalogue.carnets.addPerson(id(20), basile, 'contributor', 22);
        await catalogue.carnets.addPerson(id(20), basile, 'reader', 23);
        await catalogue.carnets.addPerson(id(20), anne, 'reader', 24);
        expect(await catalogue.carnets.get(id(20))).toEqual(carnet(20, { contributors: [basile] }));
      });

      test('lists the trash apart, oldest first', async () => {
        await catalogue.carnets.add(carnet(22));
        await catalogue.carnets.add(carnet(21));
        await catalogue.carnets.add(carnet(23));
        await catalogue.carnets.change(id(23), { trashedAt: 5, contributionPolicy: 'members' });
        expect((await catalogue.carnets.list({ trashed: false })).map((one) => one.id)).toEqual([
          id(21),
          id(22),
        ]);
        expect(await catalogue.carnets.list({ trashed: true })).toEqual([
          carnet(23, { trashedAt: 5, contributionPolicy: 'members' }),
        ]);
      });
    });

    describe('CommunityStore', () => {
      test('gives communities back with their people in order', async () => {
        const record = community(80, { responsables: [basile, anne], members: [chloe] });
        await catalogue.communities.add(record, nothing);
        await catalogue.communities.add(community(79), nothing);
        expect(await catalogue.communities.get(record.id)).toEqual(record);
        expect(await catalogue.communities.get(id(99))).toBeNull();
        expect(await catalogue.communities.list()).toEqual([community(79), record]);
        expect(await catalogue.communities.getMany([id(99), record.id])).toEqual(
          new Map([[record.id, record]]),
        );
        await expect(catalogue.communities.add(community(80), nothing)).rejects.toMatchObject({
          code: 'conflict',
        });
      });

      test('changes only what is given', async () => {
        await catalogue.communities.add(community(80), nothing);
        await catalogue.communities.change(id(80), { name: 'Passerelle' }, trace(81));
        await catalogue.communities.change(id(80), {}, trace(82));
        expect(await catalogue.communities.get(id(80))).toEqual(community(80, { name: 'Passerelle' }));
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([81]);
      });

      test('people come in, change role and leave, each with its trace; what changes nothing leaves none', async () => {
        await catalogue.communities.add(community(80), nothing);
        const set = (person: PersonId, role: 'member' | 'responsable' | null, at: number) =>
          catalogue.communities.setRole(id(80), person, role, at, trace(at));
        expect(await set(basile, 'member', 101)).toBe('done');
        expect(await set(basile, 'member', 102)).toBe('unchanged');
        expect(await set(basile, 'responsable', 103)).toBe('done');
        expect(await set(chloe, null, 104)).toBe('unchanged');
        expect(await set(anne, 'member', 105)).toBe('done');
        expect(await catalogue.communities.get(id(80))).toEqual(
          community(80, { responsables: [basile], members: [anne] }),
        );
        expect(await catalogue.communities.rolesOf(basile)).toEqual(new Map([[id(80), 'responsable']]));
        expect(await catalogue.communities.rolesOf(chloe)).toEqual(new Map());
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([101, 103, 105]);
        expect((await catalogue.notices.list(anne, 9)).map((one) => one.at)).toEqual([105, 103, 101]);
      });

      test('the last responsable neither leaves nor becomes a member', async () => {
        await catalogue.communities.add(community(80, { members: [basile] }), nothing);
        for (const role of ['member', null] as const)
          expect(await catalogue.communities.setRole(id(80), anne, role, 101, trace(101))).toBe('last');
        expect(await catalogue.communities.get(id(80))).toEqual(community(80, { members: [basile] }));
        expect(await catalogue.register.about(id(80))).toEqual([]);
      });

      test('of two responsables who leave at once, one stays', async () => {
        await catalogue.communities.add(community(80, { responsables: [anne, basile] }), nothing);
        const left = await Promise.all(
          [anne, basile].map((one) => catalogue.communities.setRole(id(80), one, null, 101, nothing)),
        );
        expect(left.toSorted()).toEqual(['done', 'last']);
      });

      test('tells whose each note is: of one author by name, of several or of its responsables, of a community', async () => {
        await catalogue.communities.add(community(80), nothing);
        await catalogue.notes.add(note(10));
        await catalogue.notes.add(note(11, { authors: [anne, basile], community: id(80) }));
        await catalogue.notes.add(note(12, { community: id(80), trashedAt: 7 }));
        await catalogue.notes.add(note(13, { commenters: [basile] }));
        await catalogue.notes.add(note(14, { community: id(80) }));
        await catalogue.notes.setAuthorMode(id(14), 'community', 5, nothing);
        const holders = await catalogue.notes.holders();
        expect(new Map(holders.map((one) => [one.id, [one.soleAuthor, one.community]]))).toEqual(
          new Map([
            [id(10), [anne, null]],
            [id(11), [null, id(80)]],
            [id(12), [anne, id(80)]],
            [id(13), [anne, null]],
            [id(14), [null, id(80)]],
          ]),
        );
      });

      test('finds what is linked to it, oldest first', async () => {
        await catalogue.communities.add(community(80), nothing);
        await catalogue.notes.add(note(11, { community: id(80) }));
        await catalogue.notes.add(note(10));
        await catalogue.notes.change(id(10), { community: id(80) }, trace(90));
        await catalogue.notes.add(note(12));
        await catalogue.carnets.add(carnet(21, { community: id(80) }));
        await catalogue.carnets.add(carnet(20));
        await catalogue.carnets.change(id(20), { community: id(80) }, trace(91));
        expect((await catalogue.notes.ofCommunity(id(80))).map((one) => one.id)).toEqual([id(10), id(11)]);
        expect((await catalogue.carnets.ofCommunity(id(80))).map((one) => one.id)).toEqual([id(20), id(21)]);
        await catalogue.notes.change(id(10), { community: null });
        expect(await catalogue.notes.get(id(10))).toEqual(note(10));
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([90, 91]);
      });

      test('the image is found by the community that shows it', async () => {
        const image = id<AttachmentId>(40);
        await catalogue.attachments.add(
          {
            id: image,
            kind: 'image',
            name: 'logo.png',
            type: 'image/png',
            bytes: 3,
            width: 1,
            height: 1,
            digest: 'ab',
            person: anne,
            createdAt: 5,
          },
          null,
        );
        await catalogue.communities.add(community(80), nothing);
        expect(await catalogue.attachments.communityShowing(image)).toBeNull();
        await catalogue.communities.change(id(80), { image }, nothing);
        expect(await catalogue.attachments.communityShowing(image)).toBe(id(80));
        expect(await catalogue.attachments.notesHolding(image)).toEqual([]);
      });
    });

    describe('authors who follow a community', () => {
      test('have their notes, as those who are authors by name have theirs, in the trash or not', async () => {
        await catalogue.communities.add(community(80, { responsables: [basile], members: [chloe] }), nothing);
        await catalogue.notes.add(note(12, { trashedAt: 50, readers: [chloe] }));
        await catalogue.notes.add(note(10, { community: id(80) }));
        await catalogue.notes.add(note(11));
        await catalogue.notes.setAuthorMode(id(10), 'community', 100, nothing);
        const idsOf = async (who: PersonId) => (await catalogue.notes.ofAuthor(who)).map((one) => one.id);
        expect(await idsOf(anne)).toEqual([id(11), id(12)]);
        expect(await idsOf(basile)).toEqual([id(10)]);
        expect(await idsOf(chloe)).toEqual([]);
        await catalogue.notes.addPerson(id(10), chloe, 'author', 101);
        expect(await idsOf(chloe)).toEqual([id(10)]);
      });

      test('are its responsables as they are now; those who were authors by name comment', async () => {
        await catalogue.communities.add(community(80, { responsables: [basile] }), nothing);
        await catalogue.notes.add(note(10, { community: id(80) }));
        await catalogue.notes.setAuthorMode(id(10), 'community', 100, trace(100));
        expect(await catalogue.notes.get(id(10))).toEqual(
          note(10, { community: id(80), authorMode: 'community', authors: [basile], commenters: [anne] }),
        );
        await catalogue.communities.setRole(id(80), chloe, 'responsable', 101, nothing);
        await catalogue.communities.setRole(id(80), basile, 'member', 102, nothing);
        expect((await catalogue.notes.get(id(10)))?.authors).toEqual([chloe]);
        await catalogue.communities.setRole(id(80), anne, 'responsable', 103, nothing);
        expect(await catalogue.notes.get(id(10))).toMatchObject({ authors: [chloe, anne], commenters: [] });
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([100]);
      });

      test('are also those who asked and were let in, who may be taken off again', async () => {
        await catalogue.communities.add(community(80, { responsables: [basile] }), nothing);
        await catalogue.notes.add(note(10, { community: id(80) }));
        await catalogue.notes.setAuthorMode(id(10), 'community', 100, nothing);
        const subject = { subject: 'note', subjectId: id<NoteId>(10) } as const;
        await catalogue.requests.ask(subject, { person: chloe, text: null, at: 101 }, nothing);
        expect(await catalogue.requests.settle(subject, chloe, true, 102, nothing)).toBe(true);
        expect((await catalogue.notes.get(id(10)))?.authors).toEqual([basile, chloe]);
        const asker: Asker = { id: chloe, kind: 'guest', communities: new Map() };
        const query = { asker, trashed: false, sort: 'created', limit: 9, offset: 0 } as const;
        expect((await catalogue.notes.list(query)).total).toBe(1);
        expect(await catalogue.notes.removeAuthor(id(10), chloe)).toBe(true);
        expect((await catalogue.notes.get(id(10)))?.authors).toEqual([basile]);
      });

      test('become authors by name when the list stops following, also with the link', async () => {
        await catalogue.communities.add(community(80, { responsables: [basile, chloe] }), nothing);
        await catalogue.notes.add(note(10, { community: id(80), visibility: 'community' }));
        await catalogue.notes.setAuthorMode(id(10), 'community', 100, nothing);
        await catalogue.notes.setAuthorMode(id(10), 'people', 101, nothing, {
          community: null,
          visibility: 'authors',
        });
        expect(await catalogue.notes.get(id(10))).toEqual(
          note(10, { authors: [basile, chloe], commenters: [anne] }),
        );
      });
    });

    describe('taking people off', () => {
      test('a guest is taken off a note; an author is not taken for one', async () => {
        await catalogue.notes.add(note(10, { commenters: [basile], readers: [chloe] }));
        await catalogue.notes.removeGuest(id(10), basile, trace(100));
        await catalogue.notes.removeGuest(id(10), anne, trace(101));
        expect(await catalogue.notes.get(id(10))).toEqual(note(10, { readers: [chloe] }));
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([100]);
      });

      test('somebody is taken off a carnet, never its last manager', async () => {
        await catalogue.carnets.add(carnet(20, { contributors: [basile], readers: [chloe] }));
        const { carnets } = catalogue;
        expect(await carnets.changePerson(id(20), basile, null, trace(100))).toBe(true);
        expect(await carnets.changePerson(id(20), chloe, null, trace(101))).toBe(true);
        expect(await carnets.changePerson(id(20), chloe, null, trace(102))).toBe(true);
        expect(await carnets.changePerson(id(20), anne, null, trace(103))).toBe(false);
        expect(await carnets.get(id(20))).toEqual(carnet(20));
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([100, 101]);
      });

      test('somebody named on a carnet gets another role, up or down; it keeps a manager', async () => {
        const { carnets } = catalogue;
        await carnets.add(carnet(20, { contributors: [basile], readers: [chloe] }));
        expect(await carnets.changePerson(id(20), anne, 'reader', trace(100))).toBe(false);
        expect(await carnets.changePerson(id(20), chloe, 'manager', trace(101))).toBe(true);
        expect(await carnets.changePerson(id(20), chloe, 'manager', trace(102))).toBe(true);
        expect(await carnets.changePerson(id(20), anne, 'contributor', trace(103))).toBe(true);
        expect(await carnets.changePerson(id(20), dana, 'manager', trace(104))).toBe(true);
        expect(await carnets.get(id(20))).toEqual(
          carnet(20, { managers: [chloe], contributors: [basile, anne] }),
        );
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([101, 103]);
      });

      test('bases are kept like carnets and apart from them; what they hold is counted', async () => {
        const base = {
          ...carnet(30, { cover: { image: null, alternative: '', colour: 'sapin' } }),
          id: id<BaseId>(30),
          kind: 'base',
        } as const;
        await catalogue.carnets.add(carnet(20));
        await catalogue.carnets.add(carnet(21, { trashedAt: 5 }));
        await catalogue.bases.add(base);
        expect(await catalogue.bases.get(base.id)).toEqual(base);
        expect(await catalogue.bases.get(id(20))).toBeNull();
        expect(await catalogue.carnets.get(id(30))).toBeNull();
        expect(await catalogue.bases.list({ trashed: false })).toEqual([base]);
        expect((await catalogue.carnets.list({ trashed: false })).map((one) => one.id)).toEqual([id(20)]);
        await catalogue.carnets.change(id(30), { visibility: 'public' });
        expect((await catalogue.bases.get(base.id))?.visibility).toBe('authors');
        const entry = (n: number) => ({
          collection: base.id,
          member: id<CarnetId>(n),
          order: String(n),
          category: null,
          also: [],
          pinned: false,
          held: null,
          seen: null,
          integratedBy: anne,
          integratedAt: n,
        });
        const index = { title: 'Base', description: '', language: 'fr', guide: null, categories: [] };
        await catalogue.derived.saveCollection({ ...index, id: base.id, seq: 1, modifiedAt: 1 }, [
          entry(20),
          entry(21),
          entry(90),
        ]);
        expect(await catalogue.derived.memberCounts([base.id])).toEqual(new Map([[base.id, 1]]));
        expect(await catalogue.derived.placesOf(id<CarnetId>(20))).toEqual([entry(20)]);
      });

      test('an image over a title is kept as long as it is there', async () => {
        const { carnets, attachments, removal } = catalogue;
        await carnets.add(carnet(20));
        const file = {
          id: id<AttachmentId>(70),
          kind: 'image',
          name: 'rue.png',
          type: 'image/png',
          bytes: 1,
          width: 1,
          height: 1,
          digest: 'ef',
          person: anne,
          createdAt: 1,
        } as const;
        await attachments.add(file, null);
        await carnets.change(id(20), {
          cover: { image: id<AttachmentId>(70), alternative: 'La rue', colour: null },
        });
        expect(await attachments.collectionsShowing(id(70))).toEqual([id(20)]);
        expect(await removal.forgetFiles(1_000)).toEqual([]);
        await carnets.change(id(20), { cover: noCover });
        expect(await attachments.collectionsShowing(id(70))).toEqual([]);
        expect(await removal.forgetFiles(1_000)).toEqual(['ef']);
      });
    });

    describe('RequestStore', () => {
      const toJoin = { subject: 'community', subjectId: id<CommunityId>(80) } as const;
      const toWrite = { subject: 'note', subjectId: id<NoteId>(10) } as const;
      const asking = (person: PersonId, at: number) => ({ person, text: 'S’il vous plaît', at });
      beforeEach(async () => {
        await catalogue.communities.add(community(80), nothing);
        await catalogue.notes.add(note(10, { readers: [basile] }));
      });

      test('asking twice is asking once, and leaves one trace', async () => {
        expect(await catalogue.requests.ask(toJoin, asking(chloe, 101), trace(101))).toBe(true);
        expect(await catalogue.requests.ask(toJoin, asking(basile, 100), trace(102))).toBe(true);
        expect(await catalogue.requests.ask(toJoin, asking(chloe, 103), trace(103))).toBe(false);
        expect(await catalogue.requests.list(id(80))).toEqual([asking(basile, 100), asking(chloe, 101)]);
        expect(await catalogue.requests.list(id(10))).toEqual([]);
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([101, 102]);
      });

      test('is answered once: approved makes a member or an author, refused nothing', async () => {
        await catalogue.requests.ask(toJoin, asking(basile, 100), nothing);
        await catalogue.requests.ask(toJoin, asking(chloe, 101), nothing);
        await catalogue.requests.ask(toWrite, asking(basile, 102), nothing);
        expect(await catalogue.requests.settle(toJoin, basile, true, 110, trace(110))).toBe(true);
        expect(await catalogue.requests.settle(toJoin, basile, false, 111, trace(111))).toBe(false);
        expect(await catalogue.requests.settle(toJoin, chloe, false, 112, trace(112))).toBe(true);
        expect(await catalogue.requests.settle(toWrite, basile, true, 113, trace(113))).toBe(true);
        expect(await catalogue.requests.settle(toWrite, chloe, true, 114, trace(114))).toBe(false);
        expect((await catalogue.communities.get(id(80)))?.members).toEqual([basile]);
        expect(await catalogue.notes.get(id(10))).toEqual(note(10, { authors: [anne, basile] }));
        expect(await catalogue.requests.list(id(80))).toEqual([]);
        expect((await catalogue.register.about(id(80))).map((one) => one.at)).toEqual([110, 112, 113]);
      });

      test('who comes in by another way asks no more', async () => {
        await catalogue.requests.ask(toJoin, asking(basile, 100), nothing);
        await catalogue.requests.ask(toWrite, asking(basile, 101), nothing);
        await catalogue.notes.addPerson(id(10), basile, 'reader', 102);
        expect(await catalogue.requests.list(id(10))).toHaveLength(1);
        await catalogue.notes.addPerson(id(10), basile, 'author', 103);
        await catalogue.communities.setRole(id(80), basile, 'member', 104, nothing);
        expect(await catalogue.requests.list(id(10))).toEqual([]);
        expect(await catalogue.requests.list(id(80))).toEqual([]);
      });
    });

    describe('LeavingStore', () => {
      const leaving = { askedAt: 5, dueAt: 12, choices: { [id<NoteId>(10)]: { act: 'trash' } } } as const;

      test('knows who leaves, since when their time has come, and who stays', async () => {
        const { leaving: store } = catalogue;
        await store.ask(anne, { ...leaving, dueAt: 20 });
        await store.ask(anne, leaving);
        await store.ask(basile, { ...leaving, dueAt: 11 });
        expect(await store.get(anne)).toEqual(leaving);
        expect(await store.get(chloe)).toBeNull();
        expect([await store.due(10), await store.due(11), await store.due(12)]).toEqual([
          [],
          [basile],
          [basile, anne],
        ]);
        expect([await store.cancel(anne), await store.cancel(anne)]).toEqual([true, false]);
        expect(await store.due(12)).toEqual([basile]);
      });

      test('forgets who leaves; what they wrote is of somebody who departed', async () => {
        await catalogue.notes.add(note(10, { authors: [basile], readers: [anne] }));
        await catalogue.notes.add(note(11, { authors: [anne] }));
        await catalogue.carnets.add(carnet(20, { managers: [anne], contributors: [basile] }));
        await catalogue.carnets.add(carnet(21, { managers: [basile], contributors: [anne] }));
        await catalogue.notices.add([notice(100), notice(101, { person: basile, from: anne })]);
        await catalogue.invitations.add(invitation(30));
        await catalogue.requests.ask(
          { subject: 'note', subjectId: id(10) },
          { person: anne, text: 'Moi', at: 1 },
          nothing,
        );
        await catalogue.leaving.ask(anne, leaving);
        await catalogue.persons.changeProfile(anne, { presentation: 'Bonjour.' });
        await catalogue.leaving.depart(anne);
        expect((await catalogue.persons.profile(anne)).presentation).toBe('');
        expect(await catalogue.persons.get(anne)).toEqual({
          ...person(anne, '', 1),
          kind: 'departed',
          colour: 'ardoise',
        });
        expect((await catalogue.notes.get(id(10)))?.readers).toEqual([]);
        expect((await catalogue.notes.get(id(11)))?.authors).toEqual([anne]);
        expect((await catalogue.carnets.get(id(20)))?.managers).toEqual([anne]);
        expect((await catalogue.carnets.get(id(21)))?.contributors).toEqual([]);
        expect(await catalogue.notices.list(anne, 9)).toEqual([]);
        expect(await catalogue.notices.list(basile, 9)).toHaveLength(1);
        expect(await catalogue.invitations.get(id(30))).toBeNull();
        expect(await catalogue.requests.list(id(10))).toEqual([]);
        expect(await catalogue.leaving.get(anne)).toBeNull();
      });
    });

    describe('NoticeStore', () => {
      test('an inbox is its person’s alone, newest first, and remembers what was read', async () => {
        await catalogue.notices.add([notice(100), notice(102), notice(101, { person: basile, from: anne })]);
        await catalogue.notices.add([]);
        expect(await catalogue.notices.list(anne, 9)).toEqual([notice(102), notice(100)]);
        expect(await catalogue.notices.list(anne, 1)).toEqual([notice(102)]);
        expect(await catalogue.notices.unreadCount(anne)).toBe(2);
        await catalogue.notices.markRead(anne, 101, 110);
        await catalogue.notices.markRead(anne, 101, 120);
        expect(await catalogue.notices.list(anne, 9)).toEqual([notice(102), notice(100, { readAt: 110 })]);
        expect(await catalogue.notices.unreadCount(anne)).toBe(1);
        expect(await catalogue.notices.unreadCount(basile)).toBe(1);
      });

      test('answers that were not read are one notice, which says how many and is the newest', async () => {
        const answer = (n: number) =>
          notice(n, { kind: 'discussed', subject: 'note', subjectId: id(10) } as Partial<NoticeRecord>);
        await catalogue.notices.add([answer(40), notice(41), answer(42)]);
        await catalogue.notices.add([answer(43)]);
        const listed = async () => (await catalogue.notices.list(anne, 9)).map((one) => [one.id, one.count]);
        expect(await listed()).toEqual([
          [id(43), 3],
          [id(41), 1],
        ]);
        await catalogue.notices.markRead(anne, 100, 100);
        await catalogue.notices.add([answer(44)]);
        expect((await listed()).slice(0, 2)).toEqual([
          [id(44), 1],
          [id(43), 3],
        ]);
      });

      test('counts the messages that somebody wrote since then', async () => {
        await catalogue.notices.add([notice(100), notice(102), notice(103, { kind: 'edit_asked' })]);
        expect(await catalogue.notices.messagesFrom(basile, 101)).toBe(1);
        expect(await catalogue.notices.messagesFrom(basile, 100)).toBe(2);
        expect(await catalogue.notices.messagesFrom(anne, 0)).toBe(0);
        expect(await catalogue.notices.sentBy(basile)).toEqual([notice(100), notice(102)]);
        expect(await catalogue.notices.sentBy(anne)).toEqual([]);
      });

      test('an inbox is listed from one of its notices on, the newest first', async () => {
        const [first, second, third] = [notice(100), notice(102), notice(104)];
        await catalogue.notices.add([first, notice(101, { person: basile }), second, third]);
        expect(await catalogue.notices.list(anne, 1)).toEqual([third]);
        expect(await catalogue.notices.list(anne, 9, third.id)).toEqual([second, first]);
        expect(await catalogue.notices.list(anne, 1, third.id)).toEqual([second]);
        expect(await catalogue.notices.list(anne, 9, first.id)).toEqual([]);
        expect(await catalogue.notices.list(anne, 9, notice(9).id)).toEqual([]);
      });

      test('what somebody chose not to be told is left out, whichever way it comes', async () => {
        const ways = { ...defaultNoticeSettings.ways, message: 'none' } as const;
        await catalogue.noticeSettings.save(anne, { ...defaultNoticeSettings, ways });
        const other = notice(101, { kind: 'edit_asked' });
        await catalogue.notices.add([notice(100), other, notice(102, { person: basile })]);
        await catalogue.communities.add(community(20), trace(103));
        expect(await catalogue.notices.list(anne, 9)).toEqual([other]);
        expect(await catalogue.notices.unreadCount(basile)).toBe(1);
        expect(await catalogue.notices.get(other.id)).toEqual(other);
        expect(await catalogue.notices.get(notice(100).id)).toBeNull();
      });

      test('the same notice is kept once; so is a change of a note in a carnet, until it is read', async () => {
        const note = id<NoteId>(10);
        const [carnet, elsewhere] = [id<CarnetId>(30), id<CarnetId>(31)];
        const changed = (n: number, within = carnet) => notice(n, { kind: 'changed', within });
        await catalogue.notices.add([notice(100), notice(100, { text: 'Encore' }), changed(101)]);
        await catalogue.notices.add([changed(102), changed(103, elsewhere)]);
        expect(await catalogue.notices.list(anne, 9)).toEqual([
          changed(103, elsewhere),
          changed(101),
          notice(100),
        ]);
        expect(await catalogue.notices.knowsOfChange(anne, note, carnet)).toBe(true);
        expect(await catalogue.notices.knowsOfChange(basile, note, carnet)).toBe(false);
        await catalogue.notices.markRead(anne, 110, 110);
        expect(await catalogue.notices.knowsOfChange(anne, note, carnet)).toBe(false);
        await catalogue.notices.add([changed(104)]);
        expect(await catalogue.notices.unreadCount(anne)).toBe(1);
      });

      test('an inbox is thinned of what was read long ago, and of the unread beyond the newest', async () => {
        await catalogue.notices.add([100, 101, 102, 103, 104].map((n) => notice(n)));
        await catalogue.notices.add([notice(105, { person: basile })]);
        await catalogue.notices.markRead(anne, 100, 110);
        await catalogue.notices.markRead(anne, 101, 120);
        expect(await catalogue.notices.thin(120, 2)).toBe(2);
        expect((await catalogue.notices.list(anne, 9)).map((one) => one.at)).toEqual([104, 103, 101]);
        expect(await catalogue.notices.unreadCount(basile)).toBe(1);
      });

      test('knows who is to be written to, and what was in a letter', async () => {
        const read = notice(101, { person: basile });
        await catalogue.notices.add([notice(99), read, notice(102), notice(103)]);
        await catalogue.notices.markRead(basile, 101, 104);
        expect(await catalogue.notices.peopleToWriteTo(100)).toEqual([anne]);
        expect(await catalogue.notices.notInLetters(anne, 100)).toEqual([notice(102), notice(103)]);
        const ids = [notice(102).id, notice(103).id];
        expect(await catalogue.notices.markInLetter([ids[0]!], 105)).toEqual([ids[0]]);
        expect(await catalogue.notices.markInLetter(ids, 106)).toEqual([ids[1]]);
        expect(await catalogue.notices.peopleToWriteTo(100)).toEqual([]);
        expect(await catalogue.notices.markInLetter([ids[1]!], null)).toEqual([ids[1]]);
        expect(await catalogue.notices.notInLetters(anne, 100)).toEqual([notice(103)]);
      });
    });

    describe('NoticeSettingsStore', () => {
      test('keeps what somebody chose; who chose nothing has the usual', async () => {
        const { noticeSettings } = catalogue;
        expect(await noticeSettings.get(anne)).toEqual(defaultNoticeSettings);
        const chosen = {
          ways: { ...defaultNoticeSettings.ways, changed: 'mail', member: 'none' },
          digest: 'weekly',
          hour: 18,
          weekday: 5,
          timeZone: 'Europe/Paris',
          language: 'en',
        } as const;
        await noticeSettings.save(anne, { ...chosen, hour: 7 });
        await noticeSettings.save(anne, chosen);
        expect(await noticeSettings.get(anne)).toEqual(chosen);
        expect(await noticeSettings.get(basile)).toEqual(defaultNoticeSettings);
      });

      test('the digest of a moment is taken once, unless it is given back', async () => {
        const { noticeSettings } = catalogue;
        expect(await noticeSettings.takeDigest(anne, 100)).toBe(true);
        expect(await noticeSettings.takeDigest(anne, 100)).toBe(false);
        expect(await noticeSettings.takeDigest(anne, 99)).toBe(false);
        expect(await noticeSettings.takeDigest(basile, 100)).toBe(true);
        await noticeSettings.giveDigestBack(anne, 99);
        expect(await noticeSettings.takeDigest(anne, 100)).toBe(false);
        await noticeSettings.giveDigestBack(anne, 100);
        expect(await noticeSettings.takeDigest(anne, 100)).toBe(true);
        expect(await noticeSettings.takeDigest(anne, 101)).toBe(true);
      });
    });

    describe('FeedSecretStore', () => {
      test('a person has one secret, until it is replaced or taken back', async () => {
        const { feedSecrets } = catalogue;
        expect([await feedSecrets.createdAt(anne), await feedSecrets.find('un')]).toEqual([null, null]);
        await feedSecrets.set(anne, 'un', 100);
        await feedSecrets.set(basile, 'autre', 101);
        expect([await feedSecrets.createdAt(anne), await feedSecrets.find('un')]).toEqual([100, anne]);
        await feedSecrets.set(anne, 'deux', 102);
        expect([await feedSecrets.find('un'), await feedSecrets.find('deux')]).toEqual([null, anne]);
        await feedSecrets.remove(anne);
        expect([await feedSecrets.createdAt(anne), await feedSecrets.find('deux')]).toEqual([null, null]);
        expect(await feedSecrets.find('autre')).toBe(basile);
      });
    });

    describe('FollowedRelayStore', () => {
      const followed = (n: number, origin: string): FollowedRelay => ({
        id: id<NoteId>(n),
        origin,
        name: `Relais ${n}`,
        personThere: id<PersonId>(90),
        nameThere: 'Anne',
        device: id<DeviceId>(91),
        addedAt: n,
      });

      test('[R286] an address is followed once, and is known by the name that it was given', async () => {
        const { followedRelays } = catalogue;
        const [one, other] = [followed(2, 'https://ruche.example'), followed(1, 'https://autre.example')];
        expect(await followedRelays.add(one)).toBe(true);
        expect(await followedRelays.add(other)).toBe(true);
        expect(await followedRelays.add(followed(3, one.origin))).toBe(false);
        await followedRelays.rename(one.id, 'La Ruche');
        expect(await followedRelays.list()).toEqual([other, { ...one, name: 'La Ruche' }]);
        await followedRelays.remove(other.id);
        expect((await followedRelays.list()).map(({ name }) => name)).toEqual(['La Ruche']);
      });
    });

    describe('HomeAnswerStore', () => {
      test('[R288] the last answer of each relay to each question is kept, until it is forgotten', async () => {
        const { homeAnswers } = catalogue;
        await homeAnswers.set('une', '/api/notes', { body: '1', at: 1 });
        await homeAnswers.set('une', '/api/notes/a', { body: '2', at: 2 });
        await homeAnswers.set('autre', '/api/notes', { body: '3', at: 3 });
        await homeAnswers.set('une', '/api/notes', { body: '4', at: 4 });
        const kept = async () => [
          await homeAnswers.get('une', '/api/notes'),
          await homeAnswers.get('une', '/api/notes/a'),
          await homeAnswers.get('autre', '/api/notes'),
        ];
        expect(await kept()).toEqual([
          { body: '4', at: 4 },
          { body: '2', at: 2 },
          { body: '3', at: 3 },
        ]);
        await homeAnswers.forget('une', '/api/notes/');
        expect(await kept()).toEqual([{ body: '4', at: 4 }, null, { body: '3', at: 3 }]);
        await homeAnswers.forget('une', '');
        expect(await kept()).toEqual([null, null, { body: '3', at: 3 }]);
      });
    });

    describe('ReadMarkStore', () => {
      const mark = (n: number, seq: number, at: number, epoch = id<Epoch>(7)) => ({
        note: id<NoteId>(n),
        epoch,
        seq,
        at,
      });

      test('keeps how far each person read each note, and never goes back within an epoch', async () => {
        const { readMarks } = catalogue;
        for (const n of [10, 11]) await catalogue.notes.add(note(n));
        expect(await readMarks.get(anne, id(10))).toBeNull();
        await readMarks.set(anne, mark(10, 5, 100));
        await readMarks.set(basile, mark(10, 9, 101));
        await readMarks.set(anne, mark(11, 1, 102));
        expect(await readMarks.get(anne, id(10))).toEqual(mark(10, 5, 100));
        await readMarks.set(anne, mark(10, 4, 103));
        expect(await readMarks.get(anne, id(10))).toEqual(mark(10, 5, 100));
        await readMarks.set(anne, mark(10, 5, 104));
        expect(await readMarks.of(anne)).toEqual([mark(10, 5, 104), mark(11, 1, 102)]);
        await readMarks.set(anne, mark(10, 2, 105, id(8)));
        expect(await readMarks.get(anne, id(10))).toEqual(mark(10, 2, 105, id(8)));
        expect(await readMarks.of(basile)).toEqual([mark(10, 9, 101)]);
      });

      test('goes with the note, and with the person', async () => {
        const { readMarks } = catalogue;
        for (const n of [10, 11]) await catalogue.notes.add(note(n));
        await readMarks.set(anne, mark(10, 5, 100));
        await readMarks.set(anne, mark(11, 5, 100));
        const audit = registered(9, 'note.destroyed', { by: null, subjectId: id<NoteId>(10) });
        await catalogue.removal.remove(id<NoteId>(10), audit);
        expect(await readMarks.of(anne)).toEqual([mark(11, 5, 100)]);
        await catalogue.leaving.depart(anne);
        expect(await readMarks.of(anne)).toEqual([]);
      });
    });

    describe('ReportStore', () => {
      const report = (n: number, more: Partial<Report> = {}): Report => ({
        id: id<ReportId>(n),
        about: { subject: 'note', subjectId: id<NoteId>(10) },
        by: null,
        reason: `Raison ${n}`,
        at: n,
        settled: null,
        ...more,
      });

      test('lists what nobody settled first, then the newest, each change with its trace', async () => {
        const { reports } = catalogue;
        const about = {
          subject: 'message',
          subjectId: id<MessageId>(40),
          note: id<NoteId>(10),
          thread: id<ThreadId>(41),
        } as const;
        const [first, second, third] = [report(100), report(101, { about, by: anne }), report(102)];
        for (const [at, one] of [first, second, third].entries()) await reports.add(one!, trace(200 + at));
        const settled = { by: anne, at: 110, outcome: 'done', words: 'Masqué' } as const;
        expect(await reports.settle(third!.id, settled, trace(203))).toBe(true);
        expect(await reports.settle(id<ReportId>(99), settled, trace(204))).toBe(false);
        expect(await reports.list(9)).toEqual([second, first, { ...third, settled }]);
        expect(await reports.list(1)).toEqual([second]);
        expect(await reports.get(third!.id)).toEqual({ ...third, settled });
        await reports.settle(third!.id, null, trace(205));
        expect(await reports.list(9)).toEqual([third, second, first]);
        expect((await catalogue.notices.list(anne, 9)).map((one) => one.at)).toEqual([
          205, 203, 202, 201, 200,
        ]);
      });
    });

    describe('InvitationStore', () => {
      test('is found by its secret, and listed while it is valid, newest first', async () => {
        await catalogue.invitations.add(invitation(30));
        await catalogue.invitations.add(invitation(31));
        await catalogue.invitations.add(invitation(32, { expiresAt: 100 }));
        await catalogue.invitations.add(invitation(33));
        await catalogue.invitations.revoke(id(33), 200);
        expect(await catalogue.invitations.findBySecret('hash 30')).toEqual(invitation(30));
        expect(await catalogue.invitations.findBySecret('hash 99')).toBeNull();
        const valid = await catalogue.invitations.listValid(id<NoteId>(50), 300);
        expect(valid.map((one) => one.id)).toEqual([id(31), id(30)]);
        const toRelay = invitation(34, { subject: 'relay', subjectId: null, role: 'member' });
        await catalogue.invitations.add(toRelay);
        expect(await catalogue.invitations.listValid(null, 300)).toEqual([toRelay]);
      });

      test('cannot be used beyond its count, revoked or expired', async () => {
        await catalogue.invitations.add(invitation(30));
        expect(await Promise.all([1, 2].map(() => catalogue.invitations.use(id(30), 1, 1)))).toEqual([
          true,
          false,
        ]);
        expect((await catalogue.invitations.get(id(30)))?.uses).toBe(1);
        expect(await catalogue.invitations.use(id(30), 1_000, 5)).toBe(false);
        await catalogue.invitations.revoke(id(30), 2);
        expect(await catalogue.invitations.use(id(30), 3, 5)).toBe(false);
        expect(await catalogue.invitations.use(id(99), 3, 5)).toBe(false);
      });
    });

    describe('AttachmentStore and AttachmentBytes', () => {
      const record = {
        id: id<AttachmentId>(40),
        kind: 'image',
        name: 'plan.png',
        type: 'image/png',
        bytes: 3,
        width: 10,
        height: 20,
        digest: 'ab',
        person: anne,
        createdAt: 5,
      } as const;

      test('a file is held by the note that it came with and by those granted', async () => {
        await catalogue.notes.add(note(10));
        await catalogue.notes.add(note(11));
        await catalogue.attachments.add(record, id(10));
        await catalogue.attachments.grant([record.id, record.id, id(41)], id(11));
        await catalogue.attachments.grant([], id(11));
        expect(await catalogue.attachments.get(record.id)).toEqual(record);
        expect([...(await catalogue.attachments.notesHolding(record.id))].sort()).toEqual(
          [id(10), id(11)].sort(),
        );
        expect(await catalogue.attachments.heldBy(id(11))).toEqual([record.id]);
        expect(await catalogue.attachments.heldBy(id(12))).toEqual([]);
        expect(await catalogue.attachments.get(id(41))).toBeNull();
      });

      const stream = async function* (...parts: string[]) {
        for (const part of parts) yield new TextEncoder().encode(part);
      };
      const read = async (digest: string, range?: { start: number; end: number }) => {
        const opened = await catalogue.attachmentBytes.open(digest, range);
        return opened === null ? null : new Response(opened).text();
      };

      test('bytes are kept once for equal files, and read whole or in part', async () => {
        const heads: string[] = [];
        const check = (head: Uint8Array) => heads.push(new TextDecoder().decode(head));
        const first = await catalogue.attachmentBytes.save(stream('bon', 'jour'), 7, check);
        const second = await catalogue.attachmentBytes.save(stream('bonjour'), 7, check);
        expect(second).toEqual(first);
        expect(first.bytes).toBe(7);
        expect(heads).toEqual(['bonjour', 'bonjour']);
        expect(await read(first.digest)).toBe('bonjour');
        expect(await read(first.digest, { start: 3, end: 5 })).toBe('jou');
        expect(
          new TextDecoder().decode((await catalogue.attachmentBytes.read(first.digest)) ?? new Uint8Array()),
        ).toBe('bonjour');
        expect(await read('0'.repeat(64))).toBeNull();
        expect(await read('../../etc/passwd')).toBeNull();
      });

      test('what is too large or refused leaves nothing', async () => {
        const refuse = () => {
          throw new Error('no');
        };
        await expect(
          catalogue.attachmentBytes.save(stream('abc', 'def'), 5, () => undefined),
        ).rejects.toMatchObject({ code: 'too_large' });
        await expect(catalogue.attachmentBytes.save(stream('secret'), 9, refuse)).rejects.toThrow('no');
        const { createHash } = await import('node:crypto');
        expect(await read(createHash('sha256').update('secret').digest('hex'))).toBeNull();
      });
    });

    describe('RemovalStore', () => {
      const audit = registered(9, 'note.destroyed', { by: null, subjectId: id<NoteId>(10) });

      test('finds what was put in the trash before a time, longest first', async () => {
        await catalogue.notes.add(note(10, { trashedAt: 50 }));
        await catalogue.notes.add(note(11, { trashedAt: 100 }));
        await catalogue.notes.add(note(12));
        await catalogue.carnets.add(carnet(20, { trashedAt: 40 }));
        expect(await catalogue.removal.trashedBefore(100)).toEqual([
          { id: id(20), kind: 'carnet' },
          { id: id(10), kind: 'note' },
        ]);
      });

      test('a note that is gone is the template of no carnet', async () => {
        await catalogue.notes.add(note(10));
        await catalogue.carnets.add(carnet(20, { template: id<NoteId>(10) }));
        await catalogue.carnets.add(carnet(21));
        await catalogue.carnets.change(id(21), { template: 'minutes' });
        await catalogue.removal.remove(id<NoteId>(10), audit);
        expect(await catalogue.carnets.getMany([id(20), id(21)])).toEqual(
          new Map([
            [id(20), carnet(20)],
            [id(21), carnet(21, { template: 'minutes' })],
          ]),
        );
      });

      test('takes away a note with all that speaks of it, and keeps the line of the register', async () => {
        for (const n of [10, 11]) {
          await catalogue.notes.add(note(n));
          await catalogue.derived.saveNote(noteIndex(n, { text: 'semis' }), [link(12)], [id(13)]);
          await catalogue.search.save({ id: id(n), title: '', names: [], text: 'semis' });
          await catalogue.invitations.add(invitation(n, { subjectId: id(n) }));
          await catalogue.notices.add([notice(n, { subjectId: id(n) } as Partial<NoticeRecord>)]);
        }
        await catalogue.removal.remove(id<NoteId>(10), audit);
        expect(await catalogue.notes.get(id(10))).toBeNull();
        expect(await catalogue.derived.note(id(10))).toBeNull();
        expect((await catalogue.derived.backlinks(id(12))).map(({ source }) => source)).toEqual([id(11)]);
        expect(await catalogue.derived.terms(id(10))).toEqual([]);
        expect(await catalogue.search.search('semis', { id: anne, kind: 'guest' } as never, 9)).toEqual([
          id(11),
        ]);
        expect(await catalogue.invitations.listValid(id<NoteId>(10), 0)).toEqual([]);
        expect((await catalogue.notices.list(anne, 9)).map(({ subjectId }) => subjectId)).toEqual([id(11)]);
        expect(await catalogue.register.about(id<NoteId>(10))).toEqual([audit]);
        await catalogue.removal.wipe();
        expect(await catalogue.search.search('semis', { id: anne, kind: 'guest' } as never, 9)).toEqual([
          id(11),
        ]);
      });

      test('counts the bytes of files for who sent them, until they are forgotten', async () => {
        const { attachments, removal } = catalogue;
        const file = (n: number, bytes: number, sentBy: PersonId | null) => ({
          id: id<AttachmentId>(n),
          kind: 'file' as const,
          name: 'liste.txt',
          type: 'text/plain',
          bytes,
          width: null,
          height: null,
          digest: 'aa',
          person: sentBy,
          createdAt: 5,
        });
        await catalogue.notes.add(note(10));
        expect(await attachments.bytesOf(anne)).toBe(0);
        await attachments.add(file(40, 3, anne), id(10));
        await attachments.add(file(41, 3, anne), null);
        await attachments.add(file(42, 5, basile), id(10));
        await attachments.add(file(43, 7, null), id(10));
        expect([await attachments.bytesOf(anne), await attachments.bytesOf(chloe)]).toEqual([6, 0]);
        const all = new Map<PersonId | null, number>([
          [anne, 6],
          [basile, 5],
          [null, 7],
        ]);
        expect(new Map(await attachments.bytesByPerson())).toEqual(all);
        await removal.forgetFiles(100);
        expect(await attachments.bytesOf(anne)).toBe(3);
      });

      test('forgets files that nobody holds, and tells whose bytes no other file has', async () => {
        const file = (n: number, digest: string, createdAt = 5) => ({
          id: id<AttachmentId>(n),
          kind: 'image' as const,
          name: 'plan.png',
          type: 'image/png',
          bytes: 3,
          width: 1,
          height: 1,
          digest,
          person: anne,
          createdAt,
        });
        await catalogue.notes.add(note(10));
        await catalogue.notes.add(note(11));
        await catalogue.attachments.add(file(40, 'aa'), id(10));
        await catalogue.attachments.add(file(41, 'bb'), id(10));
        await catalogue.attachments.add(file(42, 'bb'), id(11));
        await catalogue.attachments.add(file(43, 'cc', 100), null);
        await catalogue.attachments.add(file(44, 'dd'), null);
        await catalogue.communities.add(community(80, { image: id(44) }), nothing);
        await catalogue.removal.remove(id<NoteId>(10), audit);
        expect(await catalogue.removal.forgetFiles(100)).toEqual(['aa']);
        const kept = await Promise.all([40, 41, 42, 43, 44].map((n) => catalogue.attachments.get(id(n))));
        expect(kept.map((one) => one?.digest ?? null)).toEqual([null, null, 'bb', 'cc', 'dd']);
      });
    });

    describe('DerivedStore', () => {
      test('replaces what is known of a note, with its links and terms', async () => {
        await catalogue.derived.saveNote(noteIndex(10, { title: 'Avant' }), [link(11), link(12)], [id(13)]);
        await catalogue.derived.saveNote(
          noteIndex(10, { seq: 2, title: 'Après' }),
          [link(12), link(10)],
          [id(14)],
        );
        expect(await catalogue.derived.note(id(10))).toEqual(noteIndex(10, { seq: 2, title: 'Après' }));
        const { text: _, ...line } = noteIndex(10, { seq: 2, title: 'Après' });
        expect(await catalogue.derived.noteLines([id(10), id(99)])).toEqual(new Map([[id(10), line]]));
        expect(await catalogue.derived.backlinks(id(11))).toEqual([]);
        expect(await catalogue.derived.backlinks(id(12))).toEqual([{ source: id(10), around: 'Voir 12.' }]);
        expect(await catalogue.derived.backlinks(id(10))).toEqual([]);
        expect(await catalogue.derived.terms(id(10))).toEqual([id(14)]);
        expect(await catalogue.derived.usesOf(id(13))).toEqual([]);
        expect(await catalogue.derived.usesOf(id(14))).toEqual([id(10)]);
      });

      test('tells entries in reading order, places newest first, and counts notes that are not in the trash', async () => {
        await catalogue.notes.add(note(10));
        await catalogue.notes.add(note(11, { trashedAt: 5 }));
        await catalogue.notes.add(note(12));
        const index = (n: number) => ({
          id: id<CarnetId>(n),
          seq: 4,
          title: 'Carnet',
          description: '',
          language: 'fr',
          guide: { type: 'doc', content: [{ type: 'paragraph' }] },
          modifiedAt: 4,
          categories: [{ id: id<never>(60), name: 'Récits', order: 'a', list: 'Thèmes' }],
        });
        const entry = (n: number, at: number, order: string, pinned = false) => ({
          collection: id<CarnetId>(n),
          member: id<NoteId>(at),
          order,
          category: id<never>(60),
          also: [id<never>(61)],
          pinned,
          held: pinned ? 7 : null,
          seen: pinned ? 9 : null,
          integratedBy: basile,
          integratedAt: n,
        });
        await catalogue.derived.saveCollection(index(20), [
          entry(20, 10, 'a'),
          entry(20, 11, 'Z'),
          entry(20, 12, 'b', true),
          entry(20, 90, 'c'),
        ]);
        await catalogue.derived.saveCollection(index(21), [entry(21, 10, 'a')]);
        expect((await catalogue.derived.entries(id(20))).map((one) => one.member)).toEqual([
          id(12),
          id(11),
          id(10),
          id(90),
        ]);
        expect(await catalogue.derived.placesOf(id(10))).toEqual([entry(21, 10, 'a'), entry(20, 10, 'a')]);
        const newest = await catalogue.derived.newestEntries([id(20), id(21)], 9);
        expect(newest.map((one) => one.integratedAt)).toEqual(
          newest.map((one) => one.integratedAt).toSorted((a, b) => b - a),
        );
        expect(newest).toHaveLength(5);
        expect(await catalogue.derived.newestEntries([id(21), id(22)], 9)).toEqual([entry(21, 10, 'a')]);
        expect(await catalogue.derived.newestEntries([id(20), id(21)], 1)).toEqual(newest.slice(0, 1));
        expect(await catalogue.derived.memberCounts([id(20), id(21), id(22)])).toEqual(
          new Map([
            [id(20), 2],
            [id(21), 1],
          ]),
        );
        expect(await catalogue.derived.collections([id(20), id(22)])).toEqual(new Map([[id(20), index(20)]]));
        const { guide: _, categories: __, ...line } = index(20);
        expect(await catalogue.derived.collectionLines([id(20), id(22)])).toEqual(new Map([[id(20), line]]));
        await catalogue.derived.saveCollection({ ...index(20), seq: 5 }, []);
        expect(await catalogue.derived.entries(id(20))).toEqual([]);
        await catalogue.derived.saveNote(noteIndex(10), [], []);
        expect(await catalogue.derived.indexedSeqs()).toEqual(
          new Map([
            [id(20), 5],
            [id(21), 4],
            [id(10), 1],
          ]),
        );
        await catalogue.derived.clear();
        expect(await catalogue.derived.indexedSeqs()).toEqual(new Map());
        expect(await catalogue.derived.placesOf(id(10))).toEqual([]);
      });

      test('counts what a carnet and a base hold: what the catalogue knows, out of the trash, whatever came first', async () => {
        const save = (n: number, members: readonly number[]) =>
          catalogue.derived.saveCollection(
            {
              id: id<CarnetId>(n),
              seq: 1,
              title: '',
              description: '',
              language: 'fr',
              guide: null,
              modifiedAt: 1,
              categories: [],
            },
            members.map((member) => ({
              collection: id<CarnetId>(n),
              member: id<NoteId>(member),
              order: 'a',
              category: null,
              also: [],
              pinned: false,
              held: null,
              seen: null,
              integratedBy: null,
              integratedAt: 1,
            })),
          );
        const counts = async () => {
          const found = await catalogue.derived.memberCounts([id(20), id(30)]);
          return [found.get(id(20)) ?? 0, found.get(id(30)) ?? 0];
        };
        await catalogue.notes.add(note(10));
        await save(20, [10, 11]);
        await save(30, [20]);
        expect(await counts()).toEqual([1, 0]);
        await catalogue.notes.add(note(11));
        await catalogue.carnets.add(carnet(20));
        expect(await counts()).toEqual([2, 1]);
        await catalogue.notes.change(id(10), { trashedAt: 5 });
        await catalogue.carnets.change(id(20), { trashedAt: 5 });
        expect(await counts()).toEqual([1, 0]);
        await save(20, [10, 11]);
        expect(await counts()).toEqual([1, 0]);
        await catalogue.notes.change(id(10), { trashedAt: null });
        await catalogue.carnets.change(id(20), { trashedAt: null });
        expect(await counts()).toEqual([2, 1]);
        const audit = registered(1, 'note.destroyed', { by: null, subjectId: id<NoteId>(11) });
        await catalogue.removal.remove(id<NoteId>(11), audit);
        expect(await counts()).toEqual([1, 1]);
      });
    });

    describe('SearchIndex', () => {
      const asAnne = { id: anne, kind: 'guest' } as const;
      const put = async (n: number, title: string, text: string, more: Partial<NoteRecord> = {}) => {
        await catalogue.notes.add(note(n, more));
        await catalogue.derived.saveNote(noteIndex(n, { title, text }), [], []);
        await catalogue.search.save({ id: id(n), title, names: [], text });
      };
      const search = (query: string, asker: Asker = asAnne, limit = 20) =>
        catalogue.search.search(query, asker, limit);

      test('finds a note by each of its other names, before one that only speaks of it', async () => {
        await put(10, 'Un récit', 'Une autrice, puis une autrice.');
        await put(11, 'Auteur', 'Qui écrit.');
        await catalogue.search.save({
          id: id(11),
          title: 'Auteur',
          names: ['autrice', 'auteur·rice·s', 'écrivain public'],
          text: 'Qui écrit.',
        });
        expect(await search('autrice')).toEqual([id(11), id(10)]);
        expect(await search('ecrivain public')).toEqual([id(11)]);
        expect(await search('autrices')).toEqual([id(11)]);
      });

      test('finds words whatever their accents, case and ligatures; all of them, the last as a beginning', async () => {
        await put(10, 'Le cœur du village', 'Une assemblée s’est tenue à la bibliothèque.');
        await put(11, 'Autre chose', 'Rien de commun.');
        for (const query of [
          'coeur',
          'CŒUR',
          'assemblee',
          'Bibliothèque',
          'village bibl',
          'l’assemblée cœ',
        ]) {
          expect([query, await search(query.replace('l’', ''))]).toEqual([query, [id(10)]]);
        }
        expect(await search('village rien')).toEqual([]);
        expect(await search('bibl village')).toEqual([]);
        expect(await search('')).toEqual([]);
        expect(await search('" OR * - (')).toEqual([]);
      });

      test('finds every form of inclusively written words', async () => {
        await put(
          10,
          'Guide',
          'Les auteur·trice·s, les acteurs.trices et les étudiant(e)s engagé.e.s ; les chercheurs.euses.',
        );
        const forms = [
          'autrice',
          'autrices',
          'auteurs',
          'actrices',
          'actrice',
          'étudiante',
          'étudiantes',
          'engagées',
          'engagee',
          'chercheuse',
          'chercheuses',
        ];
        for (const form of forms) expect([form, await search(`${form} guide`)]).toEqual([form, [id(10)]]);
        expect(await search('directrice')).toEqual([]);
      });

      test('the title counts more, and the newest text replaces the one before', async () => {
        await put(
          10,
          'Récits',
          'compost compost compost jardin jardin et beaucoup d’autres mots pour allonger ce texte',
        );
        await put(11, 'Compost', 'Un seul.');
        expect(await search('compost')).toEqual([id(11), id(10)]);
        await catalogue.search.save({ id: id(10), title: 'Récits', names: [], text: 'neige' });
        expect(await search('jardin')).toEqual([]);
        expect(await search('neige')).toEqual([id(10)]);
        expect(await search('compost', asAnne, 1)).toEqual([id(11)]);
      });

      test('shows nobody what they may not read, nor what is in the trash', async () => {
        await put(10, 'secret', '');
        await put(11, 'secret', '', { trashedAt: 3 });
        await put(12, 'secret', '', { visibility: 'public' });
        await put(13, 'secret', '', { visibility: 'members' });
        await put(14, 'secret', '', { readers: [basile] });
        const found = async (asker: Asker) => [...(await search('secret', asker))].sort();
        expect(await found(asAnne)).toEqual([id(10), id(12), id(13), id(14)].sort());
        expect(await found({ id: basile, kind: 'guest' })).toEqual([id(12), id(13), id(14)].sort());
        expect(await found(null)).toEqual([id(12)]);
      });

      test('finds in one carnet all that it holds and the asker may read, best first', async () => {
        await put(10, 'Récits', 'compost');
        await put(11, 'Compost', '');
        await put(12, 'Compost', 'dans un autre carnet');
        await put(13, 'Compost', 'à la corbeille', { trashedAt: 3 });
        const holds = async (n: number, ...notes: number[]) =>
          catalogue.derived.saveCollection(
            {
              id: id(n),
              seq: 1,
              title: '',
              description: '',
              language: 'fr',
              guide: null,
              modifiedAt: 1,
              categories: [],
            },
            notes.map((held) => ({
              collection: id(n),
              member: id<NoteId>(held),
              order: 'a',
              category: null,
              also: [],
              pinned: false,
              held: null,
              seen: null,
              integratedBy: null,
              integratedAt: 1,
            })),
          );
        await holds(20, 10, 11, 13);
        await holds(21, 12);
        expect(await catalogue.search.searchCarnet('compost', asAnne, id(20))).toEqual([id(11), id(10)]);
        expect(await catalogue.search.searchCarnet('compost', { id: basile, kind: 'guest' }, id(20))).toEqual(
          [],
        );
        expect(await catalogue.search.searchCarnet('neige', asAnne, id(20))).toEqual([]);
        expect(await catalogue.search.searchCarnet('', asAnne, id(20))).toEqual([]);
      });

      test('forgets everything before a rebuild', async () => {
        await put(10, 'Récits', '');
        await catalogue.search.clear();
        await catalogue.derived.clear();
        expect(await search('récits')).toEqual([]);
        await catalogue.derived.saveNote(noteIndex(10), [], []);
        await catalogue.search.save({ id: id(10), title: 'Récits', names: [], text: '' });
        expect(await search('récits')).toEqual([id(10)]);
      });
    });

    describe('SettingsStore', () => {
      test('keeps the newest value, or the first', async () => {
        expect(await catalogue.settings.get('a')).toBeNull();
        expect(await catalogue.settings.setIfAbsent('a', '1')).toBe(true);
        expect(await catalogue.settings.setIfAbsent('a', '2')).toBe(false);
        expect(await catalogue.settings.get('a')).toBe('1');
        await catalogue.settings.set('a', '3');
        expect(await catalogue.settings.get('a')).toBe('3');
      });
    });
  });
}
