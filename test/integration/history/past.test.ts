import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  authorshipSchema,
  densitySchema,
  momentContentSchema,
  pastSearchSchema,
  rowsSchema,
  sittingsSchema,
  putBackSchema,
  takeBackPreviewSchema,
} from '#shared/api/history.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { comparisonSchema, restoredSchema, versionSummarySchema } from '#shared/api/versions.ts';
import { bodyOf, setLanguage } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';

let relay: FullRelay;
let alice: TestVisitor;
let bob: TestVisitor;
let note: NoteId;
let ids: { alice: PersonId; bob: PersonId };

beforeEach(async () => {
  relay = await newFullRelay({ storage: 'sqlite' });
  const signedIn = await relay.signIn();
  alice = signedIn;
  const page = await alice.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Jardins',
    language: 'fr',
  });
  note = page.note.id;
  const body = { subject: 'note', subjectId: note, role: 'author', days: 1 };
  const { url } = await alice.json<{ url: string }>('POST', '/api/invitations', body);
  bob = await relay.join(url, 'Bob');
  const me = await bob.json<{ person: { id: PersonId } }>('GET', '/api/session');
  ids = { alice: signedIn.session.person!.id, bob: me.person.id };
});

afterEach(() => relay.close());

const p = (text: string): BodyNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const path = (rest: string): string => `/api/notes/${note}/history/${rest}`;

/** Somebody makes the note say this. @returns the row. */
async function write(person: PersonId, ...blocks: BodyNode[]): Promise<number> {
  const { documents } = relay.relay.operations;
  const content = { title: 'Jardins', language: 'fr', body: { type: 'doc', content: blocks } };
  const { seq } = await documents.change(note, { person, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, content),
  );
  return seq;
}

describe('the past of a note over HTTP', () => {
  test('[R161] tells what a note said at a row, at an instant and now', async () => {
    const first = await write(ids.alice, p('Un jardin.'));
    const second = await write(ids.bob, p('Un jardin par famille.'));
    const content = async (query: string) =>
      momentContentSchema.parse(await alice.json('GET', path(`content${query}`)));
    const then = await content(`?seq=${first}`);
    expect(then).toMatchObject({
      seq: first,
      lastSeq: second,
      title: 'Jardins',
      language: 'fr',
      person: { id: ids.alice },
      body: { type: 'doc', content: [p('Un jardin.')] },
    });
    const now = await content('');
    expect([now.seq, now.body]).toEqual([second, { type: 'doc', content: [p('Un jardin par famille.')] }]);
    expect(await content(`?at=${now.time + 1_000_000}`)).toEqual(now);
    // Before its first row a note says what its first row says.
    expect((await content('?at=1')).seq).toBe(1);
    expect((await content('?seq=999999')).seq).toBe(second);
    expect((await alice.fetch(path('content?seq=1&at=1'))).status).toBe(400);
    expect((await alice.fetch(path('content?seq=0'))).status).toBe(400);
  });

  test('[R162] tells who wrote each stretch, and who moved it', async () => {
    await write(ids.alice, p('Les jardins partagés accueillent des familles.'));
    const typed = await write(ids.bob, p('Les jardins partagés accueillent chaque samedi des familles.'));
    const cut = await write(
      ids.bob,
      p('Les jardins partagés '),
      p('accueillent chaque samedi des familles.'),
    );
    const found = authorshipSchema.parse(await alice.json('GET', path('authorship')));
    const text = ' Les jardins partagés   accueillent chaque samedi des familles. ';
    expect(
      found.runs.map(({ from, to, person, carried }) => [text.slice(from, to), person, carried]),
    ).toEqual([
      // The longer half goes on in the paragraph that was there; the other is made again before it, by who cut it.
      [
        'Les jardins partagés ',
        ids.alice,
        expect.objectContaining({ kind: 'moved', person: ids.bob, seq: cut }),
      ],
      ['accueillent', ids.alice, null],
      [' chaque samedi', ids.bob, null],
      [' des familles.', ids.alice, null],
    ]);
    expect(found.runs[2]).toMatchObject({ fromSeq: typed, toSeq: typed });
    expect(found.blocks.map(({ at, person, fromSeq }) => [at, person, fromSeq])).toEqual([
      [0, ids.bob, cut],
      [23, ids.alice, 1],
    ]);
    expect(new Set(found.people.map(({ id }) => id))).toEqual(new Set([ids.alice, ids.bob]));
    // At an earlier moment nothing was moved yet.
    const before = authorshipSchema.parse(await alice.json('GET', path(`authorship?seq=${typed}`)));
    expect(before.runs.every(({ carried }) => carried === null)).toBe(true);
  });

  test('[R162] tells who wrote a selection, by positions at a moment or by places in the live note', async () => {
    await write(ids.alice, p('Un deux trois'));
    const seq = await write(ids.bob, p('Un deux et demi trois'));
    const who = async (query: string) => {
      const { runs } = authorshipSchema.parse(await alice.json('GET', path(`who?${query}`)));
      return runs.map(({ from, to, person }) => [from, to, person]);
    };
    expect(await who(`seq=${seq}&from=4&to=12`)).toEqual([
      [4, 8, ids.alice],
      [8, 12, ids.bob],
    ]);
    const read = await relay.relay.operations.documents.read(note);
    const text = (bodyOf(read!.doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    const place = (index: number): string =>
      Buffer.from(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index))).toString(
        'base64url',
      );
    expect(await who(`start=${place(3)}&end=${place(11)}`)).toEqual(await who(`seq=${seq}&from=4&to=12`));
    for (const query of ['from=1', 'start=AAAA&end=AAAA', `start=${place(1)}&end=${place(2)}&seq=1`])
      expect([query, (await alice.fetch(path(`who?${query}`))).status]).toEqual([query, 400]);
  });

  test('[R163] lists sittings in pages, newest first, with who wrote how much and the versions in them', async () => {
    await write(ids.alice, p('Un jardin.'));
    await write(ids.bob, p('Un jardin par famille.'));
    await bob.json('POST', `/api/notes/${note}/versions`, { name: 'Ébauche' });
    await write(ids.bob, p('Un jardin.'));
    const page = sittingsSchema.parse(await alice.json('GET', path('sittings?count=1')));
    expect(page.total).toBe(2);
    expect(page.sittings).toMatchObject([
      {
        number: 1,
        kind: 'writing',
        people: [
          { person: ids.bob, written: 12, removed: 12 },
          { person: ids.alice, written: 10, removed: 0 },
        ],
      },
    ]);
    expect(page.sittings[0]?.versions.map(({ name, person }) => [name, person])).toContainEqual([
      'Ébauche',
      ids.bob,
    ]);
    const older = sittingsSchema.parse(await alice.json('GET', path('sittings?before=1')));
    expect(older.sittings.map(({ number, kind, fromSeq }) => [number, kind, fromSeq])).toEqual([
      [0, 'creation', 1],
    ]);
    const density = densitySchema.parse(await alice.json('GET', path('density?buckets=4')));
    const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
    expect([
      density.written.length,
      sum(density.written),
      sum(density.removed),
      sum(density.sittings),
    ]).toEqual([4, 29, 12, 2]);
    const rows = rowsSchema.parse(await alice.json('GET', path('rows?from=2&to=5000')));
    expect([rows.times.length, rows.writers.map((at) => rows.people[at]?.id)]).toEqual([
      3,
      [ids.alice, ids.bob, ids.bob],
    ]);
  });

  test('[R164] takes back what one person did, once its overlaps were shown, and can be undone', async () => {
    await write(ids.alice, p('Un jardin.'));
    const seq = await write(ids.bob, p('Un beau jardin rond.'));
    await write(ids.alice, p('Un beau jardin très rond.'));
    const taken = { fromSeq: seq, toSeq: seq, person: ids.bob };
    const preview = takeBackPreviewSchema.parse(await alice.json('POST', path('take-back/preview'), taken));
    // Of the two spaces around it, either may be hers.
    const overlaps = preview.overlaps.map(({ kind, text, person }) => [kind, text.trim(), person]);
    expect(overlaps).toEqual([['beside', 'très', ids.alice]]);
    expect(preview.changeCount).toBeGreaterThan(0);
    // Whose work it may be, wherever it is from: a note has more versions than are listed.
    const writersOf = async (fromSeq: number, toSeq: number): Promise<string[]> => {
      const range = { fromSeq, toSeq, person: ids.bob };
      const told = await alice.json('POST', path('take-back/preview'), range);
      return takeBackPreviewSchema.parse(told).writers.map(({ id }) => id);
    };
    expect([await writersOf(seq, seq), await writersOf(2, seq + 1)]).toEqual([
      [ids.bob],
      [ids.alice, ids.bob],
    ]);
    // What was not shown is not agreed to.
    await write(ids.alice, p('Un beau et grand jardin très rond.'));
    const late = await alice.fetch(path('take-back'), {
      method: 'POST',
      json: { ...taken, agreed: preview.agreed },
    });
    expect(late.status).toBe(409);
    const { agreed } = takeBackPreviewSchema.parse(
      await alice.json('POST', path('take-back/preview'), taken),
    );
    const { version, undo } = restoredSchema.parse(
      await alice.json('POST', path('take-back'), { ...taken, agreed }),
    );
    const now = async () => momentContentSchema.parse(await alice.json('GET', path('content')));
    const said = JSON.stringify((await now()).body);
    expect(['beau', 'rond', 'et grand', 'très'].map((word) => said.includes(word))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect([version.kind, version.person?.id]).toEqual(['restore', ids.alice]);
    const { runs } = authorshipSchema.parse(await alice.json('GET', path('authorship')));
    // A space between the two may stay either's.
    const words = runs.filter(({ from, to }) => to - from > 1);
    expect(new Set(words.map(({ person }) => person))).toEqual(new Set([ids.alice]));
    expect(sittingsSchema.parse(await alice.json('GET', path('sittings'))).sittings[0]).toMatchObject({
      kind: 'takeBack',
    });
    await alice.json('POST', `/api/notes/${note}/versions/${undo.id}/restore`);
    expect(JSON.stringify((await now()).body)).toContain('Un beau et grand jardin très rond.');
  });

  test('[R165] finds a passage that no longer exists, with when it came and went, and by whom', async () => {
    await write(ids.alice, p('Un jardin.'));
    const came = await write(ids.bob, p('Un jardin près de l’étang.'));
    const went = await write(ids.alice, p('Un jardin.'));
    const { passages, people } = pastSearchSchema.parse(
      await alice.json('GET', path(`search?text=${encodeURIComponent('ETANG')}`)),
    );
    expect(passages).toMatchObject([
      {
        text: 'étang',
        before: 'Un jardin près de l’',
        inTitle: false,
        author: ids.bob,
        came: { seq: came, person: ids.bob },
        went: { seq: went, person: ids.alice },
      },
    ]);
    expect(people).toHaveLength(2);
  });

  test('[R164] takes back the language that somebody gave the note, and not the one that others gave it since', async () => {
    await write(ids.alice, p('Un jardin.'));
    const speak = async (person: PersonId, language: string): Promise<number> => {
      const { seq } = await relay.relay.operations.documents.change(
        note,
        { person, operation: 'test' },
        (doc) => setLanguage(doc, language),
      );
      return seq;
    };
    const takeBack = async (seq: number): Promise<string | null> => {
      const taken = { fromSeq: seq, toSeq: seq, person: ids.bob };
      const { agreed } = takeBackPreviewSchema.parse(
        await alice.json('POST', path('take-back/preview'), taken),
      );
      await alice.json('POST', path('take-back'), { ...taken, agreed });
      const { language, body } = momentContentSchema.parse(await alice.json('GET', path('content')));
      expect(body).toEqual({ type: 'doc', content: [p('Un jardin.')] });
      return language ?? null;
    };
    const english = await speak(ids.bob, 'en');
    expect(await takeBack(english)).toBe('fr');
    const spanish = await speak(ids.bob, 'es');
    await speak(ids.alice, 'de');
    expect(await takeBack(spanish)).toBe('de');
  });

  test('[R166] copies a version as a new note of whoever asks, and leaves the note as it is', async () => {
    await write(ids.alice, p('Un jardin.'));
    const version = await bob.json<{ id: string }>('POST', `/api/notes/${note}/versions`, {
      name: 'Ébauche',
    });
    const last = await write(ids.alice, p('Tout autre chose.'));
    const copy = await bob.json<NotePage>('POST', `/api/notes/${note}/versions/${version.id}/copy`);
    expect([copy.note.title, copy.note.visibility]).toEqual(['Jardins (copie)', 'authors']);
    const said = await bob.json<unknown>('GET', `/api/notes/${copy.note.id}/content`);
    expect([
      JSON.stringify(said).includes('Un jardin.'),
      JSON.stringify(said).includes('autre chose'),
    ]).toEqual([true, false]);
    expect(momentContentSchema.parse(await alice.json('GET', path('content'))).seq).toBe(last);
    expect((await alice.fetch(`/api/notes/${copy.note.id}`)).status).toBe(403);
  });

  test('[R166] any moment is put back, copied, and made a version that stands where it was', async () => {
    const first = await write(ids.alice, p('Un jardin.'));
    const then = await write(ids.bob, p('Un jardin, une remise.'));
    await write(ids.alice, p('Tout autre chose.'));
    const { time } = momentContentSchema.parse(await alice.json('GET', path(`content?seq=${then}`)));
    const versionsPath = `/api/notes/${note}/versions`;
    const made = versionSummarySchema.parse(
      await alice.json('POST', versionsPath, { name: 'Avec la remise', seq: then }),
    );
    expect(made).toMatchObject({ seq: then, createdAt: time, kind: 'named', person: { id: ids.alice } });
    // A remark beside the name, and another one.
    const said = versionSummarySchema.parse(
      await alice.json('POST', versionsPath, {
        name: 'Avec la remise',
        remark: ' Lue au comité. ',
        seq: then,
      }),
    );
    expect([said.id, said.remark]).toEqual([made.id, 'Lue au comité.']);
    const renamed = versionSummarySchema.parse(
      await alice.json('PATCH', `${versionsPath}/${made.id}`, { name: 'Avec la remise', remark: '' }),
    );
    expect(renamed.remark).toBeNull();
    // Asked again it is the same; a later one is not made of it.
    expect(await alice.json('POST', versionsPath, { name: 'Avec la remise', seq: then })).toMatchObject({
      id: made.id,
    });
    const { versions } = await alice.json<{ versions: { seq: number }[] }>('GET', versionsPath);
    expect(versions.map(({ seq }) => seq)).toEqual(versions.map(({ seq }) => seq).toSorted((a, b) => b - a));
    const says = async (words: string) =>
      JSON.stringify(await alice.json('GET', path('content'))).includes(words);

    const { version, undo } = restoredSchema.parse(await bob.json('POST', path('restore'), { seq: then }));
    expect([await says('une remise'), version.kind, version.person?.id]).toEqual([true, 'restore', ids.bob]);
    await alice.json('POST', `${versionsPath}/${undo.id}/restore`);
    expect(await says('autre chose')).toBe(true);

    const copy = await bob.json<NotePage>('POST', path('copy'), { seq: first });
    const copied = JSON.stringify(await bob.json('GET', `/api/notes/${copy.note.id}/content`));
    expect([copied.includes('Un jardin.'), copied.includes('remise')]).toEqual([true, false]);

    // A row that is not there yet is none.
    for (const [where, body] of [
      [path('restore'), { seq: 999 }],
      [path('copy'), { seq: 999 }],
      [versionsPath, { name: 'Demain', seq: 999 }],
    ] as const)
      expect((await alice.fetch(where, { method: 'POST', json: body })).status).toBe(400);
  });

  test('[R179] puts one block back, keeps its author and all else, and says when there is nothing to do', async () => {
    const lines = async (): Promise<string[]> => {
      const { body } = momentContentSchema.parse(await alice.json('GET', path('content')));
      return ((body as BodyNode).content ?? []).map(({ content }) =>
        (content ?? []).map(({ text }) => text).join(''),
      );
    };
    const then = await write(ids.bob, p('Un jardin pour le quartier.'), p('La remise ferme le soir.'));
    await write(ids.alice, p('Un grand jardin pour le quartier.'));
    // The second block begins behind the first.
    const at = 'Un jardin pour le quartier.'.length + 2;
    const compared = comparisonSchema.parse(
      await alice.json('GET', `/api/notes/${note}/comparison?from=seq:${then}&to=now`),
    );
    const places = ((compared.body as BodyNode).content ?? []).map(({ attrs }) => attrs?.['was']);
    expect(places).toEqual([0, at]);
    const answer = async (passage: { seq: number; at: number }) =>
      putBackSchema.parse(await alice.json('POST', path('put-back'), passage)).seq;
    const seq = await answer({ seq: then, at });
    expect(await lines()).toEqual(['Un grand jardin pour le quartier.', 'La remise ferme le soir.']);
    const { runs } = authorshipSchema.parse(await alice.json('GET', path('authorship')));
    expect(runs.at(-1)).toMatchObject({ person: ids.bob, carried: { kind: 'restored', person: ids.alice } });
    const { sittings } = sittingsSchema.parse(await alice.json('GET', path('sittings')));
    expect(sittings[0]).toMatchObject({ kind: 'putBack', fromSeq: seq, versions: [] });
    expect(await answer({ seq: then, at })).toBeNull();

    // Undone by taking that row back, whatever was written since.
    await write(ids.bob, p('Un grand jardin pour le quartier et la ville.'), p('La remise ferme le soir.'));
    const taken = { fromSeq: seq!, toSeq: seq!, person: null };
    const { agreed } = takeBackPreviewSchema.parse(
      await alice.json('POST', path('take-back/preview'), taken),
    );
    await alice.json('POST', path('take-back'), { ...taken, agreed });
    expect(await lines()).toEqual(['Un grand jardin pour le quartier et la ville.']);

    for (const wrong of [
      { seq: then, at: at + 1 },
      { seq: 999, at: 0 },
    ])
      expect((await alice.fetch(path('put-back'), { method: 'POST', json: wrong })).status).toBe(400);
  });

  test('is closed to readers and to visitors', async () => {
    const body = { subject: 'note', subjectId: note, role: 'reader', days: 1 };
    const { url } = await alice.json<{ url: string }>('POST', '/api/invitations', body);
    const rose = await relay.join(url, 'Rose');
    for (const rest of [
      'content',
      'authorship',
      'who?from=0&to=3',
      'sittings',
      'density',
      'search?text=un',
      'rows?from=1&to=2',
    ])
      for (const who of [rose, relay.visitor()])
        expect([rest, [401, 403].includes((await who.fetch(path(rest))).status)]).toEqual([rest, true]);
  });
});
