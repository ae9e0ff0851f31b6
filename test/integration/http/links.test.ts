import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { BrokenLink, SuggestedTerm } from '#shared/api/links.ts';
import type { NotePage } from '#shared/api/notes.ts';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { newFullRelay, type FullRelay, type TestVisitor } from '../../support/newFullRelay.ts';

let full: FullRelay;
let anne: TestVisitor;
let basile: TestVisitor;
let shared: NoteId;

beforeEach(async () => {
  full = await newFullRelay();
  anne = await full.signIn();
  shared = (await anne.json<NotePage>('POST', '/api/notes', { title: 'Commune' })).note.id;
  const { url } = await anne.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: shared,
    role: 'author',
  });
  basile = await full.join(url, 'Basile');
});
afterEach(() => full.close());

async function write(id: NoteId, title: string, body: BodyNode, sheet = emptySheet): Promise<void> {
  const { documents, indexer } = full.relay.operations;
  await documents.change(id, { person: null, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, { title, body, language: 'fr', sheet }),
  );
  await indexer.indexNow(id);
}
async function newNote(who: TestVisitor, title: string, kind: 'note' | 'term' = 'note'): Promise<NoteId> {
  return (await who.json<NotePage>('POST', '/api/notes', { title, kind })).note.id;
}
const brokenFor = async (who: TestVisitor, id = shared) =>
  (await who.json<NotePage>('GET', `/api/notes/${id}`)).brokenLinks;
const suggestedTo = async (who: TestVisitor, id = shared) =>
  (await who.json<{ terms: SuggestedTerm[] }>('GET', `/api/notes/${id}/suggested-terms`)).terms;

test('[R171] authors are told of links that lead them nowhere: gone and closed to them alike, in the trash, malformed; no title with them', async () => {
  const hidden = await newNote(anne, 'Salaires confidentiels');
  const binned = await newNote(anne, 'Vieux guide');
  const open = await newNote(anne, 'Ouverte');
  await anne.json('PATCH', `/api/notes/${open}`, { visibility: 'members' });
  await anne.fetch(`/api/notes/${binned}`, { method: 'DELETE' });
  const gone = 'A'.repeat(22);
  await write(
    shared,
    'Commune',
    build.body(
      build.paragraph('Voir ', build.noteLink(hidden), ' et ', build.noteLink(open), '.'),
      build.paragraph(
        'Aussi ',
        build.noteLink(gone, 'le plan'),
        ', ',
        build.noteLink(binned, 'le guide'),
        '.',
      ),
      build.paragraph(build.link('https://exemple', 'Le site'), build.link('https://exemple.org', 'bon')),
    ),
  );
  const closed = (noteId: string, around: string): BrokenLink =>
    ({ kind: 'note', noteId, around, state: 'closed' }) as BrokenLink;
  const toGone = closed(gone, 'Aussi \u0001le plan\u0002, le guide.');
  const address: BrokenLink = { kind: 'address', href: 'https://exemple' };
  expect(await brokenFor(anne)).toEqual([
    toGone,
    { kind: 'note', noteId: binned, around: 'Aussi le plan, \u0001le guide\u0002.', state: 'trash' },
    address,
  ]);
  const his = await brokenFor(basile);
  expect(his).toEqual([
    closed(hidden, 'Voir \u0001\u0002 et ….'),
    toGone,
    closed(binned, 'Aussi le plan, \u0001le guide\u0002.'),
    address,
  ]);
  expect(JSON.stringify(his)).not.toMatch(/Salaires|Vieux/);
  // Readers have nothing to repair.
  await anne.json('PATCH', `/api/notes/${shared}`, { visibility: 'public' });
  expect(await brokenFor(full.visitor())).toEqual([]);
});

test('[R171] a carnet tells its managers of them, of the notes that they may read', async () => {
  const { collection } = await basile.json<CarnetPage>('POST', '/api/carnets', { title: 'Carnet' });
  const mine = await newNote(basile, 'À Basile');
  const whole = await newNote(basile, 'Entière');
  const closed = await newNote(anne, 'À Anne');
  for (const [id, title] of [
    [mine, 'À Basile'],
    [closed, 'À Anne'],
  ] as const)
    await write(id, title, build.body(build.paragraph(build.link('mailto:x', 'écrire'))));
  await basile.json('POST', `/api/carnets/${collection.id}/entries`, { memberIds: [shared, mine, whole] });
  const { putEntries } = await import('#server/operations/putEntries.ts');
  await putEntries(full.relay.operations, null, collection.id, [closed], null);
  await full.relay.operations.indexer.indexNow(collection.id);
  const path = `/api/carnets/${collection.id}/broken-links`;
  expect(await basile.json('GET', path)).toEqual({
    notes: [{ id: mine, title: 'À Basile', links: [{ kind: 'address', href: 'mailto:x' }] }],
  });
  await basile.json('PATCH', `/api/carnets/${collection.id}`, { visibility: 'public' });
  expect((await anne.fetch(path)).status).toBe(403);
});

test('[R172] terms that a text names by any of their forms are suggested to who writes, most often first, once and not again when set aside', async () => {
  const author = await newNote(anne, 'Auteur·trice', 'term');
  await write(author, 'Auteur·trice', build.body(), {
    ...emptySheet,
    plural: ['auteurs', 'autrices'],
    aliases: ['écrivain public'],
  });
  const economy = await newNote(anne, 'Économie sociale', 'term');
  await write(economy, 'Économie sociale', build.body());
  const secret = await newNote(anne, 'Comité', 'term');
  await write(secret, 'Comité', build.body());
  for (const id of [author, economy]) await anne.json('PATCH', `/api/notes/${id}`, { visibility: 'members' });
  await write(
    shared,
    'Commune',
    build.body(
      build.paragraph('L’économie sociale change. Les autrices aussi, et l’ÉCRIVAIN PUBLIC.'),
      build.paragraph('Le comité en parle.'),
    ),
  );
  const [first, second] = await suggestedTo(basile);
  expect([first, second]).toEqual([
    { id: author, title: 'Auteur·trice', found: 'ecrivain public' },
    { id: economy, title: 'Économie sociale', found: 'economie sociale' },
  ]);
  // Whoever may read the third is told of it too.
  expect((await suggestedTo(anne)).map(({ id }) => id)).toContain(secret);

  await basile.fetch(`/api/notes/${shared}/dismissed-terms/${author}`, { method: 'PUT' });
  await basile.fetch(`/api/notes/${shared}/dismissed-terms/${author}`, { method: 'PUT' });
  expect((await suggestedTo(anne)).map(({ id }) => id)).not.toContain(author);
  await basile.fetch(`/api/notes/${shared}/dismissed-terms/${author}`, { method: 'DELETE' });
  expect((await suggestedTo(anne)).map(({ id }) => id)).toContain(author);

  // Of another kind, in the trash or related, it is suggested no more.
  await anne.json('PATCH', `/api/notes/${author}`, { kind: 'note' });
  await anne.fetch(`/api/notes/${economy}`, { method: 'DELETE' });
  expect((await suggestedTo(anne)).map(({ id }) => id)).toEqual([secret]);
  await anne.json('PATCH', `/api/notes/${shared}`, { visibility: 'members' });
  const reader = await full.join(
    (
      await anne.json<{ url: string }>('POST', '/api/invitations', {
        subject: 'note',
        subjectId: shared,
        role: 'reader',
      })
    ).url,
    'Léonie',
  );
  expect((await reader.fetch(`/api/notes/${shared}/suggested-terms`)).status).toBe(403);
});
