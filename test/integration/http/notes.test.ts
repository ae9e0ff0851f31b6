import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { NoteContent, NotePage, SearchResults } from '#shared/api/notes.ts';
import { body, bold, heading, noteLink, paragraph } from '#shared/document/buildContent.ts';
import { addCategory, entriesOf, fileEntry, readEntries, termsOf } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { Region } from '#shared/domain/regions.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { replaceNoteContent, replaceSheet } from '#shared/document/writeContent.ts';
import type { CategoryId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { type FullRelay, type TestVisitor, newFullRelay } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { storages } from '../../support/storages.ts';

const unknown = 'AAAAAAAAAAAAAAAAAAAAAA';

describe.each(storages)('over %s', (storage) => {
  let full: FullRelay;
  let owner: TestVisitor;
  let ownerId: PersonId;
  let clock: number;

  beforeEach(async () => {
    clock = Date.UTC(2026, 2, 5, 15, 41);
    full = await newFullRelay({ storage, now: () => clock });
    const signedIn = await full.signIn();
    owner = signedIn;
    ownerId = signedIn.session.person?.id as PersonId;
    for (const list of ['notes', 'carnets'] as const) {
      const all = await owner.json<Record<string, { id: string }[]>>('GET', `/api/${list}`);
      for (const one of all[list] ?? []) await owner.fetch(`/api/${list}/${one.id}`, { method: 'DELETE' });
    }
  });
  afterEach(() => full.close());

  const newNote = (input: object = {}) => owner.json<NotePage>('POST', '/api/notes', input);
  const newCarnet = (input: object = {}) => owner.json<CarnetPage>('POST', '/api/carnets', input);
  /** Writes as a socket of the person would. */
  const write = async (id: string, title: string, content: BodyNode, person: PersonId = ownerId) => {
    const { documents, indexer } = full.relay.operations;
    await documents.change(id as DocumentId, { person, operation: 'test' }, (doc) => {
      replaceNoteContent(doc, { title, body: content, language: 'fr' });
    });
    await indexer.indexNow(id as DocumentId);
  };
  const invite = async (subject: 'note' | 'carnet', subjectId: string, role: string, name: string) => {
    const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
      subject,
      subjectId,
      role,
    });
    return full.join(url, name);
  };

  test('a new note is private, its author’s, and what is written in it is derived', async () => {
    const made = await newNote({ title: 'Récit', language: 'en' });
    expect(made).toMatchObject({
      note: {
        title: 'Récit',
        excerpt: '',
        visibility: 'authors',
        wordCount: 0,
        language: 'en',
        publishedAt: null,
        createdAt: clock,
      },
      role: 'author',
      carnets: [],
      backlinks: [],
      terms: [],
      problem: null,
      goodStateAt: null,
      goodStateIsShown: false,
    });
    expect(made.note.authors.map((one) => one.id)).toEqual([ownerId]);
    await write(
      made.note.id,
      'Récit d’hiver',
      body(heading(1, 'Neige'), paragraph('Il neige ', bold('fort'), ' depuis hier.')),
    );
    const page = await owner.json<NotePage>('GET', `/api/notes/${made.note.id}`);
    expect(page.note).toMatchObject({
      title: 'Récit d’hiver',
      excerpt: 'Il neige fort depuis hier.',
      wordCount: 6,
      language: 'fr',
    });
  });

  test('[R170] content comes as JSON and as HTML, and what leads to it with its sentence, without titles that the reader may not see', async () => {
    const hidden = await newNote({ title: 'Secret' });
    const shown = await newNote({ title: 'Ouvert' });
    const note = await newNote({ title: 'Liens' });
    await owner.json('PATCH', `/api/notes/${shown.note.id}`, { visibility: 'public' });
    await owner.json('PATCH', `/api/notes/${note.note.id}`, { visibility: 'public' });
    await write(
      note.note.id,
      'Liens',
      body(paragraph('Voir ', noteLink(hidden.note.id), ' et ', noteLink(shown.note.id))),
    );
    const asOwner = await owner.json<NoteContent>('GET', `/api/notes/${note.note.id}/content`);
    const asVisitor = await full.visitor().json<NoteContent>('GET', `/api/notes/${note.note.id}/content`);
    expect(asOwner.html).toContain('Secret');
    expect(asVisitor.html).toContain('Ouvert');
    expect(JSON.stringify(asVisitor)).not.toContain('Secret');
    const backlinks = await owner.json<NotePage>('GET', `/api/notes/${shown.note.id}`);
    expect(backlinks.backlinks).toEqual([
      { id: note.note.id, title: 'Liens', around: 'Voir … et \u0001Ouvert\u0002' },
    ]);
    const titles = await full
      .visitor()
      .json('POST', '/api/note-titles', { ids: [hidden.note.id, shown.note.id, unknown] });
    expect(titles).toEqual({ titles: { [shown.note.id]: 'Ouvert' } });
  });

  test('what is forbidden and what does not exist get the same answer', async () => {
    const { note } = await newNote({ title: 'Secret' });
    const { collection: carnet } = await newCarnet({ title: 'Secret' });
    const other = await newNote();
    const guest = await invite('note', other.note.id, 'reader', 'Basile');
    const { community } = await owner.json<CommunityPage>('POST', '/api/communities', { name: 'Secrète' });
    /** What only those of a community may do, in one that anybody signed in may see. */
    const forResponsables = (id: string): [string, string, unknown?][] => [
      ['PATCH', `/api/communities/${id}`, { name: 'À moi' }],
      ['POST', `/api/communities/${id}/image`, {}],
      ['POST', `/api/communities/${id}/requests/${ownerId}`, { approved: true }],
      ['PATCH', `/api/communities/${id}/people/${ownerId}`, { role: 'member' }],
      ['DELETE', `/api/communities/${id}/people/${ownerId}`],
      ['POST', '/api/invitations', { subject: 'community', subjectId: id, role: 'member' }],
      ['GET', `/api/invitations?subject=community&subjectId=${id}`],
      ['PATCH', `/api/notes/${ownNote}`, { community: id }],
    ];
    const ownNote = (await guest.json<NotePage>('POST', '/api/notes', {})).note.id;
    const ownCarnet = (await guest.json<CarnetPage>('POST', '/api/carnets', {})).collection.id;
    const { collection: base } = await owner.json<CarnetPage>('POST', '/api/bases', { title: 'Secrète' });
    const attempts = (id: string): [string, string, unknown?][] => [
      ['GET', `/api/notes/${id}`],
      ['GET', `/api/notes/${id}/content`],
      ['GET', `/api/notes/${id}/acts`],
      ['GET', `/api/notes/${id}/versions`],
      ['POST', `/api/notes/${id}/versions`, { name: 'Ici' }],
      ['PATCH', `/api/notes/${id}/versions/${unknown}`, { name: 'Ici' }],
      ['GET', `/api/notes/${id}/versions/${unknown}/content`],
      ['POST', `/api/notes/${id}/versions/${unknown}/restore`],
      ['GET', `/api/notes/${id}/comparison?from=${unknown}&to=now`],
      ['PATCH', `/api/notes/${id}`, { visibility: 'public' }],
      ['DELETE', `/api/notes/${id}`],
      ['POST', `/api/notes/${id}/untrash`],
      ['POST', `/api/notes/${id}/restore-good-state`],
      ['POST', `/api/notes/${id}/duplicate`],
      ['DELETE', `/api/notes/${id}/authors/${ownerId}`],
      ...(['carnets', 'bases'] as const).flatMap((kind): [string, string, unknown?][] => {
        const path = `/api/${kind}/${id}`;
        const memberId = kind === 'carnets' ? other.note.id : ownCarnet;
        return [
          ['GET', path],
          ['PATCH', path, { visibility: 'public' }],
          ['POST', `${path}/cover`, {}],
          ['DELETE', path],
          ['POST', `${path}/untrash`],
          ['POST', `${path}/restore-good-state`],
          ['GET', `${path}/candidates`],
          ['POST', `${path}/people`, { personId: ownerId, role: 'manager' }],
          ['PATCH', `${path}/people/${ownerId}`, { role: 'reader' }],
          ['DELETE', `${path}/people/${ownerId}`],
          ['POST', `${path}/entries`, { memberIds: [memberId] }],
          ['DELETE', `${path}/entries/${memberId}`],
        ];
      }),
      ['GET', `/api/carnets/${id}/search?q=a`],
      ['POST', '/api/tickets', { document: id }],
      ['POST', '/api/invitations', { subject: 'note', subjectId: id, role: 'author' }],
      ['POST', '/api/invitations', { subject: 'carnet', subjectId: id, role: 'reader' }],
      ['POST', '/api/invitations', { subject: 'base', subjectId: id, role: 'reader' }],
      ['GET', `/api/invitations?subject=note&subjectId=${id}`],
      ['DELETE', `/api/invitations/${id}`],
      ['POST', '/api/exports', { subject: 'note', subjectId: id }],
      ['POST', '/api/exports', { subject: 'carnet', subjectId: id }],
      ['GET', `/api/exports/${id}`],
      ['GET', `/api/exports/${id}/file`],
      ['DELETE', `/api/exports/${id}`],
      ['GET', `/api/print/note/${id}`],
      ['GET', `/api/print/carnet/${id}`],
      ['GET', `/api/attachments/${id}`],
      ['GET', `/api/notes/${id}/author-candidates`],
      ['POST', `/api/notes/${id}/authors`, { personId: ownerId }],
      ['DELETE', `/api/notes/${id}/readers/${ownerId}`],
      ['POST', `/api/notes/${id}/edit-requests`, {}],
      ['POST', `/api/notes/${id}/edit-requests/${ownerId}`, { approved: true }],
      ['POST', `/api/notes/${id}/messages`, { text: 'Bonjour' }],
      ['GET', `/api/notes/${id}/threads`],
      ['GET', `/api/notes/${id}/mentionable?q=a`],
      ['POST', `/api/notes/${id}/threads`, { id: unknown, message: { id: unknown, text: 'Bonjour' } }],
      ['PATCH', `/api/notes/${id}/threads/${unknown}`, { resolved: true }],
      ['POST', `/api/notes/${id}/threads/${unknown}/messages`, { id: unknown, text: 'Bonjour' }],
      ['PATCH', `/api/notes/${id}/threads/${unknown}/messages/${unknown}`, { text: 'Bonsoir' }],
      ['DELETE', `/api/notes/${id}/threads/${unknown}/messages/${unknown}`],
      ['DELETE', `/api/sessions/${id}`],
      ['POST', `/api/notices/${id}/answer`, { text: 'Bonjour' }],
      ['GET', `/api/communities/${id}`],
      ['POST', `/api/communities/${id}/requests`, {}],
      ...forResponsables(id),
    ];
    for (const id of [note.id, carnet.id, base.id, unknown, 'not-an-id', community.id]) {
      for (const [method, path, sent] of id === community.id ? forResponsables(id) : attempts(id)) {
        if (id === 'not-an-id' && (sent !== undefined || path.includes('?'))) continue;
        const answer = await guest.fetch(path, { method, ...(sent === undefined ? {} : { json: sent }) });
        expect([method, path, answer.status, await answer.text()]).toEqual([
          method,
          path,
          403,
          '{"error":{"code":"not_allowed"}}',
        ]);
      }
    }
    // That every route is asked is shown in http/matrix.
    expect((await owner.json<NotePage>('GET', `/api/notes/${note.id}`)).note).toMatchObject({
      trashedAt: null,
      isTemplate: false,
      lock: null,
      visibility: 'authors',
    });
  });

  test('who is not signed in makes nothing', async () => {
    for (const path of ['/api/notes', '/api/carnets', '/api/communities']) {
      const answer = await full.visitor().fetch(path, { method: 'POST', json: { name: 'Une' } });
      expect([answer.status, await answer.json()]).toEqual([401, { error: { code: 'not_signed_in' } }]);
    }
    expect((await full.visitor().fetch('/api/events')).status).toBe(401);
  });

  test('integrating a note is a dated act of a person, and not a modification of the note', async () => {
    const { note } = await newNote({ title: 'Voisinages' });
    const { collection: carnet } = await newCarnet({ title: 'Carnet A' });
    const guest = await invite('carnet', carnet.id, 'contributor', 'Basile');
    await owner.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
    const before = await owner.json<NotePage>('GET', `/api/notes/${note.id}`);
    clock += 60_000;
    await guest.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [note.id] });
    clock += 60_000;
    await guest.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [note.id] });
    const after = await owner.json<NotePage>('GET', `/api/notes/${note.id}`);
    expect(after.note.modifiedAt).toBe(before.note.modifiedAt);
    expect(after.carnets).toEqual([
      {
        id: carnet.id,
        title: 'Carnet A',
        memberCount: 1,
        integratedBy: expect.objectContaining({ name: 'Basile' }),
        integratedAt: expect.any(Number),
        category: null,
        guide: null,
      },
    ]);
    const page = await owner.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`);
    expect(page.entries).toEqual([
      expect.objectContaining({
        memberId: note.id,
        integratedBy: expect.objectContaining({ name: 'Basile' }),
      }),
    ]);
    expect(page.contributors.map((one) => one.name)).toEqual(['Basile']);
  });

  test('moving an entry keeps who integrated it; taking it out and back in is a new act', async () => {
    const { note } = await newNote();
    const { collection: carnet } = await newCarnet();
    const guest = await invite('carnet', carnet.id, 'contributor', 'Basile');
    await owner.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
    await guest.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [note.id] });
    const { documents, indexer, catalogue } = full.relay.operations;
    const act = { person: ownerId, operation: 'test' };
    const by = async () => {
      await indexer.indexNow(carnet.id as DocumentId);
      const [entry] = await catalogue.derived.entries(carnet.id);
      return entry === undefined
        ? undefined
        : (await catalogue.persons.get(entry.integratedBy as PersonId))?.name;
    };
    await documents.change(carnet.id, act, (doc) => {
      entriesOf(doc).get(note.id)?.set('pinned', true);
    });
    expect(await by()).toBe('Basile');
    await documents.change(carnet.id, act, (doc) => {
      const [entry] = readEntries(doc);
      entriesOf(doc).set(
        note.id,
        new Y.Map([
          ['order', entry?.order],
          ['pinned', false],
        ]),
      );
    });
    expect(await by()).toBe('Basile');
    await full.relay.operations.catalogue.derived.clear();
    expect(await by()).toBe('Basile');
    await owner.json('DELETE', `/api/carnets/${carnet.id}/entries/${note.id}`);
    expect(await by()).toBeUndefined();
    await owner.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [note.id] });
    expect(await by()).not.toBe('Basile');
  });

  test('a contributor takes out what they put in, a manager anything', async () => {
    const { collection: carnet } = await newCarnet();
    const guest = await invite('carnet', carnet.id, 'contributor', 'Basile');
    const mine = await newNote({ carnetId: carnet.id });
    const theirs = await guest.json<NotePage>('POST', '/api/notes', { title: 'À moi', carnetId: carnet.id });
    expect(theirs.carnets.map((one) => one.id)).toEqual([carnet.id]);
    const refused = await guest.fetch(`/api/carnets/${carnet.id}/entries/${mine.note.id}`, {
      method: 'DELETE',
    });
    expect(refused.status).toBe(403);
    const page = await owner.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`);
    expect(page.collection.memberCount).toBe(2);
    // The owner of the carnet may not read the guest's private note: its title is not there.
    expect(page.entries.map((entry) => entry.note?.id ?? null)).toEqual([mine.note.id, null]);
    expect(JSON.stringify(page)).not.toContain('À moi');
    await guest.json('DELETE', `/api/carnets/${carnet.id}/entries/${theirs.note.id}`);
    await owner.json('DELETE', `/api/carnets/${carnet.id}/entries/${mine.note.id}`);
    expect((await owner.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`)).entries).toEqual([]);
  });

  test('a note in the trash is its authors’ alone, leaves counts and search, and comes back to its places', async () => {
    const { collection: carnet } = await newCarnet({ title: 'Carnet' });
    const { note } = await newNote({ title: 'Poubelle', carnetId: carnet.id });
    await owner.json('PATCH', `/api/notes/${note.id}`, { visibility: 'public' });
    expect((await owner.fetch(`/api/notes/${note.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await full.visitor().fetch(`/api/notes/${note.id}`)).status).toBe(403);
    expect((await owner.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`)).collection.memberCount).toBe(0);
    expect((await owner.json<SearchResults>('GET', '/api/search?q=poubelle')).notes).toEqual([]);
    const trash = await owner.json<{ notes: { id: string }[] }>('GET', '/api/notes?trash=1');
    expect(trash.notes.map((one) => one.id)).toContain(note.id);
    const back = await owner.json<NotePage>('POST', `/api/notes/${note.id}/untrash`);
    expect([back.note.trashedAt, back.carnets.map((one) => one.id)]).toEqual([null, [carnet.id]]);
  });

  test('the publication date is that of the first time beyond the authors', async () => {
    const { note } = await newNote();
    const publish = (visibility: string) =>
      owner.json<NotePage>('PATCH', `/api/notes/${note.id}`, { visibility });
    const first = clock;
    expect((await publish('members')).note.publishedAt).toBe(first);
    clock += 1_000;
    expect((await publish('authors')).note).toMatchObject({ publishedAt: first, visibility: 'authors' });
    clock += 1_000;
    expect((await publish('public')).note.publishedAt).toBe(first);
  });

  test('a copy is private, holds the content, and says that it is one', async () => {
    const { note } = await newNote({ title: 'Modèle' });
    await write(note.id, 'Modèle', body(paragraph('Un texte.')));
    await full.relay.operations.documents.change(note.id, { person: ownerId, operation: 'test' }, (doc) => {
      termsOf(doc).set(note.id, new Y.Map());
    });
    await owner.json('PATCH', `/api/notes/${note.id}`, { visibility: 'public' });
    const copy = await owner.json<NotePage>('POST', `/api/notes/${note.id}/duplicate`);
    expect(copy.note).toMatchObject({ title: 'Modèle (copie)', excerpt: 'Un texte.', visibility: 'authors' });
    expect(copy.terms).toEqual([{ id: note.id, title: 'Modèle' }]);
  });

  test('a guest joins by a link, writes, and may be taken off; the last author may not', async () => {
    const { note } = await newNote({ title: 'À plusieurs' });
    const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'note',
      subjectId: note.id,
      role: 'author',
    });
    expect(new URL(url).pathname).toBe('/join');
    const secret = new URL(url).hash.slice(1);
    const preview = await full.visitor().json('POST', '/api/invitations/preview', { secret });
    expect(preview).toEqual({
      subject: 'note',
      role: 'author',
      title: 'À plusieurs',
      invitedBy: expect.any(String),
      colour: expect.any(String),
    });
    const { person: inviter } = await owner.json<{ person: { colour: string } }>('GET', '/api/session');
    expect(preview).not.toHaveProperty('colour', inviter.colour);
    const nameless = await full
      .visitor()
      .fetch('/api/invitations/accept', { method: 'POST', json: { secret } });
    expect(nameless.status).toBe(400);
    const guest = await full.join(url, 'Chloé');
    expect(guest.path).toBe(`/notes/${note.id}`);
    const page = await guest.json<NotePage>('GET', `/api/notes/${note.id}`);
    expect([page.role, page.note.authors.map((one) => one.name)[1]]).toEqual(['author', 'Chloé']);
    const ticket = await guest.json('POST', '/api/tickets', { document: note.id });
    expect(ticket).toMatchObject({ role: 'author', schemaVersion: 1 });
    const [, chloe] = page.note.authors;
    await owner.json('DELETE', `/api/notes/${note.id}/authors/${chloe?.id}`);
    expect((await guest.fetch(`/api/notes/${note.id}`)).status).toBe(403);
    const last = await owner.fetch(`/api/notes/${note.id}/authors/${ownerId}`, { method: 'DELETE' });
    expect([last.status, await last.json()]).toEqual([409, { error: { code: 'conflict' } }]);
  });

  test('a link that is unknown, revoked, too old or of someone who may not invite any more is one and the same', async () => {
    const { note } = await newNote();
    const make = async (who: TestVisitor, days = 30) => {
      const { url, invitation } = await who.json<{ url: string; invitation: { id: string } }>(
        'POST',
        '/api/invitations',
        {
          subject: 'note',
          subjectId: note.id,
          role: 'author',
          days,
        },
      );
      return { secret: new URL(url).hash.slice(1), url, id: invitation.id };
    };
    const old = await make(owner, 1);
    const revoked = await make(owner);
    const guest = await full.join((await make(owner)).url, 'Basile');
    const ofGuest = await make(guest);
    await guest.json('POST', '/api/invitations/preview', { secret: ofGuest.secret });
    clock += 2 * 24 * 60 * 60 * 1_000;
    await owner.fetch(`/api/invitations/${revoked.id}`, { method: 'DELETE' });
    const { authors } = (await owner.json<NotePage>('GET', `/api/notes/${note.id}`)).note;
    await owner.json('DELETE', `/api/notes/${note.id}/authors/${authors[1]?.id}`);
    for (const secret of [old.secret, revoked.secret, ofGuest.secret, 'x'.repeat(43)]) {
      for (const path of ['preview', 'accept']) {
        const answer = await full
          .visitor()
          .fetch(`/api/invitations/${path}`, { method: 'POST', json: { secret, name: 'Zoé' } });
        expect([answer.status, await answer.json(), answer.headers.getSetCookie()]).toEqual([
          404,
          { error: { code: 'invitation_invalid' } },
          [],
        ]);
      }
    }
    const { invitations } = await owner.json<{ invitations: { id: string }[] }>(
      'GET',
      `/api/invitations?subject=note&subjectId=${note.id}`,
    );
    expect(invitations.map((one) => one.id)).not.toContain(revoked.id);
  });

  test('a ticket is refused in words to an older application and to another epoch', async () => {
    const { note } = await newNote();
    await full.relay.operations.documents.setSchemaVersion(note.id as DocumentId, 7);
    const ask = async (more: object) => {
      const answer = await owner.fetch('/api/tickets', {
        method: 'POST',
        json: { document: note.id, ...more },
      });
      return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code ?? 'ticket'];
    };
    expect(await ask({})).toEqual([200, 'ticket']);
    expect(await ask({ schema: 7 })).toEqual([200, 'ticket']);
    expect(await ask({ schema: 6 })).toEqual([426, 'app_outdated']);
    expect(await ask({ epoch: unknown })).toEqual([409, 'epoch_changed']);
  });

  test('search finds notes by any form of their words, with the place, and carnets by their title', async () => {
    const { note } = await newNote();
    await write(note.id, 'Guide', body(paragraph('Les auteur·trice·s écrivent.')));
    await newCarnet({ title: 'Les autrices' });
    const results = await owner.json<SearchResults>('GET', '/api/search?q=autrices');
    expect(results).toEqual({
      notes: [
        expect.objectContaining({
          id: note.id,
          title: 'Guide',
          snippet: 'Les \u0001auteur·trice·s\u0002 écrivent.',
        }),
      ],
      carnets: [expect.objectContaining({ title: 'Les autrices', memberCount: 0 })],
      bases: [],
    });
    const nobody = await full.visitor().json<SearchResults>('GET', '/api/search?q=autrices');
    expect(nobody).toEqual({ notes: [], carnets: [], bases: [] });
  });

  test('[R151] a note’s place tells its category in each list: on the carnet’s page, the note’s and the public one', async () => {
    const { collection: carnet } = await newCarnet({ title: 'Guides' });
    const { note } = await newNote({ title: 'Semis' });
    await owner.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [note.id] });
    const { documents, indexer } = full.relay.operations;
    const [spring, water] = ['c'.repeat(21) + 'A', 'd'.repeat(21) + 'A'] as [CategoryId, CategoryId];
    await documents.change(carnet.id, { person: ownerId, operation: 'test' }, (doc) => {
      addCategory(doc, { id: spring, name: 'Printemps', order: 'a0', list: '' });
      addCategory(doc, { id: water, name: 'Eau', order: 'a1', list: 'Thèmes' });
      fileEntry(doc, note.id, [spring], spring);
      fileEntry(doc, note.id, [water], water);
    });
    await indexer.indexNow(carnet.id);
    const page = await owner.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`);
    expect(page.categories.map(({ name, list }) => [name, list])).toEqual([
      ['Printemps', ''],
      ['Eau', 'Thèmes'],
    ]);
    expect(page.entries[0]).toMatchObject({ category: spring, also: [water] });
    const { carnets } = await owner.json<NotePage>('GET', `/api/notes/${note.id}`);
    expect(carnets[0]?.category).toBe('Printemps, Eau');
    for (const path of [`/api/notes/${note.id}`, `/api/carnets/${carnet.id}`])
      await owner.json('PATCH', path, { visibility: 'public' });
    const html = await (await full.visitor().fetch(`/carnets/${carnet.id}`)).text();
    expect(html).toContain('<h2>Printemps</h2>');
    expect(html).not.toContain('<h2>Eau</h2>');
  });

  test('[R150] search in a carnet finds the notes that it holds and the person may read, for its readers alone', async () => {
    const { collection: carnet } = await newCarnet({ title: 'Guides' });
    const [held, other, closed] = [await newNote(), await newNote(), await newNote()];
    for (const { note } of [held, other, closed])
      await write(note.id, 'Guide', body(paragraph('Les auteur·trice·s écrivent.')));
    for (const { note } of [held, closed])
      await owner.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [note.id] });
    const path = `/api/carnets/${carnet.id}/search?q=AUTRICES`;
    const found = await owner.json<{ notes: string[] }>('GET', path);
    expect([...found.notes].sort()).toEqual([held.note.id, closed.note.id].sort());
    const reader = await invite('carnet', carnet.id, 'reader', 'Basile');
    await owner.json('PATCH', `/api/notes/${held.note.id}`, { visibility: 'members' });
    expect(await reader.json('GET', path)).toEqual({ notes: [held.note.id] });
    expect((await full.visitor().fetch(path)).status).toBe(403);
    expect((await owner.fetch(`/api/carnets/${unknown}/search?q=x`)).status).toBe(403);
  });

  test('an author says of which kind a note is; an organisation has authors by name', async () => {
    const { note } = await newNote({ title: 'Ruelle verte' });
    const term = await owner.json<NotePage>('PATCH', `/api/notes/${note.id}`, { kind: 'term' });
    expect(term.note.kind).toBe('term');
    const lexicon = await owner.json<{ notes: { id: string }[] }>('GET', '/api/notes?kind=term');
    expect(lexicon.notes.map((one) => one.id)).toContain(note.id);
    const { community } = await owner.json<CommunityPage>('POST', '/api/communities', { name: 'Ruelles' });
    const path = `/api/notes/${note.id}`;
    await owner.json('PATCH', path, { community: community.id, authorMode: 'community' });
    const refused = await owner.fetch(path, { method: 'PATCH', json: { kind: 'organisation' } });
    expect([refused.status, await refused.json()]).toEqual([409, { error: { code: 'conflict' } }]);
    const named = await owner.json<NotePage>('PATCH', path, { kind: 'organisation', authorMode: 'people' });
    expect([named.note.kind, named.authorMode]).toEqual(['organisation', 'people']);
  });

  test('[R43] organisations are listed and counted by region, those alone that one may read', async () => {
    const { documents, indexer } = full.relay.operations;
    const made = async (region: Region, visibility: string) => {
      const { note } = await newNote({ title: 'Un lieu', kind: 'organisation' });
      await documents.change(note.id, { person: ownerId, operation: 'test' }, (doc) =>
        replaceSheet(doc, { ...emptySheet, region }),
      );
      await indexer.indexNow(note.id);
      await owner.json('PATCH', `/api/notes/${note.id}`, { visibility });
      return note.id;
    };
    const open = await made('laval', 'public');
    await made('laval', 'authors');
    await made('estrie', 'authors');
    const seenBy = async (who: TestVisitor) => {
      const { counts } = await who.json<{ counts: object }>('GET', '/api/organisations/regions');
      const { notes } = await who.json<{ notes: { id: string; region: string }[] }>(
        'GET',
        '/api/notes?kind=organisation&region=laval',
      );
      return { counts, ids: notes.map((one) => one.id).length, regions: notes.map((one) => one.region) };
    };
    expect(await seenBy(owner)).toEqual({
      counts: { laval: 2, estrie: 1 },
      ids: 2,
      regions: ['laval', 'laval'],
    });
    expect(await seenBy(full.visitor())).toEqual({ counts: { laval: 1 }, ids: 1, regions: ['laval'] });
    const page = await full.visitor().json<NotePage>('GET', `/api/notes/${open}`);
    expect(page.note.sheet.region).toBe('laval');
    expect((await owner.fetch('/api/notes?region=atlantide')).status).toBe(400);
  });

  test('the index follows what is written, and catches up after a restart', async () => {
    const { note } = await newNote();
    const { documents, catalogue } = full.relay.operations;
    await documents.change(note.id as DocumentId, { person: ownerId, operation: 'test' }, (doc) => {
      replaceNoteContent(doc, { title: 'Suivi', body: body(paragraph('x')), language: 'fr' });
    });
    await retryUntil(
      'the index to follow',
      async () => (await catalogue.derived.note(note.id as NoteId))?.title === 'Suivi',
    );
    await catalogue.derived.saveNote(
      {
        id: note.id as NoteId,
        seq: 0,
        title: 'vieux',
        excerpt: '',
        text: '',
        badAddresses: [],
        wordCount: 0,
        language: 'fr',
        sheet: emptySheet,
        modifiedAt: 1,
      },
      [],
      [],
    );
    await full.relay.operations.indexer.start();
    expect((await catalogue.derived.note(note.id as NoteId))?.title).toBe('Suivi');
  });

  test('content that this version does not know sets the note aside until it is good again', async () => {
    const { note } = await newNote();
    const { documents, indexer } = full.relay.operations;
    const act = { person: ownerId, operation: 'test' };
    await documents.change(note.id as DocumentId, act, (doc) => {
      doc.getXmlFragment('body').push([new Y.XmlElement('hologram')]);
    });
    const problem = async () => (await owner.json<NotePage>('GET', `/api/notes/${note.id}`)).problem;
    await retryUntil('it to be set aside', async () => (await problem()) === 'invalid_content');
    await documents.setReadOnly(note.id as DocumentId, null);
    await documents.change(note.id as DocumentId, act, (doc) => {
      const fragment = doc.getXmlFragment('body');
      fragment.delete(fragment.length - 1, 1);
    });
    await indexer.indexNow(note.id as DocumentId);
    expect(await problem()).toBeNull();
  });
});
