import { expect, onTestFinished, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { ExportStatus } from '#shared/api/exports.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { body, paragraph } from '#shared/document/buildContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
import { type Community, newCommunity } from '../../support/newCommunity.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { readZip } from '../../support/readZip.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { storages } from '../../support/storages.ts';
import { makePng } from '../export/makePng.ts';

type Somebody = TestVisitor & { readonly session: Session };
const idOf = (who: Somebody) => who.session.person!.id;

async function start(storage: 'memory' | 'sqlite'): Promise<Community> {
  const relay = await newCommunity({ storage });
  onTestFinished(() => relay.close());
  return relay;
}

async function newNote(relay: Community, who: TestVisitor, by: PersonId, title: string, text: string) {
  const { note } = await who.json<NotePage>('POST', '/api/notes', { title });
  const { documents, indexer } = relay.relay.operations;
  await documents.change(note.id, { person: by, operation: 'test' }, (doc) =>
    replaceNoteContent(doc, { title, body: body(paragraph(text)), language: 'fr' }),
  );
  await indexer.indexNow(note.id);
  return note.id;
}

async function ready(who: TestVisitor, language = 'fr'): Promise<ExportStatus> {
  const body = { subject: 'person', language };
  const { id } = await who.json<ExportStatus>('POST', '/api/exports', body);
  let status: ExportStatus | null = null;
  await retryUntil('the data to be ready', async () => {
    status = (await who.json<{ export: ExportStatus }>('GET', '/api/exports?subject=person')).export;
    if (status.step === 'failed') throw new Error(String(status.errorCode));
    return status.step === 'done';
  });
  expect(status).toMatchObject({ id });
  return status!;
}

async function fetchZip(who: TestVisitor, language = 'fr'): Promise<Map<string, string>> {
  const { id } = await ready(who, language);
  const answer = await who.fetch(`/api/exports/${id}/file`);
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const files = readZip(Buffer.from(await answer.arrayBuffer()));
  return new Map([...files].map(([name, bytes]) => [name, bytes.toString()]));
}

test.each(storages)(
  'all that is kept of a person comes in one file, and nothing that they may not see, over %s',
  async (storage) => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const invite = async (subjectId: string, role: 'author' | 'reader') =>
      (await ada.json<{ url: string }>('POST', '/api/invitations', { subject: 'note', subjectId, role })).url;
    const mine = await newNote(relay, ada, idOf(ada), 'La mienne', 'Rhododendron');
    const picture = await ada.fetch(`/api/attachments?note=${mine}&name=carte.png`, {
      method: 'POST',
      body: new Uint8Array(makePng(4, 4, 1)),
      headers: { 'content-type': 'image/png' },
    });
    const { id: attachmentId } = (await picture.json()) as { id: string };
    await relay.relay.operations.documents.change(mine, { person: idOf(ada), operation: 'test' }, (doc) =>
      replaceNoteContent(doc, {
        title: 'La mienne',
        language: 'fr',
        body: body(paragraph('Rhododendron'), { type: 'image', attrs: { attachmentId, alt: 'La carte' } }),
      }),
    );
    const shared = await newNote(relay, ada, idOf(ada), 'À nous', 'Ensemble');
    const guest = await relay.join(await invite(shared, 'author'), 'Grace');
    const grace = (await guest.json<Session>('GET', '/api/session')).person!.id;
    const hers = await newNote(relay, guest, grace, 'La sienne', 'Pour elle seule');
    const { collection: carnet } = await ada.json<CarnetPage>('POST', '/api/carnets', {
      title: 'Voisinages',
    });
    await ada.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [mine] });
    await ada.json<CommunityPage>('POST', '/api/communities', { name: 'Les voisines' });
    await guest.json('POST', `/api/notes/${shared}/threads`, {
      id: newId(),
      message: { id: newId(), text: 'De Grace' },
    });
    await ada.json('POST', `/api/notes/${shared}/threads`, {
      id: newId(),
      message: { id: newId(), text: 'De Ada' },
    });
    await ada.json('DELETE', `/api/notes/${shared}`);

    const files = await fetchZip(ada);
    const names = [...files.keys()];
    expect(names).toEqual(
      expect.arrayContaining([
        'LISEZ-MOI.txt',
        'profil.json',
        'notes/La mienne/note.html',
        'notes/La mienne/note.json',
        'notes/La mienne/pieces-jointes/carte.png',
        'notes/À nous/note.json',
        'carnets/Voisinages.json',
        'appareils.json',
        'lectures.json',
        'registre.json',
      ]),
    );
    // Every file is named in what explains them, in French and in English.
    const readme = files.get('LISEZ-MOI.txt') ?? '';
    for (const name of names.filter((one) => one.endsWith('.json') && !one.includes('/')))
      expect(readme.split(name)).toHaveLength(3);
    const read = (name: string) => JSON.parse(files.get(name) ?? 'null') as unknown;
    expect(read('profil.json')).toMatchObject({
      name: 'ada',
      role: 'administrator',
      account: { email: 'ada@exemple.org', verified: false, hasPassword: true, passkeys: [] },
    });
    expect(read('communautes.json')).toMatchObject([{ name: 'Les voisines', role: 'responsable' }]);
    expect(read('discussions.json')).toMatchObject([{ title: 'À nous', text: 'De Ada' }]);
    expect(read('appareils.json')).toHaveLength(1);
    expect(read('registre.json')).toContainEqual(
      expect.objectContaining({ act: 'account.exported', by: 'you', about: null }),
    );
    expect(read('carnets/Voisinages.json')).toMatchObject({
      managers: ['ada'],
      entries: [{ title: 'La mienne', integratedBy: 'ada' }],
    });
    expect(files.get('notes/La mienne/note.html')).toContain('src="./pieces-jointes/carte.png"');
    expect(read('notes/À nous/note.json')).toMatchObject({ authors: ['ada', 'Grace'] });
    const all = [...files.values()].join('\n');
    for (const theirs of ['La sienne', 'Pour elle seule', hers, 'De Grace'])
      expect(all).not.toContain(theirs);
    // The titles of notes that somebody else's notices name, and the password, are nowhere.
    expect(all).not.toContain('quatre mots');
    const own = await fetchZip(guest);
    expect([...own.keys()].filter((name) => name.endsWith('note.html'))).toEqual([
      'notes/À nous/note.html',
      'notes/La sienne/note.html',
    ]);
  },
);

test('the file is fetched by its person alone, also from another of their devices, and cancelled by nobody else', async () => {
  const relay = await start('memory');
  const ada = await relay.administrator();
  const { note } = await ada.json<NotePage>('POST', '/api/notes', {});
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note.id,
    role: 'reader',
  });
  const guest = await relay.join(url, 'Grace');
  const { id } = await ready(ada);
  const unknown = 'AAAAAAAAAAAAAAAAAAAAAA' as NoteId;
  for (const [method, end] of [
    ['GET', ''],
    ['GET', '/file'],
    ['DELETE', ''],
  ] as const) {
    const [theirs, nobodys] = await Promise.all([
      guest.fetch(`/api/exports/${id}${end}`, { method }),
      guest.fetch(`/api/exports/${unknown}${end}`, { method }),
    ]);
    expect([theirs.status, await theirs.text()]).toEqual([403, await nobodys.text()]);
  }
  expect(await guest.json('GET', '/api/exports?subject=person')).toEqual({ export: null });
  expect((await ada.fetch(`/api/exports/${id}/file`)).status).toBe(200);
  await ada.json('DELETE', `/api/exports/${id}`);
  expect((await ada.fetch(`/api/exports/${id}/file`)).status).toBe(409);
});

test('the person of one computer takes their data along too', async () => {
  const full = await newFullRelay();
  onTestFinished(() => full.close());
  const files = await fetchZip(await full.signIn('en'), 'en');
  // The welcome carnet and its notes are theirs; the names of files follow their language.
  expect([...files.keys()].some((name) => /^notes\/.+\/note\.html$/.test(name))).toBe(true);
  expect(files.has('sent-messages.json')).toBe(true);
  expect(JSON.parse(files.get('profile.json') ?? '{}')).toMatchObject({ kind: 'local', account: null });
});
