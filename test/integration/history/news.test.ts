import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type NoteNews, noteNewsSchema } from '#shared/api/news.ts';
import { comparisonSchema, versionListSchema } from '#shared/api/versions.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { newClient, type TestClient } from '../../support/newClient.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

let relay: FullRelay;
let alice: TestVisitor;
let bob: TestVisitor;
let note: NoteId;
const clients: TestClient[] = [];

beforeEach(async () => {
  relay = await newFullRelay({ storage: 'sqlite' });
  alice = await relay.signIn();
  const page = await alice.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Jardins',
    language: 'fr',
  });
  note = page.note.id;
  bob = await invited('author', 'Bob');
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await relay.close();
});

async function invited(role: 'author' | 'reader', name: string): Promise<TestVisitor> {
  const body = { subject: 'note', subjectId: note, role, days: 1 };
  const { url } = await alice.json<{ url: string }>('POST', '/api/invitations', body);
  return relay.join(url, name);
}

/** Somebody at a stock editor. */
async function open(who: TestVisitor): Promise<TestClient> {
  const { ticket } = await who.json<{ ticket: string }>('POST', '/api/tickets', { document: note });
  const client = newClient(`${relay.url.replace('http', 'ws')}/sync`, note, ticket);
  clients.push(client);
  await client.synced();
  return client;
}

/** Writes a paragraph at the end, and waits until the relay has it. @returns its text, to go on writing in. */
async function paragraph(client: TestClient, words: string): Promise<Y.XmlText> {
  const text = new Y.XmlText(words);
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [text]);
  bodyOf(client.doc).push([element]);
  await stored(words);
  return text;
}

/** The place of the paragraph that says this, once it is there. */
async function placeOf(client: TestClient, words: string): Promise<number> {
  let at = -1;
  await retryUntil(`« ${words} » to be there`, () => {
    at = bodyOf(client.doc)
      .toArray()
      .findIndex((one) => one.toJSON().includes(words));
    return at >= 0;
  });
  return at;
}

/** Writes at the beginning of the paragraph that says this. */
async function prepend(client: TestClient, paragraphOf: string, words: string): Promise<void> {
  const element = bodyOf(client.doc).get(await placeOf(client, paragraphOf)) as Y.XmlElement;
  (element.get(0) as Y.XmlText).insert(0, words);
  await stored(words.trim());
}

async function stored(words: string): Promise<void> {
  await retryUntil(`« ${words} » to be stored`, async () =>
    JSON.stringify(await alice.json('GET', `/api/notes/${note}/content`)).includes(words),
  );
}

const news = async (who: TestVisitor, query = ''): Promise<NoteNews | null> =>
  noteNewsSchema.parse(await who.json('GET', `/api/notes/${note}/news${query}`)).news;
const head = async (): Promise<number> =>
  versionListSchema.parse(await alice.json('GET', `/api/notes/${note}/versions`)).currentSeq;
/** They have seen the note as it is now. */
async function read(who: TestVisitor): Promise<void> {
  await who.json('PUT', `/api/notes/${note}/read`, { seq: await head() });
}

describe('[R168] what changed since somebody last read a note', () => {
  test('[R167] who wrote and left at once has read their own words: an editor learns a few seconds later up to where', async () => {
    const [here, there] = [await open(alice), await open(bob)];
    const known = await head();
    await paragraph(here, 'Un jardin par famille.');
    await paragraph(here, 'Une clé par jardin.');
    const fromSeq = await head();
    await alice.json('PUT', `/api/notes/${note}/read`, { seq: known });
    await prepend(there, 'famille', 'Toujours ');
    await prepend(here, 'clé', 'Encore ');
    expect(await news(alice)).toMatchObject({ fromSeq, people: [{ name: 'Bob' }], passages: 1 });
    // What somebody else wrote in between is not passed over.
    await alice.json('PUT', `/api/notes/${note}/read`, { seq: known });
    expect(await news(alice)).toMatchObject({ fromSeq, passages: 1 });
  });

  test('is told in passages, with who; the comparison begins where they stopped', async () => {
    const [here, there] = [await open(alice), await open(bob)];
    await paragraph(here, 'Un jardin par famille.');
    expect(await news(alice)).toBeNull();
    const fromSeq = await head();
    await read(alice);
    expect(await news(alice)).toBeNull();
    await prepend(there, 'famille', 'Toujours ');
    await paragraph(there, 'L’eau est coupée en hiver.');
    const found = await news(alice);
    expect(found).toMatchObject({
      fromSeq,
      toSeq: await head(),
      people: [{ name: 'Bob' }],
      passages: 2,
      own: 0,
      both: 0,
    });
    expect(found?.since).toBeGreaterThan(0);
    const comparison = comparisonSchema.parse(
      await alice.json('GET', `/api/notes/${note}/comparison?from=seq:${fromSeq}&to=now`),
    );
    expect(comparison).toMatchObject({ changeCount: 2, from: { seq: fromSeq, version: null }, to: null });
    expect(comparison.from.at).toBeGreaterThan(0);
    await read(alice);
    expect(await news(alice)).toBeNull();
  });

  test('nothing for who never read it, for their own words, or for what came and went', async () => {
    const [here, there] = [await open(alice), await open(bob)];
    await paragraph(here, 'Un jardin par famille.');
    expect(await news(bob)).toBeNull();
    await read(bob);
    await read(alice);
    await paragraph(there, 'Essai.');
    expect(await news(bob)).toBeNull();
    expect((await news(alice))?.passages).toBe(1);
    bodyOf(there.doc).delete(await placeOf(there, 'Essai'), 1);
    await retryUntil('the words to be gone', async () => (await news(alice)) === null);
  });

  test('named a row, it tells also in how many passages both changed something', async () => {
    const [here, there] = [await open(alice), await open(bob)];
    const mine = await paragraph(here, 'Un jardin par famille.');
    await paragraph(here, 'Deux outils par personne.');
    const after = await head();
    await prepend(there, 'famille', 'Toujours ');
    mine.insert(mine.length, ' Et un seau.');
    await stored('seau');
    await paragraph(here, 'Trois clés au local.');
    expect(await news(alice, `?after=${after}`)).toMatchObject({
      since: null,
      people: [{ name: 'Bob' }],
      passages: 1,
      own: 2,
      both: 1,
    });
    expect(await news(bob, `?after=${after}`)).toMatchObject({ passages: 2, own: 1, both: 1 });
  });
});

test('[R167] how far somebody read never goes back, and a reader without the history keeps nothing', async () => {
  const here = await open(alice);
  await paragraph(here, 'Un jardin par famille.');
  const seq = await head();
  await read(bob);
  await bob.json('PUT', `/api/notes/${note}/read`, { seq: 0 });
  // A row that is not there yet is not read yet.
  await bob.json('PUT', `/api/notes/${note}/read`, { seq: 1_000_000 });
  expect(await news(bob)).toBeNull();
  await paragraph(here, 'L’eau est coupée en hiver.');
  expect(await news(bob)).toMatchObject({ fromSeq: seq, passages: 1 });
  const carole = await invited('reader', 'Carole');
  for (const [method, path, json] of [
    ['GET', 'news', undefined],
    ['PUT', 'read', { seq: 1 }],
  ] as const) {
    const answer = await carole.fetch(`/api/notes/${note}/${path}`, {
      method,
      ...(json === undefined ? {} : { json }),
    });
    expect(answer.status).toBe(403);
  }
});
