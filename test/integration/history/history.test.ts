import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { showBody } from '../../unit/shared/document/compare/showComparison.ts';
import { History } from '#server/history/History.ts';
import { createDocuments, type RelayCore } from '#server/room/createDocuments.ts';
import { MemoryUpdateLog } from '#server/storage/memory/MemoryUpdateLog.ts';
import { MemorySittingStore } from '#server/storage/memory/MemorySittingStore.ts';
import { MemoryVersionStore } from '#server/storage/memory/MemoryVersionStore.ts';
import { writeFragment } from '#shared/document/binding/writeElement.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';
import { idFromBytes } from '#shared/domain/ids.ts';
import type { DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { FakeTimers } from '../../support/fakeTimers.ts';

const newId = <T extends string>(): T => idFromBytes<T>(randomBytes(16));
const alice = newId<PersonId>();
const allowed = () => Promise.resolve();
const bob = newId<PersonId>();
const minute = 60_000;

const logger = pino({ level: 'silent' });
let log: MemoryUpdateLog;
let versions: MemoryVersionStore;
let documents: RelayCore;
let timers: FakeTimers;
let history: History;
let changed: DocumentId[];
let note: NoteId;

function openHistory(): History {
  return new History({
    log,
    documents,
    versions,
    sittings: new MemorySittingStore(),
    logger,
    timers,
    onChanged: (document) => changed.push(document),
  });
}

beforeEach(() => {
  log = new MemoryUpdateLog();
  versions = new MemoryVersionStore();
  documents = createDocuments({ log, roleOf: () => 'author', logger });
  // Rows bear the real time, so the clock of the history starts there.
  timers = new FakeTimers(Date.now());
  changed = [];
  history = openHistory();
  note = newId<NoteId>();
});

afterEach(async () => {
  await history.close();
  await documents.close();
});

const p = (text: string): BodyNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });

/** What an editor does: makes the body say this, changing what differs. */
function write(...blocks: BodyNode[]): (doc: Y.Doc) => void {
  return (doc) => {
    const body = bodyToProseMirror({ type: 'doc', content: blocks });
    writeFragment(bodyOf(doc), body);
  };
}

async function create(...blocks: BodyNode[]): Promise<void> {
  await documents.create(note, 'note', { person: alice, operation: 'seed' }, (doc) => {
    writeFragment(bodyOf(doc), bodyToProseMirror({ type: 'doc', content: blocks }));
  });
}

const edit = (person: PersonId, change: (doc: Y.Doc) => void) =>
  documents.change(note, { person, operation: 'test' }, change);

/** Work begun by the clock or by the log goes on in the background; the list waits its turn behind it. */
async function kinds(): Promise<string[]> {
  await history.settled();
  return (await history.since(note, 0, null)).map((one) => one.kind);
}

describe('versions', () => {
  test('the first one is made when content first appears, and not before', async () => {
    await create({ type: 'paragraph' });
    expect(await kinds()).toEqual([]);
    await edit(alice, write(p('Bonjour')));
    expect(await kinds()).toEqual(['first']);
    expect(changed).toEqual([note]);
  });

  test('one is made at the end of each sitting, ten minutes after the last change, with who wrote and how much', async () => {
    await create(p('Bonjour'));
    await edit(bob, write(p('Bonjour à toutes')));
    timers.advance(9 * minute);
    await edit(bob, write(p('Bonjour à toutes et à tous')));
    await edit(alice, write(p('Bonjour à toutes et à tous.')));
    timers.advance(9 * minute);
    expect(await kinds()).toEqual(['first']);
    timers.advance(minute);
    expect(await kinds()).toEqual(['sitting', 'first']);
    const [sitting] = await history.since(note, 0, null);
    expect(sitting).toMatchObject({ seq: 4, contributors: [bob, alice], changeCount: 3, personId: null });
    timers.advance(60 * minute);
    expect(await kinds()).toEqual(['sitting', 'first']);
  });

  test('a sitting that ended while the relay was down is caught up with at the start', async () => {
    await history.close();
    await create(p('Bonjour'));
    await edit(bob, write(p('Bonsoir')));
    timers.advance(20 * minute);
    history = openHistory();
    await history.start();
    expect(await kinds()).toEqual(['first']);
    expect((await history.page(note, { before: null, limit: 1, kinds: null })).unsaved).toBe(false);
    await edit(bob, write(p('Bonne nuit')));
    await history.close();
    timers.advance(20 * minute);
    history = openHistory();
    await history.start();
    expect(await kinds()).toEqual(['sitting', 'first']);
  });

  test('a name is given to now; when nothing changed since an automatic version, to that one', async () => {
    await create(p('Bonjour'));
    expect(await kinds()).toEqual(['first']);
    const first = await history.name(note, alice, 'Ébauche');
    expect(first).toMatchObject({ kind: 'named', name: 'Ébauche', personId: alice, seq: 1 });
    await edit(bob, write(p('Bonsoir')));
    expect((await history.page(note, { before: null, limit: 1, kinds: null })).unsaved).toBe(true);
    const second = await history.name(note, bob, 'Relue');
    expect(second).toMatchObject({
      kind: 'named',
      name: 'Relue',
      seq: 2,
      contributors: [bob],
      changeCount: 1,
    });
    expect(await kinds()).toEqual(['named', 'named']);
    expect((await history.page(note, { before: null, limit: 1, kinds: null })).unsaved).toBe(false);
  });
});

describe('comparing', () => {
  test('tells who wrote and who removed each word, in a worker', async () => {
    await create(p('Les jardins partagés accueillent chaque samedi des familles.'));
    const from = await history.name(note, alice, 'Avant');
    await edit(bob, write(p('Les jardins partagés accueillent chaque dimanche des familles.')));
    await edit(alice, write(p('Les jardins partagés accueillent chaque dimanche des familles. Bienvenue.')));
    const { body, summary, changeCount } = await history.compare(note, from, null);
    const marks = (body.content?.[0]?.content ?? []).flatMap(({ text, marks: own }) =>
      (own ?? []).map((mark) => [mark.type, text, mark.attrs?.['person']]),
    );
    expect(marks).toEqual([
      ['removed', 'samedi', bob],
      ['added', 'dimanche', bob],
      ['added', ' Bienvenue.', alice],
    ]);
    expect(changeCount).toBe(2);
    expect(summary).toEqual([
      { person: bob, added: 1, removed: 1 },
      { person: alice, added: 1, removed: 0 },
    ]);
  });

  test('gives a word whose letters were partly kept to whoever changed it', async () => {
    await create(p('Le samedi viennent une trentaine de familles du quartier.'));
    const from = await history.name(note, alice, 'Avant');
    await edit(bob, write(p('Le samedi viennent une quarantaine de familles du quartier.')));
    const { summary, body } = await history.compare(note, from, null);
    expect(summary).toEqual([{ person: bob, added: 1, removed: 1 }]);
    expect((body.content?.[0]?.content ?? []).map((one) => one.text)).toEqual([
      'Le samedi viennent une ',
      'trentaine',
      'quarantaine',
      ' de familles du quartier.',
    ]);
  });

  test('gives a word to whom put letters beside it, or took letters from it', async () => {
    await create(p('Rendez-vous le mardi.'));
    const from = await history.name(note, alice, 'Avant');
    await edit(bob, write(p('Rendez-vous le mardi.jeudi')));
    expect((await history.compare(note, from, null)).summary).toEqual([
      { person: bob, added: 1, removed: 1 },
    ]);
    const between = await history.name(note, alice, 'Entre');
    await edit(bob, write(p('Rendez-vous le mar')));
    expect((await history.compare(note, between, null)).summary).toEqual([
      { person: bob, added: 1, removed: 1 },
    ]);
  });

  test('text that a split removes and inserts again keeps its first author', async () => {
    await create(p('Début.'));
    const from = await history.name(note, alice, 'Avant');
    const sentence = 'Une phrase qu’Alice écrit. Une autre phrase de sa main.';
    await edit(alice, write(p('Début.'), p(sentence)));
    await edit(bob, (doc) => {
      // As the binding of an editor does: the end of the paragraph is deleted there and inserted in a new one.
      write(p('Début.'), p(sentence.slice(0, 27)), p(sentence.slice(27)))(doc);
    });
    const { body } = await history.compare(note, from, null);
    const writers = (body.content ?? []).flatMap((block) =>
      (block.content ?? []).flatMap(({ marks }) => (marks ?? []).map((mark) => mark.attrs?.['person'])),
    );
    expect(new Set(writers)).toEqual(new Set([alice]));
  });

  test('a new word that ends like one that was there is of whoever wrote it', async () => {
    await create(p('Le samedi viennent une trentaine de familles du quartier.'));
    const from = await history.name(note, alice, 'Avant');
    // Bold puts other text between: the binding then deletes the line and inserts it again.
    const bold = { type: 'text', text: 'familles', marks: [{ type: 'bold' }] };
    const line = [
      { type: 'text', text: 'Les fins de semaine viennent une quarantaine de ' },
      bold,
      { type: 'text', text: ' des environs.' },
    ];
    await edit(bob, write({ type: 'paragraph', content: line }));
    const { summary } = await history.compare(note, from, null);
    expect(summary.map(({ person }) => person)).toEqual([bob]);
  });

  test('refuses to compare backwards', async () => {
    await create(p('Un'));
    const one = await history.name(note, alice, 'Un');
    await edit(alice, write(p('Deux')));
    const two = await history.name(note, alice, 'Deux');
    await expect(history.compare(note, two, one)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('is called off when nobody waits any more', async () => {
    await create(p('Un'));
    const one = await history.name(note, alice, 'Un');
    const leaving = new AbortController();
    const answer = history.compare(note, one, null, leaving.signal);
    leaving.abort();
    await expect(answer).rejects.toMatchObject({ code: 'internal' });
    // The next one starts a worker of its own.
    expect((await history.compare(note, one, null)).changeCount).toBe(0);
  });
});

describe('restoring', () => {
  const said = async (): Promise<string> => {
    const read = await documents.read(note);
    const content = yDocToNoteContent(read!.doc);
    return [content.title, ...(content.body.content ?? []).map((block) => showBody(block))].join('\n');
  };

  test('makes the note say what it said, keeps what was there as a version, and can be taken back', async () => {
    await create(p('Un'), p('Deux'));
    const first = await history.name(note, alice, 'Ancienne');
    await edit(bob, (doc) => {
      titleOf(doc).insert(0, 'Titre');
      write(p('Un'), p('Tout autre chose'))(doc);
    });
    const { version, undo } = await history.restore(note, first.id, alice, allowed);
    expect(await said()).toBe('\nparagraph: Un\nparagraph: Deux');
    expect([version.kind, version.personId, undo.kind, undo.contributors]).toEqual([
      'restore',
      alice,
      'sitting',
      [bob],
    ]);
    const back = await history.restore(note, undo.id, alice, allowed);
    expect(await said()).toBe('Titre\nparagraph: Un\nparagraph: Tout autre chose');
    expect(back.undo.id).toBe(version.id);
    expect(await kinds()).toEqual(['restore', 'restore', 'sitting', 'named']);
  });

  test('gives restored words back to who wrote them', async () => {
    await create(p('Début'));
    const empty = await history.name(note, alice, 'Vide');
    await edit(bob, write(p('Début'), p('Un paragraphe entier que Bob a écrit.')));
    const full = await history.name(note, alice, 'Pleine');
    await edit(alice, write(p('Début')));
    await history.restore(note, full.id, alice, allowed);
    const { summary } = await history.compare(note, empty, null);
    expect(summary).toEqual([{ person: bob, added: 7, removed: 0 }]);
  });

  test('does nothing when the note already says so', async () => {
    await create(p('Un'));
    const one = await history.name(note, alice, 'Un');
    const { version, undo } = await history.restore(note, one.id, alice, allowed);
    expect([version.id, undo.id]).toEqual([one.id, one.id]);
    expect((await log.head(note))?.seq).toBe(1);
    // It says so again, after it said something else.
    await edit(bob, write(p('Un'), p('Deux')));
    await edit(bob, write(p('Un')));
    const again = await history.restore(note, one.id, alice, allowed);
    expect([again.version.id, (await log.head(note))?.seq]).toEqual([again.undo.id, 3]);
  });

  test('is refused where the note holds what this version does not know: nothing is written', async () => {
    await create(p('Un'));
    const one = await history.name(note, alice, 'Un');
    const { XmlElement } = await import('yjs');
    await edit(bob, (doc) => bodyOf(doc).insert(1, [new XmlElement('hologram')]));
    await expect(history.restore(note, one.id, alice, allowed)).rejects.toMatchObject({
      code: 'app_outdated',
    });
    expect((await log.head(note))?.seq).toBe(2);
  });
});
