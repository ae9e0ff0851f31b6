import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NoticeLine } from '#shared/api/notices.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/Person.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { newId } from '#server/secrets.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { type Household, type Somebody, newHousehold } from '../../support/newHousehold.ts';
import { storages } from '../../support/storages.ts';

describe.each(storages)('over %s', (storage) => {
  let home: Household;
  let clock: number;
  let note: NoteId;
  beforeEach(async () => {
    clock = Date.UTC(2026, 2, 5, 15, 41);
    home = await newHousehold({ storage, now: () => clock++ });
    ({
      note: { id: note },
    } = await home.people.author.json<NotePage>('POST', '/api/notes', { title: 'Le jardin' }));
    await catalogue().notes.change(note, { community: home.ours, visibility: 'community' });
  });
  afterEach(() => home.full.close());

  const catalogue = () => home.full.relay.operations.catalogue;
  const open = (visibility: Visibility) => catalogue().notes.change(note, { visibility });
  const path = (rest = '') => `/api/notes/${note}/threads${rest}`;
  const start = (who: TestVisitor, text: string, more: object = {}) =>
    who.json<ThreadLine>('POST', path(), { id: newId(), message: { id: newId(), text, ...more } });
  const reply = (who: TestVisitor, thread: ThreadLine, text: string, more: object = {}) =>
    who.json<ThreadLine>('POST', path(`/${thread.id}/messages`), { id: newId(), text, ...more });
  const list = async (who: TestVisitor) => (await who.json<{ threads: ThreadLine[] }>('GET', path())).threads;
  const inbox = async (who: Somebody) =>
    (await who.json<{ notices: NoticeLine[] }>('GET', '/api/notices')).notices.map(
      ({ kind, from, text, title }) => ({ kind, from: from?.name, text, title }),
    );
  const answerOf = async (answer: Promise<Response>) => {
    const { status, ...rest } = await answer.then(async (one) => ({
      status: one.status,
      body: await one.text(),
    }));
    return `${status} ${rest.body}`;
  };
  const refused = '403 {"error":{"code":"not_allowed"}}';

  test('[R120] readers discuss a note without writing in it, and the authors and who took part are told, once each', async () => {
    const { author, communityMember, communityResponsable } = home.people;
    const seq = await home.full.relay.operations.log.head(note);
    const thread = await start(communityMember, 'Et l’eau ?');
    await reply(communityResponsable, thread, 'Le puits.');
    const answered = await reply(author, thread, 'Merci !');
    expect(answered.messages.map(({ by, text }) => [by?.name, text])).toEqual([
      ['Marcel', 'Et l’eau ?'],
      ['Rosalie', 'Le puits.'],
      ['Aurore', 'Merci !'],
    ]);
    expect(await list(communityMember)).toEqual([answered]);
    const told = (from: string) => ({ kind: 'discussed', from, text: null, title: 'Le jardin' });
    // Answers that were not read are one notice.
    expect(await inbox(author)).toEqual([told('Rosalie')]);
    expect(await inbox(communityMember)).toEqual([told('Aurore')]);
    const { notices, unread } = await author.json<{ notices: NoticeLine[]; unread: number }>(
      'GET',
      '/api/notices',
    );
    expect([notices.map((one) => one.count), unread]).toEqual([[2], 1]);
    await author.json('POST', '/api/notices/read', { until: clock });
    await reply(communityResponsable, thread, 'De rien.');
    expect(
      (await author.json<{ notices: NoticeLine[] }>('GET', '/api/notices')).notices.map((one) => one.count),
    ).toEqual([1, 2]);
    expect(await inbox(communityResponsable)).toEqual([told('Aurore')]);
    expect(await home.full.relay.operations.log.head(note)).toEqual(seq);
  });

  test('[R121] nobody changes or takes back another’s words, authors included, and unknown answers alike', async () => {
    const { author, communityMember, signedIn } = home.people;
    const thread = await start(communityMember, 'Et l’eau ?');
    const message = thread.messages[0]!.id;
    const other = (await author.json<NotePage>('POST', '/api/notes', { title: 'Ailleurs' })).note.id;
    const tries: [TestVisitor, string, string, object?][] = [
      [author, 'PATCH', path(`/${thread.id}/messages/${message}`), { text: 'Non' }],
      [author, 'DELETE', path(`/${thread.id}/messages/${message}`)],
      [author, 'PATCH', path(`/${thread.id}/messages/${newId()}`), { text: 'Non' }],
      [author, 'POST', path(`/${newId()}/messages`), { id: newId(), text: 'Non' }],
      // By the path of a note that they may discuss.
      [author, 'POST', `/api/notes/${other}/threads/${thread.id}/messages`, { id: newId(), text: 'Non' }],
      [author, 'PATCH', `/api/notes/${other}/threads/${thread.id}`, { resolved: true }],
      // Under ids that are taken.
      [author, 'POST', path(), { id: thread.id, message: { id: newId(), text: 'Non' } }],
      [author, 'POST', path(), { id: newId(), message: { id: message, text: 'Non' } }],
      [author, 'POST', path(`/${thread.id}/messages`), { id: message, text: 'Non' }],
      [author, 'POST', path(), { id: thread.id, message: { id: message, text: 'Non' } }],
      // From outside, of what there is and what there is not.
      [signedIn, 'GET', path()],
      [signedIn, 'POST', path(`/${thread.id}/messages`), { id: newId(), text: 'Non' }],
      [signedIn, 'PATCH', path(`/${thread.id}`), { resolved: true }],
      [
        signedIn,
        'POST',
        `/api/notes/${newId()}/threads`,
        { id: newId(), message: { id: newId(), text: 'Non' } },
      ],
      [signedIn, 'GET', `/api/notes/${note}/mentionable`],
    ];
    for (const [who, method, where, json] of tries)
      expect(
        `${method} ${where}: ${await answerOf(who.fetch(where, { method, ...(json ? { json } : {}) }))}`,
      ).toBe(`${method} ${where}: ${refused}`);
    expect(await list(author)).toEqual([{ ...thread, mayResolve: true }]);
  });

  test('[R121] who lost the note reads and changes nothing any more, not even their own words', async () => {
    const { author, communityMember, communityResponsable } = home.people;
    const thread = await start(communityMember, 'Et l’eau ?');
    await reply(communityResponsable, thread, 'Le puits.');
    await open('authors');
    const message = path(`/${thread.id}/messages/${thread.messages[0]!.id}`);
    expect(await answerOf(communityMember.fetch(path()))).toBe(refused);
    expect(await answerOf(communityMember.fetch(message, { method: 'DELETE' }))).toBe(refused);
    expect(await answerOf(communityMember.fetch(message, { method: 'PATCH', json: { text: 'Autre' } }))).toBe(
      refused,
    );
    const before = await inbox(communityMember);
    await reply(author, thread, 'Entre nous.', { mentions: [communityMember.id] });
    expect(await inbox(communityMember)).toEqual(before.map((one) => ({ ...one, title: null })));
    expect((await list(author))[0]!.messages.at(-1)!.mentions).toEqual([]);
  });

  test('[R122] of what was taken back no word is served, nor in a notice; a thread without words is gone with its quote', async () => {
    const { author, communityMember } = home.people;
    const anchor = { start: 'AAAA', end: 'BBBB', quote: 'passage secret' };
    const [thread, message] = [newId(), newId()];
    await communityMember.json('POST', path(), {
      id: thread,
      anchor,
      message: { id: message, text: 'mot secret' },
    });
    const edit = path(`/${thread}/messages/${message}`);
    await communityMember.json('PATCH', edit, { text: 'mot couvert' });
    const [shown] = await list(author);
    expect(shown).toMatchObject({
      anchor,
      messages: [{ text: 'mot couvert', editedAt: expect.any(Number) }],
    });
    const answered = await reply(author, shown!, 'Lequel ?');
    for (const _ of [1, 2])
      expect((await communityMember.fetch(edit, { method: 'DELETE' })).status).toBe(204);
    expect((await communityMember.fetch(edit, { method: 'PATCH', json: { text: 'Encore' } })).status).toBe(
      409,
    );
    const [left] = await list(author);
    expect(left!.messages[0]).toMatchObject({
      by: { name: 'Marcel' },
      text: '',
      deletedAt: expect.any(Number),
    });
    for (const who of [author, communityMember]) {
      const all = JSON.stringify([await list(who), await (await who.fetch('/api/notices')).json()]);
      expect(all).not.toMatch(/mot (secret|couvert)/);
    }
    await author.fetch(path(`/${thread}/messages/${answered.messages[1]!.id}`), { method: 'DELETE' });
    expect(await list(author)).toEqual([]);
  });

  test('[R123] a message sent again is said once, and told once', async () => {
    const { author, communityMember } = home.people;
    const body = { id: newId(), message: { id: newId(), text: 'Et l’eau ?' } };
    const answer = { id: newId(), text: 'Le puits.' };
    const begun = await Promise.all(
      [1, 2].map(() => communityMember.fetch(path(), { method: 'POST', json: body })),
    );
    expect(begun.map((one) => one.status)).toEqual([201, 201]);
    for (const _ of [1, 2]) await communityMember.json('POST', path(), body);
    await Promise.all([1, 2].map(() => author.json('POST', path(`/${body.id}/messages`), answer)));
    await author.json('POST', path(`/${body.id}/messages`), answer);
    expect((await list(author)).map((one) => one.messages.map(({ text }) => text))).toEqual([
      ['Et l’eau ?', 'Le puits.'],
    ]);
    expect(await inbox(author)).toHaveLength(1);
    expect(await inbox(communityMember)).toHaveLength(1);
  });

  test('[R124] who began a thread and the authors close and reopen it', async () => {
    const { author, communityMember, communityResponsable } = home.people;
    const thread = await start(communityMember, 'Et l’eau ?');
    expect([thread.mayResolve, (await list(communityResponsable))[0]!.mayResolve]).toEqual([true, false]);
    const resolve = (who: Somebody, resolved: boolean) =>
      who.fetch(path(`/${thread.id}`), { method: 'PATCH', json: { resolved } });
    expect(await answerOf(resolve(communityResponsable, true))).toBe(refused);
    expect((await resolve(communityMember, true)).status).toBe(200);
    expect((await list(author))[0]).toMatchObject({
      resolvedAt: expect.any(Number),
      resolvedBy: { name: 'Marcel' },
    });
    expect((await resolve(author, false)).status).toBe(200);
    expect((await list(author))[0]).toMatchObject({ resolvedAt: null, resolvedBy: null });
  });

  test('[R125] only who may read the note and is known to the asker is named, and told it', async () => {
    const { author, communityMember, communityResponsable, commenter, invitedReader, signedIn } = home.people;
    await catalogue().notes.addPerson(note, commenter.id, 'commenter', 5);
    await catalogue().notes.addPerson(note, invitedReader.id, 'reader', 6);
    const offered = async (who: Somebody, q = '') =>
      (await who.json<{ people: Person[] }>('GET', `/api/notes/${note}/mentionable?q=${q}`)).people.map(
        (one) => one.name,
      );
    expect(await offered(author)).toEqual(['Colette', 'Gérard', 'Marcel', 'Rosalie']);
    expect(await offered(author, 'col')).toEqual(['Colette']);
    // Who was invited is for the authors to know; members are known to members.
    expect(await offered(communityMember)).toEqual(['Aurore', 'Gérard', 'Rosalie']);
    expect(await offered(commenter)).toEqual(['Aurore']);
    const mentions = [communityResponsable.id, signedIn.id, invitedReader.id, commenter.id];
    const thread = await start(communityMember, '@Rosalie @Simone @Léonie', { mentions });
    expect(thread.messages[0]!.mentions.map((one) => one.name)).toEqual(['Rosalie']);
    expect(await inbox(communityResponsable)).toEqual([
      { kind: 'mentioned', from: 'Marcel', text: null, title: 'Le jardin' },
    ]);
    expect([await inbox(signedIn), await inbox(invitedReader)]).toEqual([[], []]);
    // Named anew, told anew; who was named before is not.
    await communityMember.json('PATCH', path(`/${thread.id}/messages/${thread.messages[0]!.id}`), {
      text: '@Rosalie @Gérard',
      mentions: [communityResponsable.id, home.people.manager.id],
    });
    expect(await inbox(communityResponsable)).toHaveLength(1);
    const toManager = (await inbox(home.people.manager)).map(({ kind }) => kind);
    expect(toManager).toEqual(['mentioned']);
  });

  test('[R348] what waited on a device says when it was written there, within what is possible, and stands where it came', async () => {
    const { author, communityMember } = home.people;
    clock += 10 * 60_000;
    const began = clock;
    const thread = await start(author, 'Une question ?');
    clock += 60 * 60_000;
    const say = async (writtenAt: number | undefined): Promise<number | null | undefined> => {
      const id = newId();
      const json = { id, text: 'Une réponse.', ...(writtenAt !== undefined && { writtenAt }) };
      const said = await communityMember.json<ThreadLine>('POST', path(`/${thread.id}/messages`), json);
      expect(said.messages.at(-1)?.id).toBe(id);
      return said.messages.at(-1)?.writtenAt;
    };
    const hour = began + 30 * 60_000;
    expect(await say(hour)).toBe(hour);
    // Just now, not said, or of a clock that goes wrong.
    for (const none of [clock - 5_000, undefined, clock + 24 * 60 * 60_000])
      expect(await say(none)).toBeNull();
    expect(await say(1)).toBe(thread.createdAt);
    const id = newId();
    const json = { id, message: { id: newId(), text: 'Avant tout', writtenAt: 1 } };
    const first = await author.json<ThreadLine>('POST', path(), json);
    const { note: sheet } = await author.json<NotePage>('GET', `/api/notes/${note}`);
    expect(first.messages[0]?.writtenAt).toBe(sheet.createdAt);
    const listed = await author.json<{ threads: ThreadLine[] }>('GET', path());
    const told = listed.threads.find((one) => one.id === thread.id)?.messages.map((one) => one.writtenAt);
    expect(told).toEqual([null, hour, null, null, null, thread.createdAt]);
  });

  test('[R126] words without measure are refused, and more than three hundred messages an hour', async () => {
    const { author } = home.people;
    const thread = await start(author, 'Un');
    const status = async (json: object) =>
      (await author.fetch(path(`/${thread.id}/messages`), { method: 'POST', json })).status;
    expect(await status({ id: newId(), text: ' '.repeat(5) })).toBe(400);
    expect(await status({ id: newId(), text: 'a'.repeat(4_001) })).toBe(400);
    expect(await status({ id: 'court', text: 'a' })).toBe(400);
    const anchor = { start: '../..', end: 'AA', quote: 'a' };
    const body = { id: newId(), anchor, message: { id: newId(), text: 'a' } };
    expect((await author.fetch(path(), { method: 'POST', json: body })).status).toBe(400);
    for (let n = 1; n < 300; n += 1)
      await catalogue().threads.reply(
        {
          id: newId(),
          thread: thread.id,
          by: author.id,
          text: 'a',
          mentions: [],
          createdAt: clock,
          writtenAt: null,
          editedAt: null,
          deletedAt: null,
        },
        { audit: [], notices: [] },
      );
    expect(await status({ id: newId(), text: 'Un de trop' })).toBe(429);
    clock += 60 * 60 * 1_000;
    expect(await status({ id: newId(), text: 'Plus tard' })).toBe(201);
  });
});
