import { expect, onTestFinished, test } from 'vitest';
import type { NoticeLine } from '#shared/api/notices.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { ThreadLine } from '#shared/api/threads.ts';
import { newId } from '#server/secrets.ts';
import { newHousehold } from '../../support/newHousehold.ts';

test('[row 21] whoever may read the note and is signed in discusses it, and its community hears of it', async () => {
  const home = await newHousehold();
  onTestFinished(() => home.full.close());
  const { author, signedIn, communityMember, communityResponsable, manager } = home.people;
  const { note } = await author.json<NotePage>('POST', '/api/notes', { title: 'Jardins de ruelle' });
  await author.json('PATCH', `/api/notes/${note.id}`, { community: home.ours, visibility: 'public' });
  const path = `/api/notes/${note.id}/threads`;
  const message = { id: newId(), text: 'Qui garde la clé ?' };
  await signedIn.json('POST', path, { id: newId(), message });
  expect((await home.full.visitor().fetch(path)).status).toBe(401);
  const { threads } = await manager.json<{ threads: ThreadLine[] }>('GET', path);
  expect(threads.map(({ messages }) => messages.map(({ text }) => text))).toEqual([['Qui garde la clé ?']]);
  const toAnnounce = { id: newId(), text: 'Qui vient samedi ?' };
  await communityResponsable.json('POST', path, { id: newId(), message: toAnnounce, announce: true });
  const { notices } = await communityMember.json<{ notices: NoticeLine[] }>('GET', '/api/notices');
  expect(notices.map(({ kind, from, title }) => [kind, from?.name, title])).toEqual([
    ['announced', 'Rosalie', 'Jardins de ruelle'],
  ]);
});
