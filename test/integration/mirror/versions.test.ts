import { expect, test } from 'vitest';
import { asOfHeader } from '#shared/api/homes.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Integrity } from '#shared/api/proof.ts';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { newFollowing, stateOf } from '../../support/newFollowing.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { openAt, write } from '../../support/newMirroring.ts';
import { testId } from '../../support/newRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

/** A note of Ada's in which Benoît writes too, and of which his computer keeps a copy. */
async function begin() {
  const following = await newFollowing();
  const { ada, me, home, invite } = following;
  const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Essaims' });
  await invite('note', note.id, 'author');
  await me.json('PUT', `/api/homes/${home.id}/documents/${note.id}`, { kind: 'note' });
  return { ...following, note: note.id };
}

const named = async (who: TestVisitor, note: NoteId) =>
  (await who.json<{ versions: VersionSummary[] }>('GET', `/api/notes/${note}/versions?kinds=marked`)).versions
    .map(({ name, remark, seq, person }) => [name, remark, seq, person?.name])
    .toSorted(([a], [b]) => String(a).localeCompare(String(b)));

test('[R322] versions that were named at the home are told on the computer without a way there; those named here are the home’s at the next contact, each once, with who named it, and so is a new name', async () => {
  const { ada, me, note, away, back, computer, community } = await begin();
  const name = (who: TestVisitor, words: object) =>
    who.json<VersionSummary>('POST', `/api/notes/${note}/versions`, words);
  await name(ada, { name: 'Lu à voix haute', remark: 'le 5 mai' });
  const { name: mine } = (await me.json<{ person: { name: string } }>('GET', '/api/session')).person;
  const first = ['Lu à voix haute', 'le 5 mai', 1, 'ada'];
  await retryUntil('it to be told here', async () => (await named(me, note)).length === 1);
  expect(await named(me, note)).toEqual([first]);
  await away();
  expect(await named(me, note)).toEqual([first]);
  const here = await openAt(computer, me, note);
  write(here, ' nus');
  await retryUntil('it to wait', async () => (await stateOf(me, note))?.waiting === 1);
  const { id } = await name(me, { name: 'Avant l’assemblée' });
  // Meanwhile, there, a row comes before it.
  const there = await openAt(community, ada, note);
  write(there, '!');
  await retryUntil('it to be there', async () => ((await community.log.head(note))?.seq ?? 0) === 2);
  await back();
  await retryUntil('both there', async () => (await named(ada, note)).length === 2);
  expect(await named(ada, note)).toEqual([['Avant l’assemblée', null, 3, 'benoit'], first]);
  expect(await named(me, note)).toEqual([['Avant l’assemblée', null, 3, mine], first]);
  await me.json('PATCH', `/api/notes/${note}/versions/${id}`, { name: 'Adopté' });
  await retryUntil('the new name', async () => (await named(ada, note))[0]?.[0] === 'Adopté');
  const { versions } = await ada.json<{ versions: VersionSummary[] }>(
    'GET',
    `/api/notes/${note}/versions?kinds=marked`,
  );
  const read = versions.find((one) => one.name === 'Lu à voix haute');
  await ada.json('PATCH', `/api/notes/${note}/versions/${read?.id}`, { name: 'Relu', remark: 'en juin' });
  await retryUntil('the other new name', async () => (await named(me, note))[1]?.[0] === 'Relu');
  expect(await named(me, note)).toEqual([
    ['Adopté', null, 3, mine],
    ['Relu', 'en juin', 1, 'ada'],
  ]);
  expect((await named(ada, note)).length).toBe(2);
});

test('[R288] [R289] a discussion is read without a way to its home, as of when; what is said then is taken by nobody, and once said again is there once, by its person', async () => {
  const { ada, benoit, me, note, away, back } = await begin();
  const path = `/api/notes/${note}/threads`;
  const words = (n: number, text: string) => ({ id: testId(n), message: { id: testId(n + 1), text } });
  await ada.json('POST', path, words(10, 'Une question ?'));
  const list = async (who: TestVisitor) => {
    const answer = await who.fetch(path);
    const { threads } = (await answer.json()) as { threads: ThreadLine[] };
    const said = threads.flatMap(({ messages }) => messages.map(({ by, text }) => [by?.id, text] as const));
    return { said, isKept: answer.headers.has(asOfHeader) };
  };
  const { id: mine } = (await me.json<{ person: { id: PersonId } }>('GET', '/api/session')).person;
  const { said } = await list(me);
  expect(said.map(([, text]) => text)).toEqual(['Une question ?']);
  await away();
  expect(await list(me)).toEqual({ said, isKept: true });
  const answer = words(20, 'Une réponse.');
  const refused = await me.fetch(path, { method: 'POST', json: answer });
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { error: { code: 'home_unreachable' } },
  ]);
  await back();
  await retryUntil('it to be taken', async () => (await me.fetch(path, { method: 'POST', json: answer })).ok);
  expect((await me.fetch(path, { method: 'POST', json: answer })).ok).toBe(true);
  expect((await list(ada)).said).toContainEqual([benoit, 'Une réponse.']);
  expect(await list(me)).toEqual({ said: [...said, [mine, 'Une réponse.']], isKept: false });
});

test('[R193] the proof of a note is given by its home: its copy says where that is, and gives none', async () => {
  const { ada, me, note } = await begin();
  await retryUntil('the whole copy', async () => (await stateOf(me, note))?.isWhole === true);
  const integrity = (who: TestVisitor) =>
    who.json<Integrity>('GET', `/api/notes/${note}/integrity?moment=now`);
  const proof = async (who: TestVisitor) => (await who.fetch(`/api/notes/${note}/proof?moment=now`)).status;
  expect(await integrity(me)).toMatchObject({ state: 'intact', isCopy: true });
  expect(await integrity(ada)).toMatchObject({ state: 'intact', isCopy: false });
  expect([await proof(me), await proof(ada)]).toEqual([409, 200]);
});
