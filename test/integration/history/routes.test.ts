import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Comparison,
  comparisonSchema,
  restoredSchema,
  versionContentSchema,
  versionListSchema,
} from '#shared/api/versions.ts';
import { noteActsSchema, versionSummarySchema } from '#shared/api/versions.ts';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import * as Y from 'yjs';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { newClient, type TestClient } from '../../support/newClient.ts';
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

const textOf = (client: TestClient): string => bodyOf(client.doc).toJSON();

/** Writes a paragraph at the end. @returns its text, to go on writing in. */
function paragraph(client: TestClient, words: string): Y.XmlText {
  const text = new Y.XmlText(words);
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [text]);
  bodyOf(client.doc).push([element]);
  return text;
}

const path = (rest: string): string => `/api/notes/${note}/${rest}`;
const list = async () => versionListSchema.parse(await alice.json('GET', path('versions')));
const nameNow = async (who: TestVisitor, name: string) =>
  versionSummarySchema.parse(await who.json('POST', path('versions'), { name }));
const stored = (words: string) =>
  retryUntil(`« ${words} » to be stored`, async () =>
    JSON.stringify(await alice.json('GET', path('content'))).includes(words),
  );

describe('the history of a note over HTTP', () => {
  test('[R160] tells versions page by page, newest first, and by themselves those that somebody made', async () => {
    const made = [];
    for (const words of ['Un', 'Deux', 'Trois', 'Quatre']) {
      await relay.relay.operations.documents.change(note, { person: null, operation: 'test' }, (doc) =>
        titleOf(doc).insert(0, `${words} `),
      );
      made.unshift((await nameNow(alice, words)).id);
    }
    const page = async (query: string) =>
      versionListSchema.parse(await alice.json('GET', path(`versions?${query}`)));
    const all = (await list()).versions.map(({ id }) => id);
    expect([all.slice(0, 4), all.length]).toEqual([made, 5]);
    const read: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const some = await page(`count=2${next === '' ? '' : `&before=${next}`}`);
      expect([some.versions.length <= 2, some.unsaved, some.currentSeq]).toEqual([true, false, 5]);
      read.push(...some.versions.map(({ id }) => id));
      ({ next } = some);
    }
    expect(read).toEqual(all);
    const marked = await page('kinds=marked');
    expect([marked.versions.map(({ id }) => id), marked.next]).toEqual([made, null]);
    expect((await alice.fetch(path('versions?count=501'))).status).toBe(400);
    expect((await page(`before=${note}`)).versions).toEqual([]);
  });

  test('lists, names, shows and compares versions, with people by name', async () => {
    expect((await list()).versions.map((one) => one.kind)).toEqual(['first']);
    const editor = await open(bob);
    paragraph(editor, 'Un jardin par famille.');
    await stored('famille');
    expect(await list()).toMatchObject({ unsaved: true });
    const version = await nameNow(bob, '  Ébauche  ');
    expect(version).toMatchObject({
      name: 'Ébauche',
      kind: 'named',
      person: { name: 'Bob' },
      contributors: [{ name: 'Bob' }],
    });
    const renamed = await alice.json<unknown>('PATCH', path(`versions/${version.id}`), { name: 'Envoyée' });
    expect(versionSummarySchema.parse(renamed)).toMatchObject({ name: 'Envoyée', person: { name: 'Bob' } });
    const content = versionContentSchema.parse(
      await alice.json('GET', path(`versions/${version.id}/content`)),
    );
    expect([content.title, content.language, JSON.stringify(content.body)]).toEqual([
      'Jardins',
      'fr',
      expect.stringContaining('Un jardin par famille.'),
    ]);
    const [, first] = (await list()).versions;
    const comparison: Comparison = comparisonSchema.parse(
      await alice.json('GET', path(`comparison?from=${first?.id ?? ''}&to=now`)),
    );
    expect(comparison).toMatchObject({
      to: null,
      people: [{ name: 'Bob' }],
      summary: [{ added: 4, removed: 0 }],
    });
    expect(JSON.stringify(comparison.body)).toContain('"type":"added"');
  });

  test('is closed to readers, to visitors, and for versions of other notes', async () => {
    const [first] = (await list()).versions;
    const reader = await invited('reader', 'Rose');
    const ways = [
      ['GET', 'versions'],
      ['POST', 'versions', { name: 'x' }],
      ['PATCH', `versions/${first?.id ?? ''}`, { name: 'x' }],
      ['GET', `versions/${first?.id ?? ''}/content`],
      ['GET', `comparison?from=${first?.id ?? ''}&to=now`],
      ['POST', `versions/${first?.id ?? ''}/restore`],
    ] as const;
    for (const [method, rest, body] of ways) {
      for (const who of [reader, relay.visitor()]) {
        const answer = await who.fetch(path(rest), { method, ...(body ? { json: body } : {}) });
        expect([method, rest, [401, 403].includes(answer.status)]).toEqual([method, rest, true]);
      }
    }
    const other = await alice.json<{ note: { id: string } }>('POST', '/api/notes', {
      title: 'Autre',
      language: 'fr',
    });
    const foreign = await alice.fetch(`/api/notes/${other.note.id}/versions/${first?.id ?? ''}/content`);
    expect(foreign.status).toBe(403);
    expect((await list()).versions).toHaveLength(1);
  });

  test('[R160] tells its readers who did what when, from the moment it was open to them, and no word of it', async () => {
    const editor = await open(bob);
    paragraph(editor, 'Un secret.');
    await stored('Un secret.');
    const first = await nameNow(alice, 'Avant Rose');
    const acts = async (who: TestVisitor) =>
      noteActsSchema
        .parse(await who.json('GET', path('acts')))
        .acts.map(({ kind, name, people }) => [kind, name, people.map((one) => one.name).join()]);
    const rose = await invited('reader', 'Rose');
    expect(await acts(rose)).toEqual([]);
    paragraph(editor, 'Une suite.');
    await stored('Une suite.');
    await nameNow(bob, 'Adoptée');
    await alice.json('POST', path(`versions/${first.id}/restore`));
    const wanted = [
      ['restored', null, 'Root'],
      ['named', 'Adoptée', 'Bob'],
    ];
    expect(await acts(rose)).toEqual(wanted);
    expect((await acts(alice)).slice(0, 3)).toEqual([...wanted, ['named', 'Avant Rose', 'Root']]);
    // The last ones alone, of what each is told.
    const last = async (who: TestVisitor, count: number) =>
      noteActsSchema
        .parse(await who.json('GET', path(`acts?count=${count}`)))
        .acts.map(({ kind, name, people }) => [kind, name, people.map((one) => one.name).join()]);
    expect([await last(alice, 1), await last(rose, 9)]).toEqual([wanted.slice(0, 1), wanted]);
    expect(await last(alice, 3)).toEqual((await acts(alice)).slice(0, 3));
    expect((await alice.fetch(path('acts?count=0'))).status).toBe(400);
    // A visitor, from the moment it is public.
    expect((await relay.visitor().fetch(path('acts'))).status).toBe(403);
    await alice.json('PATCH', `/api/notes/${note}`, { visibility: 'public' });
    expect(await acts(relay.visitor())).toEqual([['published', null, 'Root']]);
    expect(await (await relay.visitor().fetch(path('acts'))).text()).not.toContain('secret');
    // What was closed meanwhile is not told: it begins anew.
    await alice.json('PATCH', `/api/notes/${note}`, { visibility: 'authors' });
    await alice.json('PATCH', `/api/notes/${note}`, { visibility: 'public' });
    expect(await acts(relay.visitor())).toEqual([]);
  });

  test('restoring while somebody types keeps what they type, and can be taken back', async () => {
    const editor = await open(bob);
    const watcher = await open(alice);
    paragraph(editor, 'Ce qui reste.');
    const writing = paragraph(editor, 'Bob écrit ici');
    await stored('Bob écrit ici');
    const before = await nameNow(alice, 'Avant');
    const extra = paragraph(watcher, 'Une phrase de trop.');
    titleOf(watcher.doc).insert(0, 'Les ');
    await stored('Une phrase de trop.');
    expect(extra.length).toBeGreaterThan(0);

    // Bob's line is cut for a moment: what he types meanwhile meets the restored note only afterwards.
    editor.provider.disconnect();
    const { undo } = restoredSchema.parse(await alice.json('POST', path(`versions/${before.id}/restore`)));
    writing.insert(writing.length, ' et ailleurs');
    const { ticket } = await bob.json<{ ticket: string }>('POST', '/api/tickets', { document: note });
    editor.reconnect(editor.provider.serverUrl, ticket);
    const gone = (client: TestClient): boolean => !textOf(client).includes('Une phrase de trop.');
    await retryUntil('both to see the restored note', () => gone(editor) && gone(watcher));
    await retryUntil('both to have what Bob typed', () =>
      [editor, watcher].every((client) => textOf(client).includes('Bob écrit ici et ailleurs')),
    );
    expect(textOf(editor)).toBe(textOf(watcher));
    expect(titleOf(watcher.doc).toJSON()).toBe('Jardins');
    expect(editor.provider.wsconnected).toBe(true);

    await alice.json('POST', path(`versions/${undo.id}/restore`));
    await retryUntil('the phrase to be back', () => textOf(editor).includes('Une phrase de trop.'));
    await retryUntil('the title to be back', () => titleOf(editor.doc).toJSON() === 'Les Jardins');
  });
});
