import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { ImportStatus } from '#shared/api/imports.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { AttachmentId, CarnetId, NoteId } from '#shared/domain/ids.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { zipOf } from '../../support/readImport.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const tree = (): Promise<Buffer> =>
  zipOf({
    'Jardin/Accueil.md': '# Accueil\n\nVoir [[Semis]], [le plan](images/plan.png) et [rien](Absente.md).\n',
    'Jardin/Printemps/Semis.md': '---\ntags: [a]\n---\n\n# Semis\n\n![Le plan](../images/plan.png)\n',
    'Jardin/Été/Récolte.md': 'Des tomates.\n',
    'Jardin/images/plan.png': png,
    'Jardin/images/autre.png': png,
  });

let home: FullRelay;
afterEach(async () => home.close());

async function send(who: TestVisitor, bytes: Uint8Array, name = 'Jardin.zip'): Promise<ImportStatus> {
  const query = new URLSearchParams({ name, language: 'fr' });
  const answer = await who.fetch(`/api/imports?${query.toString()}`, {
    method: 'POST',
    body: Buffer.from(bytes),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as ImportStatus;
}

async function settle(who: TestVisitor, { id }: Pick<ImportStatus, 'id'>): Promise<ImportStatus> {
  let status: ImportStatus | null = null;
  await retryUntil('the import to be read, or made', async () => {
    status = await who.json<ImportStatus>('GET', `/api/imports/${id}`);
    return status.step !== 'reading' && status.step !== 'making';
  });
  return status as unknown as ImportStatus;
}

async function importAll(
  who: TestVisitor,
  bytes: Uint8Array,
  into: unknown,
  name?: string,
): Promise<ImportStatus> {
  const sent = await send(who, bytes, name);
  await settle(who, sent);
  await who.json('POST', `/api/imports/${sent.id}/make`, { into });
  return settle(who, sent);
}

const notesOf = async (who: TestVisitor): Promise<{ id: NoteId; title: string }[]> =>
  (await who.json<{ notes: { id: NoteId; title: string }[] }>('GET', '/api/notes?sort=title')).notes;

describe('imports', () => {
  test('[R215] what would be made is told before anything is', async () => {
    home = await newFullRelay();
    const who = await home.signIn();
    const before = await notesOf(who);
    const status = await settle(who, await send(who, await tree()));
    expect(status.step).toBe('ready');
    expect(status.preview).toMatchObject({
      title: 'Jardin',
      notes: [
        { title: 'Accueil', path: 'Jardin/Accueil.md', media: 1, category: null },
        { title: 'Récolte', path: 'Jardin/Été/Récolte.md', media: 0, category: 'Été' },
        { title: 'Semis', path: 'Jardin/Printemps/Semis.md', media: 1, category: 'Printemps' },
      ],
      media: { count: 1, bytes: png.length },
      links: 1,
      losses: [
        { loss: 'deadLinks', notes: 1, titles: ['Accueil'], examples: ['Absente.md'] },
        { loss: 'properties', notes: 1, titles: ['Semis'], examples: ['tags'] },
      ],
      unused: { count: 1, paths: ['Jardin/images/autre.png'] },
      unread: { count: 0 },
    });
    expect(await notesOf(who)).toEqual(before);
  });

  test('[R216] makes private notes of whoever imports, with their links, files and places, by rows of kind « import »', async () => {
    home = await newFullRelay();
    const who = await home.signIn();
    const { made } = await importAll(who, await tree(), { kind: 'new', title: 'Mon jardin', language: 'fr' });
    const carnet = await who.json<CollectionPage>('GET', `/api/carnets/${made?.carnet}`);
    expect(carnet.entries.map(({ note }) => note?.title)).toEqual(['Accueil', 'Récolte', 'Semis']);
    expect(carnet.categories.map(({ name }) => name)).toEqual(['Été', 'Printemps']);
    const [first = '' as NoteId, , last = '' as NoteId] = made?.notes ?? [];
    const page = await who.json<NotePage>('GET', `/api/notes/${first}`);
    expect(page.note).toMatchObject({ visibility: 'authors', kind: 'note' });
    expect(page.note.authors.map(({ id }) => id)).toEqual([who.session.person?.id]);
    const { body } = await who.json<{ body: BodyNode }>('GET', `/api/notes/${first}/content`);
    const link = JSON.stringify(body);
    expect(link).toContain(`"noteId":"${last}"`);
    const image = /"attachmentId":"([^"]+)"/.exec(link)?.[1] as AttachmentId;
    expect(Buffer.from(await (await who.fetch(`/api/attachments/${image}`)).arrayBuffer())).toEqual(png);
    expect(await home.relay.operations.catalogue.attachments.notesHolding(image)).toHaveLength(2);
    const rows = await home.log.read(first, 0);
    expect(rows.map(({ operation, person }) => [operation, person])).toEqual([
      ['import', who.session.person?.id],
    ]);
  });

  test('[R216] puts them at the end of a carnet that the person may add to, in the categories that it has', async () => {
    home = await newFullRelay();
    const who = await home.signIn();
    const page = await who.json<CollectionPage>('POST', '/api/carnets', { title: 'Un' });
    const id = page.collection.id as CarnetId;
    await who.json('POST', '/api/notes', { title: 'Déjà là', carnetId: id });
    const { made } = await importAll(who, await tree(), { kind: 'carnet', id });
    await importAll(who, await tree(), { kind: 'carnet', id });
    const carnet = await who.json<CollectionPage>('GET', `/api/carnets/${id}`);
    expect(made).toMatchObject({ carnet: id, unfiled: 0 });
    expect(carnet.entries.map(({ note }) => note?.title)).toEqual([
      'Déjà là',
      ...['Accueil', 'Récolte', 'Semis'],
      ...['Accueil', 'Récolte', 'Semis'],
    ]);
    expect(carnet.categories.map(({ name }) => name)).toEqual(['Été', 'Printemps']);
  });

  test('[R216] who contributes to a carnet puts notes in its categories and makes none; who does not puts nothing there', async () => {
    home = await newFullRelay();
    const who = await home.signIn();
    const own = await who.json<CollectionPage>('POST', '/api/carnets', { title: 'Un' });
    const { id } = own.collection;
    const first = await zipOf({ 'a/Été/un.md': 'Un', 'a/b.md': 'Deux' });
    await importAll(who, first, { kind: 'carnet', id });
    const invite = { subject: 'carnet', subjectId: id, role: 'contributor' };
    const { url } = await who.json<{ url: string }>('POST', '/api/invitations', invite);
    const guest = await home.join(url, 'Bea');
    const { made } = await importAll(guest, await tree(), { kind: 'carnet', id });
    expect(made).toMatchObject({ carnet: id, unfiled: 1 });
    const carnet = await who.json<CollectionPage>('GET', `/api/carnets/${id}`);
    expect(carnet.categories.map(({ name }) => name)).toEqual(['Été']);
    expect(carnet.entries.map(({ integratedBy }) => integratedBy?.name)).toContain('Bea');

    const closed = await who.json<CollectionPage>('POST', '/api/carnets', { title: 'Fermé' });
    const sent = await settle(guest, await send(guest, await tree()));
    const body = { into: { kind: 'carnet', id: closed.collection.id } };
    const answer = await guest.fetch(`/api/imports/${sent.id}/make`, { method: 'POST', json: body });
    expect(answer.status).toBe(403);
    expect((await who.fetch(`/api/imports/${sent.id}`)).status).toBe(403);
  });

  test('[R216] a page of the web brings the pictures that it holds, and nothing that acts', async () => {
    home = await newFullRelay();
    const who = await home.signIn();
    const picture = `data:image/png;base64,${png.toString('base64')}`;
    const html = `<html lang="en"><body><h1>One</h1><p onclick="a()">Two <img src="${picture}" alt="A dot"></p><script>b()</script><p><img src="data:image/svg+xml;base64,PHN2Zz4=" alt="No"></p>`;
    const { made, preview } = await importAll(who, Buffer.from(html), { kind: 'nowhere' }, 'One.html');
    expect(preview).toMatchObject({ media: { count: 1 }, losses: [{ loss: 'missingMedia', notes: 1 }] });
    const answer = await who.json<{ title: string; language: string; body: BodyNode }>(
      'GET',
      `/api/notes/${made?.notes[0]}/content`,
    );
    const image = { naturalWidth: 1, naturalHeight: 1, alt: 'A dot' };
    expect(answer).toMatchObject({
      title: 'One',
      language: 'en',
      body: {
        content: [
          { type: 'paragraph', content: [{ text: 'Two' }] },
          { type: 'image', attrs: image },
          { type: 'paragraph', content: [{ text: 'No' }] },
        ],
      },
    });
    const id = JSON.stringify(answer.body).match(/"attachmentId":"([^"]+)"/)?.[1] ?? '';
    const bytes = await (await who.fetch(`/api/attachments/${id}`)).arrayBuffer();
    expect(Buffer.from(bytes)).toEqual(png);
  });

  test('[R217] makes all of it or nothing: where the files take more than their room, notes and files are gone', async () => {
    home = await newFullRelay({ storage: 'sqlite' });
    const who = await home.signIn();
    const { operations } = home.relay;
    const before = await notesOf(who);
    const person = who.session.person!.id;
    await operations.quota.change(png.length + 10);
    const status = await importAll(
      who,
      await zipOf({ 'a.md': '![](a.png) ![](b.png)', 'a.png': png, 'b.png': Buffer.concat([png, png]) }),
      { kind: 'new', title: 'Trop', language: 'fr' },
    );
    expect(status).toMatchObject({ step: 'failed', errorCode: 'quota_exceeded', made: null });
    expect(await notesOf(who)).toEqual(before);
    expect(await operations.quota.used(person)).toBe(0);
    const kept = await readdir(path.join(home.dataFolder ?? '', 'attachments'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(kept.filter((one) => one.isFile())).toEqual([]);
  });

  test('[R217] an import that a stop of the relay interrupted is taken away when it starts', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'calepin-'));
    try {
      // It stops before the end is noted: the notes, their files and the carnet are there.
      home = await newFullRelay({
        dataDir,
        adapt: (adapters) => {
          const { settings } = adapters.catalogue;
          const set = settings.set.bind(settings);
          settings.set = async (key, value) => {
            if (key !== 'import-under-way' || value !== '') await set(key, value);
          };
          return adapters;
        },
      });
      const before = await home.signIn();
      const kept = await notesOf(before);
      const into = { kind: 'new', title: 'Interrompu', language: 'fr' };
      const { made } = await importAll(before, await tree(), into);
      expect(await notesOf(before)).toHaveLength(kept.length + 3);
      await home.close();

      home = await newFullRelay({ dataDir });
      const who = await home.signIn();
      const { catalogue, quota } = home.relay.operations;
      expect(await notesOf(who)).toEqual(kept);
      expect((await who.fetch(`/api/carnets/${made?.carnet}`)).status).toBe(403);
      expect(await quota.used(who.session.person!.id)).toBe(0);
      expect(await catalogue.settings.get('import-under-way')).toBe('');
    } finally {
      await home.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  test('[R218] « Annuler » puts what was made in the trash, once', async () => {
    home = await newFullRelay();
    const who = await home.signIn();
    const before = await notesOf(who);
    const { id, made } = await importAll(who, await tree(), { kind: 'new', title: 'Un', language: 'fr' });
    expect(await who.json<ImportStatus>('POST', `/api/imports/${id}/undo`)).toMatchObject({ step: 'undone' });
    expect(await notesOf(who)).toEqual(before);
    const trash = JSON.stringify([
      await who.json('GET', '/api/notes?trash=1'),
      await who.json('GET', '/api/carnets?trash=1'),
    ]);
    for (const one of [...(made?.notes ?? []), made?.carnet]) expect(trash).toContain(one);
    expect((await who.fetch(`/api/imports/${id}/undo`, { method: 'POST' })).status).toBe(409);
  });

  test('[R218] stopped or thrown away, nothing of it is left', async () => {
    home = await newFullRelay();
    const who = await home.signIn();
    const before = await notesOf(who);
    const { id } = await settle(who, await send(who, await tree()));
    await who.json('POST', `/api/imports/${id}/make`, { into: { kind: 'nowhere' } });
    await who.json('DELETE', `/api/imports/${id}`);
    expect((await who.fetch(`/api/imports/${id}`)).status).toBe(403);
    const left = await notesOf(who);
    // It had ended, or it was taken back whole.
    expect([before.length, before.length + 3]).toContain(left.length);
  });

  test.each([
    ['no archive', 'a.zip', Buffer.from('pas une archive'), 'import_unreadable'],
    ['an archive of pictures', 'a.zip', 'pictures', 'import_empty'],
  ])('[R219] %s is refused, and said', async (_, name, what, code) => {
    home = await newFullRelay();
    const who = await home.signIn();
    const bytes = typeof what === 'string' ? await zipOf({ 'a.png': png }) : what;
    expect(await settle(who, await send(who, bytes, name))).toMatchObject({
      step: 'failed',
      errorCode: code,
    });
  });
});
