import { expect, test, vi } from 'vitest';
import { bodyOf } from '#shared/document/fields.ts';
import type { Epoch, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { NotePage } from '#shared/api/notes.ts';
import * as Y from 'yjs';
import {
  type Computer,
  homeId,
  newComputer,
  newFolder,
  newGuest,
  newHome,
  newNoteOf,
  openAt,
  png,
  showImage,
  titleAt,
  titleIn,
  write,
} from '../../support/newMirroring.ts';
import type { Community } from '../../support/newCommunity.ts';
import type { TestClient } from '../../support/newClient.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

/** A home with a note of Ada's, and the computer of Benoît, who was invited to it and keeps a copy. */
async function begin(role: 'author' | 'reader', options: object = {}) {
  const home = await newHome({ storage: 'sqlite' });
  const ada = await home.administrator();
  const note = await newNoteOf(ada, 'Ruche');
  const benoit = await newGuest(home, ada, note, 'Benoît', role);
  const computer = await newComputer(home, benoit, { storage: 'sqlite', ...options });
  const there = await openAt(home, ada, note);
  addParagraph(there, 'Du miel.');
  await computer.mirror.keep(note, 'note', homeId, 'opened');
  return { home, ada, benoit, note, computer, there };
}

function addParagraph({ doc }: TestClient, words: string): void {
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  bodyOf(doc).push([paragraph]);
}

async function offline(computer: Computer, note: NoteId): Promise<void> {
  computer.proxy.cut();
  await retryUntil('the cut', () => computer.mirror.state(note)?.reachable === false);
}

function online(computer: Computer): void {
  computer.proxy.mend();
  computer.mirror.retry();
}

/** What a note of the computer says; null for none. */
async function textOf({ full }: Computer, note: NoteId): Promise<string | null> {
  const read = await full.relay.operations.documents.read(note);
  const text = read === null ? null : bodyOf(read.doc).toJSON();
  read?.doc.destroy();
  return text?.replace(/<\/?(paragraph|undefined)>/g, '') ?? null;
}

/** What the recovered copy of the computer says: there is one. */
async function recovered(computer: Computer, title: string): Promise<string | null> {
  const list = () => computer.me.json<{ notes: { id: NoteId; title: string }[] }>('GET', '/api/notes');
  const isCopy = (one: { title: string }): boolean => one.title === `Copie récupérée — ${title}`;
  await retryUntil('the recovered copy', async () => (await list()).notes.some(isCopy));
  const copies = (await list()).notes.filter(isCopy);
  expect(copies.length).toBe(1);
  return textOf(computer, copies[0]!.id);
}

const changeRole = (
  ada: { fetch: (path: string, init: object) => Promise<Response> },
  note: NoteId,
  id: PersonId,
) => ada.fetch(`/api/notes/${note}/authors/${id}`, { method: 'DELETE' });

/** A document is restored at its home. */
async function beginAnotherLife(home: Community, note: NoteId, there: TestClient): Promise<void> {
  there.close();
  await retryUntil('nobody to be there', () => !home.relay.operations.documents.isOpen(note));
  const [last] = (await home.log.read(note, 0)).slice(-1);
  await home.log.renew({ ...last!, clients: [] }, testId<Epoch>(77));
}

/** A row comes at the last moment before the rows of a copy go: they were kept, and it was not. */
function plant(computer: Computer, note: NoteId, end: 'giveUpWaiting' | 'forget' | 'destroy'): void {
  const { documents } = computer.full.relay.operations;
  const owner = (end === 'destroy' ? documents : documents.copies) as unknown as Record<
    typeof end,
    (...given: readonly unknown[]) => Promise<unknown>
  >;
  const take = owner[end].bind(owner);
  vi.spyOn(owner, end).mockImplementationOnce(async (...given) => {
    await documents.change(note, { person: computer.person, operation: 'restore' }, (doc) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText('Au dernier moment.')]);
      bodyOf(doc).push([paragraph]);
    });
    return take(...given);
  });
}

test.each(['giveUpWaiting', 'forget', 'destroy'] as const)(
  '[R342] a row that comes when what waits of a copy was kept already is kept too, once: before `%s`',
  async (end) => {
    const { home, ada, benoit, note, computer, there } = await begin('author');
    const here = await openAt(computer.full, computer.me, note);
    await offline(computer, note);
    addParagraph(here, 'Ma phrase.');
    await retryUntil('it to wait', () => computer.mirror.state(note)?.waiting === 1);
    plant(computer, note, end);
    if (end === 'giveUpWaiting') await home.relay.operations.documents.setReadOnly(note, 'invalid_content');
    else if (end === 'forget') await beginAnotherLife(home, note, there);
    else await changeRole(ada, note, benoit.id);
    online(computer);
    const words = 'Ma phrase.Au dernier moment.';
    await retryUntil('the rows to be kept', async () => {
      const state = computer.mirror.state(note);
      return end === 'destroy' ? state === null : state?.waiting === 0 && state.isWhole;
    });
    expect(await recovered(computer, 'Ruche')).toBe(end === 'destroy' ? words : `Du miel.${words}`);
    expect(await textOf(computer, note)).toBe(end === 'destroy' ? null : 'Du miel.');
  },
);

test('[R283] a reader’s copy has what a reader is told, of nobody’s, and goes on; nothing of it is sent', async () => {
  const { home, note, computer, there } = await begin('reader');
  const before = (await home.log.head(note))?.seq;
  expect(computer.mirror.state(note)).toMatchObject({ role: 'reader', isWhole: true, waiting: 0 });
  const page = await computer.me.json<NotePage>('GET', `/api/notes/${note}`);
  expect(page.role).not.toBe('author');
  const rows = await computer.full.log.read(note, 0);
  expect(new Set(rows.map(({ person, via }) => `${person} ${via}`))).toEqual(new Set(['null mirror']));
  const here = await openAt(computer.full, computer.me, note);
  write(there, ' ouverte');
  await retryUntil('it to be read here', () => titleIn(here) === 'Ruche ouverte');
  await offline(computer, note);
  write(there, ' ce soir');
  online(computer);
  await retryUntil('the rest', () => titleIn(here) === 'Ruche ouverte ce soir');
  const rowsNow = (await home.log.head(note))?.seq ?? 0;
  expect(rowsNow).toBe((before ?? 0) + 2);
});

test('[R283] who becomes an author has the rows then, and who is one no more has them no longer; what they wrote meanwhile is a note of theirs', async () => {
  const { home, ada, benoit, note, computer } = await begin('reader');
  await ada.json('POST', `/api/notes/${note}/authors`, { personId: benoit.id });
  await computer.equal(note);
  expect(computer.mirror.state(note)).toMatchObject({ role: 'author', isWhole: true });
  const here = await openAt(computer.full, computer.me, note);
  write(here, ' à nous');
  await computer.equal(note, 'Ruche à nous');
  await offline(computer, note);
  addParagraph(here, 'Ma phrase.');
  await retryUntil('it to wait', () => computer.mirror.state(note)?.waiting === 1);
  await home.relay.operations.catalogue.notes.change(note, { visibility: 'members' });
  expect((await changeRole(ada, note, benoit.id)).ok).toBe(true);
  online(computer);
  await retryUntil('the role', () => computer.mirror.state(note)?.role !== 'author');
  await retryUntil('the copy', () => computer.mirror.state(note)?.isWhole === true);
  const rows = await computer.full.log.read(note, 0);
  expect(rows.every(({ person }) => person === null)).toBe(true);
  expect(await recovered(computer, 'Ruche à nous')).toBe('Ma phrase.');
  expect(await textOf(computer, note)).toBe('Du miel.');
});

test('[R284] a copy that may not be read any more leaves at the next contact; of it stays what was written here and not sent, and no word of others', async () => {
  const { ada, benoit, note, computer } = await begin('author');
  const here = await openAt(computer.full, computer.me, note);
  await offline(computer, note);
  addParagraph(here, 'Ma phrase.');
  await retryUntil('it to wait', () => computer.mirror.state(note)?.waiting === 1);
  expect((await changeRole(ada, note, benoit.id)).ok).toBe(true);
  expect(await textOf(computer, note)).toBe('Du miel.Ma phrase.');
  online(computer);
  await retryUntil('it to leave', () => computer.mirror.state(note) === null);
  expect(await here.closed).toMatchObject({ code: 4403 });
  expect(await recovered(computer, 'Ruche')).toBe('Ma phrase.');
  expect(await computer.full.log.head(note)).toBeNull();
});

test('[R284] pictures and files that were put into it here and not sent stay with those words, and can be seen; those of others do not', async () => {
  const { ada, benoit, note, computer, there } = await begin('author');
  const theirs = await showImage(ada, there, note);
  await retryUntil('their picture', async () => (await computer.me.fetch(`/api/attachments/${theirs}`)).ok);
  const here = await openAt(computer.full, computer.me, note);
  await offline(computer, note);
  const bytes = Uint8Array.from([...png, 7]);
  const mine = await showImage(computer.me, here, note, bytes);
  addParagraph(here, 'Ma ruche.');
  const caption = new Y.XmlElement('figureCaption');
  caption.insert(0, [new Y.XmlText('En mai.')]);
  (bodyOf(here.doc).get(bodyOf(here.doc).length - 2) as Y.XmlElement).push([caption]);
  await retryUntil('it to wait', () => (computer.mirror.state(note)?.waiting ?? 0) >= 3);
  await changeRole(ada, note, benoit.id);
  online(computer);
  await retryUntil('it to leave', () => computer.mirror.state(note) === null);
  const left = await recovered(computer, 'Ruche');
  const picture = `<image attachmentId="${mine}"><figurecaption>En mai.</figurecaption></image>`;
  expect(left).toBe(`${picture}Ma ruche.`);
  const answer = await computer.me.fetch(`/api/attachments/${mine}`);
  expect([answer.status, new Uint8Array(await answer.arrayBuffer())]).toEqual([200, bytes]);
  expect((await computer.me.fetch(`/api/attachments/${theirs}`)).status).toBe(403);
});

test('[R284] a copy of which nothing waits leaves nothing behind', async () => {
  const { ada, benoit, note, computer } = await begin('author');
  expect((await changeRole(ada, note, benoit.id)).ok).toBe(true);
  await retryUntil('it to leave', () => computer.mirror.state(note) === null);
  const { notes } = await computer.me.json<{ notes: { title: string }[] }>('GET', '/api/notes');
  expect(notes.filter(({ title }) => title.includes('Ruche'))).toEqual([]);
});

test('[R275] a document that was restored at its home is fetched anew, and what waits here becomes a note: it is not merged in silence', async () => {
  const { home, note, computer, there } = await begin('author');
  const here = await openAt(computer.full, computer.me, note);
  await offline(computer, note);
  addParagraph(here, 'Ma phrase.');
  await retryUntil('it to wait', () => computer.mirror.state(note)?.waiting === 1);
  await beginAnotherLife(home, note, there);
  online(computer);
  await computer.equal(note);
  expect(await titleAt(computer.full, note)).toBe('Ruche');
  expect(await recovered(computer, 'Ruche')).toBe('Du miel.Ma phrase.');
  expect(await textOf(computer, note)).toBe('Du miel.');
  expect(await here.closed).toMatchObject({ code: 4409 });
  expect(computer.mirror.state(note)).toMatchObject({ waiting: 0, problem: null, isWhole: true });
});

test('[R275] a copy of which a row is damaged here is set aside, fetched again, and given back, with what its home did not have', async () => {
  const folder = await newFolder();
  const { note, computer } = await begin('author', { dataDir: folder });
  const here = await openAt(computer.full, computer.me, note);
  await offline(computer, note);
  write(here, ' à moi');
  await retryUntil('it to wait', () => computer.mirror.state(note)?.waiting === 1);
  here.close();
  await computer.damage("UPDATE log_row SET bytes = x'0000' WHERE seq = 1");
  online(computer);
  await retryUntil('the damage to be met', async () => {
    await computer.me.fetch(`/api/notes/${note}/content`);
    return computer.mirror.state(note)?.isWhole === true;
  });
  await computer.equal(note, 'Ruche à moi');
  expect(await computer.full.log.head(note)).toMatchObject({ readOnly: null });
  const again = await openAt(computer.full, computer.me, note);
  write(again, '!');
  await computer.equal(note, 'Ruche à moi!');
});
