import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { body, heading, noteLink, paragraph } from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { emptySheet, type NoteSheet } from '#shared/document/sheet.ts';
import { replaceNoteContent, replaceSheet } from '#shared/document/writeContent.ts';
import type { DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { PersonRecord } from '#server/storage/ports/PersonStore.ts';
import { type FullRelay, type TestVisitor, newFullRelay } from '../../support/newFullRelay.ts';

const shell = '<!doctype html><title>the application</title>';

let full: FullRelay;
let owner: TestVisitor;
let ownerId: PersonId;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-interface-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), shell);
  await writeFile(
    path.join(folder, 'manifest.json'),
    JSON.stringify({ 'styles/public.css': { file: 'assets/public-x.css' } }),
  );
  full = await newFullRelay({ interfaceFolder: folder, now: () => Date.UTC(2026, 2, 5, 15, 41) });
  const signedIn = await full.signIn();
  owner = signedIn;
  ownerId = signedIn.session.person?.id as PersonId;
});
afterEach(async () => {
  await full.close();
  await rm(folder, { recursive: true });
});

const write = async (id: string, title: string, content: BodyNode, language = 'fr') => {
  const { documents, indexer } = full.relay.operations;
  await documents.change(id as DocumentId, { person: ownerId, operation: 'test' }, (doc) => {
    replaceNoteContent(doc, { title, body: content, language });
  });
  await indexer.indexNow(id as DocumentId);
};
const show = (id: string, visibility = 'public') => owner.json('PATCH', `/api/notes/${id}`, { visibility });
const newNote = async (title: string, content: BodyNode, visibility?: string, language?: string) => {
  const { note } = await owner.json<NotePage>('POST', '/api/notes', { title });
  await write(note.id, title, content, language);
  if (visibility !== undefined) await show(note.id, visibility);
  return note.id;
};
/** What somebody without a session is answered. */
const read = async (where: string, headers: Record<string, string> = {}) => {
  const answer = await full.visitor().fetch(where, { headers });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
};

test('who is known by the word of an archive or of another computer is said to be so, on pages and in feeds', async () => {
  const { catalogue } = full.relay.operations;
  const id = await newNote('Semer', body(paragraph('On sème.')), 'public');
  const { collection } = await owner.json<CarnetPage>('POST', '/api/carnets', { title: 'Potager' });
  await owner.json('PATCH', `/api/carnets/${collection.id}`, { visibility: 'public' });
  await owner.json('POST', `/api/carnets/${collection.id}/entries`, { memberIds: [id] });
  const known = { colour: 'azur', role: 'member', createdAt: 1 } as const;
  const people = [
    { ...known, id: 'm'.repeat(21) + 'A', kind: 'archived', name: 'Marie' },
    { ...known, id: 'p'.repeat(21) + 'A', kind: 'stated', name: 'Paul', statedBy: 'Odile' },
  ] as unknown as PersonRecord[];
  for (const person of people) {
    await catalogue.persons.add(person);
    await catalogue.notes.addPerson(id as NoteId, person.id, 'author', 2);
  }
  const marked = 'Marie (selon l’archive) et Paul (selon l’appareil de Odile)';
  expect((await read(`/notes/${id}`)).html).toContain(marked);
  expect((await read(`/carnets/${collection.id}`)).html).toContain(marked);
  expect((await read(`/flux/carnets/${collection.id}`)).html).toContain(
    '<name>Marie (selon l’archive)</name>',
  );
});

test('a public note is read without a script: its text, its authors, its dates, in its language', async () => {
  const id = await newNote(
    'L’école & le « potager »',
    body(heading(1, 'Semer'), paragraph('On sème <en> mars.')),
    'public',
  );
  const { status, headers, html } = await read(`/notes/${id}`);
  expect(status).toBe(200);
  expect(html).toContain('<html lang="fr">');
  expect(html).toContain('<title>L’école &amp; le « potager » – Calepin</title>');
  expect(html).toContain('<h1>L’école &amp; le « potager »</h1>');
  // On one's own computer there is nobody to report it to.
  expect(html).not.toContain('/report/');
  expect(html).toMatch(/<h2[^>]*>Semer<\/h2><p>On sème &lt;en&gt; mars\.<\/p>/);
  expect(html).toContain('Publication\u00a0: 5 mars 2026');
  expect(html).toContain('<link rel="stylesheet" href="/assets/public-x.css">');
  expect(html).toContain(`<link rel="canonical" href="${full.url}/notes/${id}">`);
  expect(html).toContain(`<meta property="og:title" content="L’école &amp; le « potager »">`);
  const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
  expect(JSON.parse(data)).toMatchObject({
    '@type': 'Article',
    headline: 'L’école & le « potager »',
    inLanguage: 'fr',
    datePublished: '2026-03-05T15:41:00.000Z',
  });
  // No script runs here at all.
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(headers.get('content-security-policy')).not.toContain('script-src');
});

const fillIn = async (id: NoteId, sheet: Partial<NoteSheet>) => {
  const { documents, indexer } = full.relay.operations;
  await documents.change(id, { person: null, operation: 'test' }, (doc) =>
    replaceSheet(doc, { ...emptySheet, ...sheet }),
  );
  await indexer.indexNow(id);
};
const mainEntity = (html: string): unknown => {
  const [, data = '{}'] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
  return (JSON.parse(data) as { mainEntity?: unknown }).mainEntity;
};

test('[R116] the page of an organisation draws where it is, and nothing where it tells neither a region of Québec nor a place on the map', async () => {
  const id = await newNote('Table', body(paragraph('Voir plus bas.')), 'public');
  await owner.json('PATCH', `/api/notes/${id}`, { kind: 'organisation' });
  const drawn = async (sheet: Partial<NoteSheet>) => {
    await fillIn(id, { phone: '418 555-0123', ...sheet });
    const { html, headers } = await read(`/notes/${id}`);
    expect(headers.get('content-security-policy')).toContain("style-src 'self'");
    // No style of its own: the page's policy would refuse it.
    expect(html).not.toMatch(/ style=/);
    const count = (what: string): number => html.split(what).length - 1;
    return { maps: count('class="sheet-map"'), here: count('class="is-here"'), dots: count('<circle') };
  };
  const rimouski = { latitude: 48.45, longitude: -68.52 };
  expect(await drawn({})).toEqual({ maps: 0, here: 0, dots: 0 });
  expect(await drawn({ region: 'hors-quebec' })).toEqual({ maps: 0, here: 0, dots: 0 });
  // In the large map and in the small one.
  expect(await drawn({ region: 'estrie' })).toEqual({ maps: 1, here: 2, dots: 0 });
  expect(await drawn({ region: 'bas-saint-laurent', coordinates: rimouski })).toEqual({
    maps: 1,
    here: 2,
    dots: 1,
  });
  expect(await drawn({ coordinates: rimouski })).toEqual({ maps: 1, here: 0, dots: 1 });
  // Paris is on no map of ours; Kuujjuaq is on the small one.
  expect(await drawn({ coordinates: { latitude: 48.85, longitude: 2.35 } })).toEqual({
    maps: 0,
    here: 0,
    dots: 0,
  });
  expect(
    await drawn({ region: 'nord-du-quebec', coordinates: { latitude: 58.1, longitude: -68.4 } }),
  ).toEqual({
    maps: 1,
    here: 2,
    dots: 1,
  });
});

test('a term and an organisation show their sheet, to people and to those who list the web; a general note keeps it to itself', async () => {
  const id = await newNote('Auteur', body(paragraph('Voir plus bas.')), 'public');
  await fillIn(id, {
    definition: 'Qui <écrit>.',
    feminine: ['autrice', 'auteure'],
    address: '12, rue des Érables\nRimouski',
    region: 'bas-saint-laurent',
    coordinates: { latitude: 48.45, longitude: -68.52 },
    site: 'https://www.exemple.org',
    email: 'info@exemple.org',
    phone: '418 555-0123',
  });
  const general = await read(`/notes/${id}`);
  expect(general.html).not.toContain('autrice');
  expect(mainEntity(general.html)).toBeUndefined();

  await owner.json('PATCH', `/api/notes/${id}`, { kind: 'term' });
  const term = await read(`/notes/${id}`);
  expect(term.html).toContain('<p class="sheet-definition">Qui &lt;écrit&gt;.</p>');
  expect(term.html).toContain('<dt>Féminin</dt><dd>autrice, auteure</dd>');
  expect(term.html).not.toContain('exemple.org');
  expect(mainEntity(term.html)).toEqual({
    '@type': 'DefinedTerm',
    name: 'Auteur',
    description: 'Qui <écrit>.',
    alternateName: ['autrice', 'auteure'],
  });

  await owner.json('PATCH', `/api/notes/${id}`, { kind: 'organisation' });
  const organisation = await read(`/notes/${id}`);
  expect(organisation.html).toContain('<dd>12, rue des Érables<br>Rimouski</dd>');
  expect(organisation.html).toContain('<a href="tel:418-555-0123" rel="noreferrer">418 555-0123</a>');
  expect(organisation.html).toContain('<a href="mailto:info@exemple.org" rel="noreferrer">');
  expect(organisation.html).toContain('<dd>Bas-Saint-Laurent</dd>');
  expect(mainEntity(organisation.html)).toMatchObject({
    '@type': 'Organization',
    url: 'https://www.exemple.org',
    telephone: '418 555-0123',
    address: { streetAddress: '12, rue des Érables, Rimouski', addressRegion: 'QC' },
    location: { geo: { latitude: 48.45, longitude: -68.52 } },
  });
});

test('a title that looks like markup ends no element and no data', async () => {
  const title = '</script><img src=x onerror=alert(1)>';
  const id = await newNote(title, body(paragraph(title)), 'public');
  const { html } = await read(`/notes/${id}`);
  expect(html).not.toContain('<img');
  expect(html.match(/<\/script>/g)).toHaveLength(1);
});

test('a page in English speaks English', async () => {
  const id = await newNote('Garden', body(paragraph('We sow.')), 'public', 'en');
  const { html } = await read(`/notes/${id}`);
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('Published: March 5, 2026');
  expect(html).toContain('Open in Calepin');
});

test('what a visitor may not read gets the application, as what is not there does', async () => {
  const unknown = await read('/notes/AAAAAAAAAAAAAAAAAAAAAA');
  expect(unknown).toMatchObject({ status: 200, html: shell });
  const { community } = await owner.json<CommunityPage>('POST', '/api/communities', { name: 'Jardin' });
  for (const visibility of ['authors', 'community', 'members']) {
    const id = await newNote('Secret', body(paragraph('Rien.')));
    await owner.json('PATCH', `/api/notes/${id}`, { community: community.id, visibility });
    const { status, html } = await read(`/notes/${id}`);
    expect({ status, html }, visibility).toEqual({ status: 200, html: shell });
  }
  const gone = await newNote('À jeter', body(paragraph('Rien.')), 'public');
  await owner.fetch(`/api/notes/${gone}`, { method: 'DELETE' });
  expect((await read(`/notes/${gone}`)).html).toBe(shell);
});

test('who is signed in, or asks for it, gets the application', async () => {
  const id = await newNote('Commun', body(paragraph('Oui.')), 'public');
  expect(await (await owner.fetch(`/notes/${id}`)).text()).toBe(shell);
  expect((await read(`/notes/${id}?app`)).html).toBe(shell);
});

test('no deleted word and no title of a note that is not for everyone is on a page', async () => {
  const hidden = await newNote('Salaires', body(paragraph('…')));
  const carnet = await owner.json<CarnetPage>('POST', '/api/carnets', { title: 'Réservé' });
  const id = await newNote('Ouverte', body(paragraph('Un mot de trop.')), 'public');
  await owner.json('POST', `/api/carnets/${carnet.collection.id}/entries`, { memberIds: [id] });
  await write(id, 'Ouverte', body(paragraph('Voir ', noteLink(hidden, 'Salaires'), '.')));
  await write(hidden, 'Salaires', body(paragraph(noteLink(id))));
  const { html } = await read(`/notes/${id}`);
  expect(html).toContain('Ouverte');
  for (const secret of ['un mot de trop', 'Réservé', hidden]) {
    expect(html.toLowerCase(), secret).not.toContain(secret.toLowerCase());
  }
});

test('a public carnet lists its public notes in its order, under their categories, and no others', async () => {
  const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', {
    title: 'Jardins',
    description: 'Ce que nous semons.',
  });
  const first = await newNote('Tomates', body(paragraph('Rouges.')), 'public');
  const second = await newNote('Budget', body(paragraph('Secret.')));
  const third = await newNote('Pois', body(paragraph('Verts.')), 'public');
  for (const noteId of [first, second, third])
    await owner.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [noteId] });
  await owner.json('PATCH', `/api/carnets/${carnet.id}`, { visibility: 'public' });
  await full.relay.operations.indexer.indexNow(carnet.id as DocumentId);
  const { html } = await read(`/carnets/${carnet.id}`);
  expect(html).toContain('<h1>Jardins</h1>');
  expect(html).toContain('Ce que nous semons.');
  expect(html).toContain('2\u00a0notes');
  expect(html).not.toContain('Budget');
  expect(html.indexOf('Tomates')).toBeLessThan(html.indexOf('Pois'));
  expect((await read(`/notes/${first}`)).html).toContain(`href="/carnets/${carnet.id}"`);
});

test('a browser that has the page is told that it is the same, until it is not or is not for everyone any more', async () => {
  const id = await newNote('Vivante', body(paragraph('Un.')), 'public');
  const tag = (await read(`/notes/${id}`)).headers.get('etag') ?? '';
  const same = { 'if-none-match': tag };
  expect((await read(`/notes/${id}`, same)).status).toBe(304);
  await write(id, 'Vivante', body(paragraph('Deux.')));
  const changed = await read(`/notes/${id}`, same);
  expect([changed.status, changed.html.includes('Deux.')]).toEqual([200, true]);
  await show(id, 'authors');
  expect((await read(`/notes/${id}`, { 'if-none-match': changed.headers.get('etag') ?? '' })).html).toBe(
    shell,
  );
});

test('[R115] a community that shows itself is read by anybody: what is public of it, and none of its people', async () => {
  const { community } = await owner.json<CommunityPage>('POST', '/api/communities', {
    name: 'Jardins & <cours>',
    description: 'Nous semons ensemble.',
  });
  const link = (kind: string, id: string, visibility: string) =>
    owner.json('PATCH', `/api/${kind}/${id}`, { community: community.id, visibility });
  const shown = await newNote('Tomates', body(paragraph('Rouges.')));
  const hidden = await newNote('Budget', body(paragraph('Secret.')));
  await link('notes', shown, 'public');
  await link('notes', hidden, 'community');
  const { collection: carnet } = await owner.json<CarnetPage>('POST', '/api/carnets', {
    title: 'Récits',
  });
  await link('carnets', carnet.id, 'public');
  const path = `/communities/${community.id}`;
  expect((await read(path)).html).toBe(shell);
  expect((await read('/communities/AAAAAAAAAAAAAAAAAAAAAA')).html).toBe(shell);

  await owner.json('PATCH', `/api${path}`, { isPublic: true });
  const { status, html } = await read(path);
  expect(status).toBe(200);
  expect(html).toContain('<h1>Jardins &amp; &lt;cours&gt;</h1>');
  expect(html).toContain('Nous semons ensemble.');
  expect(html).toContain(`<a href="/notes/${shown}">Tomates</a>`);
  expect(html).toContain(`<a href="/carnets/${carnet.id}">Récits</a>`);
  expect(html).toContain(`href="${full.url}/flux${path}"`);
  expect(html).toContain(`<meta property="og:title" content="Jardins &amp; &lt;cours&gt;">`);
  for (const secret of ['Budget', hidden, 'Secret']) expect(html).not.toContain(secret);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect((await read('/sitemap.xml')).html).toContain(`<loc>${full.url}${path}</loc>`);
  expect(await (await owner.fetch(path)).text()).toBe(shell);
  await owner.json('PATCH', `/api${path}`, { isPublic: false });
  expect((await read(path)).html).toBe(shell);
});

test('the sitemap lists what everyone may read, and nothing else', async () => {
  const shown = await newNote('Ouverte', body(paragraph('Oui.')), 'public');
  const hidden = await newNote('Fermée', body(paragraph('Non.')), 'members');
  const { html, headers } = await read('/sitemap.xml');
  expect(headers.get('content-type')).toContain('application/xml');
  expect(html).toContain(`<loc>${full.url}/notes/${shown}</loc>`);
  expect(html).not.toContain(hidden);
  expect((await read('/robots.txt')).html).toContain(`Sitemap: ${full.url}/sitemap.xml`);
});
