import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
import * as Y from 'yjs';
import type { DocumentId, NoteId } from '#shared/domain/ids.ts';
import { bringArchive, makeArchive, sendArchive } from '../../support/bringArchive.ts';
import { newArchive, type ReadArchive } from '../../support/newArchive.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { newSharedCarnet, paragraph, type SharedCarnet } from '../../support/newSharedCarnet.ts';

describe.each(['memory', 'sqlite'] as const)(
  'an archive that comes to another Calepin, over %s',
  (storage) => {
    let home: SharedCarnet;
    let away: FullRelay;
    let tom: TestVisitor & { session: { person: { id: string } | null } };
    let archive: ReadArchive;
    beforeEach(async () => {
      home = await newSharedCarnet(storage);
      archive = await newArchive(home.helene, { kind: 'carnet', id: home.carnet });
      away = await newFullRelay({ storage });
      tom = await away.signIn();
      await tom.json('PATCH', '/api/session/person', { name: 'Tom' });
    });
    afterEach(async () => {
      await home.relay.close();
      await away.close();
    });
    const rowsOf = (relay: FullRelay, id: DocumentId, upTo?: number) => relay.log.read(id, 0, upTo);
    const vectorOf = async (relay: FullRelay, id: DocumentId): Promise<Record<string, number>> => {
      const read = await relay.relay.operations.documents.read(id);
      return Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(read!.doc)));
    };

    test('[R237] is told before anything is made: what it holds, from whom, what of it is here', async () => {
      const { preview, step } = await sendArchive(tom, archive.file);
      expect([step, preview?.title]).toEqual(['ready', 'Le jardin']);
      expect(preview?.archive).toMatchObject({
        madeBy: 'Hélène',
        isOwn: false,
        notes: ['whole', 'present'],
        collections: [{ title: 'Le jardin', kind: 'carnet', state: 'whole' }],
        withheld: 1,
        refused: { count: 0 },
      });
      expect(await away.log.head(home.notes.shared)).toBeNull();
    });

    test('[R238] brings each log row for row, on the same chain, with its versions, discussions, files and places', async () => {
      const { shared, open } = home.notes;
      const { made, step } = await bringArchive(tom, archive.file);
      expect([step, made?.carnet, made?.notes]).toEqual(['done', home.carnet, [shared, open]]);
      const rows = await rowsOf(home.relay, shared);
      expect(await rowsOf(away, shared, rows.length)).toEqual(rows);
      expect(await vectorOf(away, shared)).toEqual(await vectorOf(home.relay, shared));
      const before = await home.relay.relay.operations.examine(shared, rows.length);
      const after = await away.relay.operations.examine(shared, rows.length);
      expect(after?.digest).toEqual(before?.digest);
      expect(after?.faults).toEqual([]);
      // One row more says who brought it, and begins another life of the document.
      const [last] = await away.log.read(shared, rows.length);
      expect(last).toMatchObject({
        operation: 'import',
        person: tom.session.person?.id,
        deviceTime: archive.manifest.madeAt,
      });
      expect((await away.log.head(shared))?.epoch).not.toBe((await home.relay.log.head(shared))?.epoch);
      const { versions } = await tom.json<{ versions: VersionSummary[] }>(
        'GET',
        `/api/notes/${shared}/versions`,
      );
      expect(
        versions
          .find(({ name }) => name === 'Adoptée')
          ?.contributors.map(({ name, kind }) => [name, kind])
          .sort(),
      ).toEqual([
        ['Awa', 'archived'],
        ['Hélène', 'archived'],
      ]);
      const { threads } = await tom.json<{ threads: ThreadLine[] }>('GET', `/api/notes/${shared}/threads`);
      expect(threads[0]?.messages.map(({ text, by }) => [text, by?.name])).toEqual([['Et l’eau ?', 'Awa']]);
      const picture = await tom.fetch(`/api/attachments/${home.picture}`);
      expect(Buffer.from(await picture.arrayBuffer())).toEqual(Buffer.from(home.png));
      const carnet = await tom.json<CollectionPage>('GET', `/api/carnets/${home.carnet}`);
      expect(carnet.entries.flatMap(({ note }) => note?.title ?? [])).toEqual([
        'Semis de printemps',
        'Compost',
      ]);
      expect(carnet.entries.map(({ integratedBy }) => integratedBy?.name)).toEqual(
        expect.arrayContaining(['Hélène', 'Awa']),
      );
    });

    test('[R239] is for who brings it alone, whatever it was open to before; who wrote is named, and may nothing', async () => {
      await bringArchive(tom, archive.file);
      const { note } = await tom.json<NotePage>('GET', `/api/notes/${home.notes.open}`);
      expect([note.visibility, note.authors.map(({ name }) => name)]).toEqual(['authors', ['Awa', 'Tom']]);
      const people = await away.relay.operations.catalogue.persons.list();
      expect(people.map(({ name, kind, role }) => [name, kind, role])).toEqual([
        ['Awa', 'archived', 'member'],
        ['Hélène', 'archived', 'member'],
        ['Tom', 'local', people.find(({ name }) => name === 'Tom')?.role],
      ]);
      const archived = people.find(({ name }) => name === 'Awa');
      expect((await tom.fetch(`/api/people/${archived?.id}`)).status).toBe(403);
    });

    test('[R240] brought again it is here already; beside a note that went on elsewhere it comes as a copy, and nothing here changes', async () => {
      await bringArchive(tom, archive.file);
      const again = await sendArchive(tom, archive.file);
      expect(again.preview?.archive).toMatchObject({
        notes: ['same', 'same'],
        collections: [{ state: 'same' }],
      });
      const { shared } = home.notes;
      await home.write(shared, home.ids.awa, 'Semis d’été', paragraph('Des courges.'));
      const later = await newArchive(home.helene, { kind: 'note', id: shared });
      const here = await rowsOf(away, shared);
      const sent = await sendArchive(tom, later.file);
      expect(sent.preview?.archive?.notes).toEqual(['copy']);
      const { made } = await makeArchive(tom, sent);
      const [copy = '' as NoteId] = made?.notes ?? [];
      expect(copy).not.toBe(shared);
      expect(await rowsOf(away, shared)).toEqual(here);
      const theirs = await rowsOf(home.relay, shared);
      expect((await rowsOf(away, copy, theirs.length)).map(({ document: _, ...row }) => row)).toEqual(
        theirs.map(({ document: _, ...row }) => row),
      );
      expect((await tom.json<NotePage>('GET', `/api/notes/${copy}`)).note.title).toBe('Semis d’été');
      expect((await away.relay.operations.examine(copy, theirs.length))?.faults).toEqual([]);
    });

    test('[R240] comes back to where it was made, after the notes were destroyed, with its people as they are there', async () => {
      const { shared } = home.notes;
      const { operations } = home.relay.relay;
      const { destroyDocument } = await import('#server/operations/destroyDocument.ts');
      const rows = await rowsOf(home.relay, shared);
      await destroyDocument(operations, { id: shared, kind: 'note' });
      const sent = await sendArchive(home.helene, archive.file);
      expect(sent.preview?.archive).toMatchObject({ isOwn: true, notes: ['whole', 'same'] });
      await makeArchive(home.helene, sent);
      expect(await rowsOf(home.relay, shared, rows.length)).toEqual(rows);
      const { versions } = await home.helene.json<{ versions: VersionSummary[] }>(
        'GET',
        `/api/notes/${shared}/versions`,
      );
      expect(versions.flatMap(({ contributors }) => contributors.map(({ kind }) => kind))).toContain('guest');
      expect((await home.awa.fetch(`/api/notes/${shared}`)).status).toBe(403);
    });

    test('[R241] exported again from there it says the same', async () => {
      await bringArchive(tom, archive.file);
      const again = await newArchive(tom, { kind: 'carnet', id: home.carnet });
      const told = ({ manifest, json }: ReadArchive) =>
        manifest.notes.map(({ id, title, path }) => {
          const { versions, threads, files, kind, licence, createdAt } = json<{
            versions: { id: string; name: string | null; seq: number }[];
            threads: unknown;
            files: unknown;
            kind: string;
            licence: string;
            createdAt: number;
          }>(path);
          return {
            id,
            title,
            files,
            kind,
            licence,
            createdAt,
            threads: id === home.notes.shared ? threads : [],
            named: versions.filter(({ name }) => name !== null).map((one) => [one.id, one.name, one.seq]),
          };
        });
      expect(told(again).map(({ createdAt: _, ...one }) => one)).toEqual(
        told(archive).map(({ createdAt: _, ...one }) => one),
      );
      expect(again.manifest.media.map(({ at: _, ...one }) => one)).toEqual(
        archive.manifest.media.map(({ at: _, ...one }) => one),
      );
    });

    test('[R242] stopped or failed in the middle, nothing of it stays', async () => {
      const { catalogue } = away.relay.operations;
      const start = catalogue.threads.start.bind(catalogue.threads);
      catalogue.threads.start = () => Promise.reject(new Error('the disk is gone'));
      const { step } = await bringArchive(tom, archive.file);
      catalogue.threads.start = start;
      expect(step).toBe('failed');
      for (const id of [home.notes.shared, home.notes.open, home.carnet] as DocumentId[])
        expect(await away.log.head(id)).toBeNull();
      expect(await catalogue.attachments.get(home.picture)).toBeNull();
      const { step: after } = await bringArchive(tom, archive.file);
      expect(after).toBe('done');
    });
  },
);
