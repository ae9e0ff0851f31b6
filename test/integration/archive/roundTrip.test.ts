import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { DeviceId, NoteId, PersonId, VersionId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
import type { NewRow } from '#server/storage/ports/UpdateLog.ts';
import { thinNote } from '#server/thinning/thinNote.ts';
import { bringArchive } from '../../support/bringArchive.ts';
import { newArchive } from '../../support/newArchive.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { newRandom } from '../../support/random.ts';

let relays: FullRelay[] = [];
afterEach(async () => {
  for (const relay of relays) await relay.close();
  relays = [];
});

/** Three people, each with a document of their own, write, remove, split, move and put back by turns. */
function written(document: NoteId, people: readonly PersonId[], seed: number, count: number): NewRow[] {
  const random = newRandom(seed);
  const rows: NewRow[] = [];
  const docs = people.map(() => new Y.Doc());
  const devices = people.map(() => newId<DeviceId>());
  for (const [number, doc] of docs.entries())
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      const isLate = random.chance(0.1);
      const time = 1_700_000_000_000 + rows.length * 4_000 + Math.floor(rows.length / 60) * 3_600_000;
      rows.push({
        document,
        time,
        person: people[number] ?? null,
        device: devices[number] ?? null,
        deviceTime: isLate ? time - 60_000 : null,
        via: isLate ? 'mirror' : 'socket',
        operation: null,
        bytes,
        clients: [doc.clientID],
      });
      for (const other of docs) if (other !== doc) Y.applyUpdate(other, bytes, 'other');
    });
  const first = docs[0] as Y.Doc;
  titleOf(first).insert(0, 'Jardins');
  const paragraph = (words: string): Y.XmlElement => {
    const element = new Y.XmlElement('paragraph');
    element.insert(0, [new Y.XmlText(words)]);
    return element;
  };
  bodyOf(first).push([paragraph('Au début. ')]);
  while (rows.length < count) {
    const doc = docs[random.int(3)] as Y.Doc;
    const body = bodyOf(doc);
    const text = (body.get(random.int(body.length)) as Y.XmlElement).get(0) as Y.XmlText;
    const { length } = text;
    const act = length < 20 ? 0 : random.int(7);
    const start = length < 20 ? 0 : random.int(length - 10);
    const piece = length < 20 ? '' : text.toJSON().slice(start, start + 1 + random.int(8));
    doc.transact(() => {
      if (act < 3) text.insert(random.int(length + 1), `mot${rows.length} `);
      else if (act === 3) text.delete(start, piece.length);
      else if (act === 4 && body.length < 12) {
        text.delete(start, length - start);
        body.push([paragraph(piece)]);
      } else if (act === 5) {
        text.delete(start, piece.length);
        text.insert(random.int(text.length + 1), piece);
      } else titleOf(doc).insert(0, 'é');
    });
  }
  return rows.slice(0, count);
}

test.each([
  { seed: 11, count: 300, thinned: 0 },
  { seed: 12, count: 700, thinned: 1 },
  { seed: 13, count: 1_400, thinned: 1 },
  { seed: 14, count: 1_400, thinned: 2 },
])(
  '[R238] a note of random edits comes back letter by letter, version by version, also where it was thinned ($seed)',
  async ({ seed, count, thinned }) => {
    const [home, away] = [
      await newFullRelay({ storage: 'sqlite' }),
      await newFullRelay({ storage: 'sqlite' }),
    ];
    relays = [home, away];
    const [helene, tom] = [await home.signIn(), await away.signIn()];
    const id = newId<NoteId>();
    const { operations } = home.relay;
    const { catalogue, versions, history, examine } = operations;
    const people = [helene.session.person!.id, newId<PersonId>(), newId<PersonId>()];
    for (const [at, person] of people.entries())
      if (at > 0)
        await catalogue.persons.add({
          id: person,
          kind: 'guest',
          name: `Guest ${at}`,
          colour: 'azur',
          role: 'member',
          createdAt: 1,
        });
    await home.log.create(
      { document: id, kind: 'note', epoch: newId(), schemaVersion: 1 },
      written(id, people, seed, count),
    );
    await catalogue.notes.add({
      id,
      kind: 'note',
      visibility: 'authors',
      community: null,
      authorMode: 'people',
      licence: 'cc-by-sa-4.0',
      createdAt: 1_700_000_000_000,
      publishedAt: null,
      trashedAt: null,
      isTemplate: false,
      lock: null,
      authors: people,
      commenters: [],
      readers: [],
    });
    await operations.indexer.indexNow(id);
    const last = count;
    const named = [0.1, 0.35, 0.5, 0.51, 0.8].map((share) => Math.ceil(share * count));
    for (const [at, seq] of named.entries())
      await versions.add({
        id: newId<VersionId>(),
        documentId: id,
        seq,
        kind: at === 2 ? 'named' : 'sitting',
        name: at === 2 ? 'Adoptée' : null,
        remark: at === 2 ? 'À l’unanimité' : null,
        createdAt: 1_700_000_000_000 + seq,
        personId: at === 2 ? people[1]! : null,
        contributors: people,
        changeCount: 3,
      });
    if (thinned > 0) {
      const whole = await operations.documents.read(id);
      const bytes = Y.encodeStateAsUpdate(whole!.doc);
      await home.log.saveCheckpoint({
        document: id,
        seq: last,
        bytes,
        stateVector: Y.encodeStateVector(whole!.doc),
        deleteSetAt: 0,
      });
      while ((await home.log.cut(id, 1)) > 0);
      const plan = (wanted: Parameters<typeof planThinning>[2]) =>
        planThinning(home.log, operations.signingKey, wanted);
      const { planThinning } = await import('#server/thinning/planThinning.ts');
      const sources = {
        log: home.log,
        plan,
        versions,
        past: history.past,
        signingKey: operations.signingKey,
      };
      const upTo = thinned === 1 ? last : 1_100;
      if ((await thinNote(sources, id, { upTo, isPreview: false, time: Date.now() })) === null)
        throw new Error('nothing was thinned');
    }
    const moments = [...named, last];
    const toldBy = async ({ relay }: FullRelay) => {
      const said: unknown[] = [];
      for (const seq of moments) {
        const read = await relay.operations.documents.read(id, seq);
        const { runs } = await relay.operations.history.past.authorship(id, { seq });
        said.push([yDocToNoteContent(read!.doc), runs]);
        read!.doc.destroy();
      }
      // Counted from all rows, as at the end of each sitting.
      await relay.operations.history.past.keepSittings(id);
      const examined = await relay.operations.examine(id, last);
      const { sittings } = await relay.operations.history.past.sittings(id, null, 1_000);
      return {
        said,
        faults: examined?.faults,
        digest: examined?.digest,
        thinned: examined?.thinned.map(({ first, last: end, digest }) => [first, end, digest]),
        versions: (await relay.operations.versions.list(id)).filter(({ seq }) => seq <= last),
        // The row that brought it is a sitting of its own.
        sittings: sittings.filter(({ toSeq }) => toSeq <= last).map(({ people: who, toSeq }) => [toSeq, who]),
      };
    };
    const archive = await newArchive(helene, { kind: 'note', id });
    const { step } = await bringArchive(tom, archive.file);
    expect(step).toBe('done');
    expect((await examine(id, last))?.faults).toEqual([]);
    const [there, here] = [await toldBy(home), await toldBy(away)];
    expect(here).toEqual(there);
    const rows = await home.log.read(id, 0);
    expect(await away.log.read(id, 0, last)).toEqual(rows);
  },
);
