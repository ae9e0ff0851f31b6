import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { NoticeLine } from '#shared/api/notices.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { ReportLine } from '#shared/api/reports.ts';
import type { Session } from '#shared/api/session.ts';
import type { ThreadLine } from '#shared/api/threads.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
import { type Community, accountBody, newCommunity } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { storages } from '../../support/storages.ts';

describe.each(storages)('over %s', (storage) => {
  let relay: Community;
  let clock: number;
  let keeper: TestVisitor;
  let ada: TestVisitor;
  let bob: TestVisitor;
  let note: NoteId;
  beforeEach(async () => {
    clock = Date.UTC(2026, 2, 5, 15, 41);
    relay = await newCommunity({ storage, now: () => clock++ });
    keeper = await relay.administrator('keeper@exemple.org');
    ada = await member('ada@exemple.org');
    bob = await member('bob@exemple.org');
    ({
      note: { id: note },
    } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Le jardin' }));
    await show('public');
  });
  afterEach(() => relay.close());

  const member = async (email: string) => {
    const invitation = { subject: 'relay', role: 'member' };
    const { url } = await keeper.json<{ url: string }>('POST', '/api/invitations', invitation);
    const visitor = relay.visitor();
    await visitor.json<Session>('POST', '/api/account', accountBody(email, new URL(url).hash.slice(1)));
    return visitor;
  };
  const show = (visibility: string) => ada.json('PATCH', `/api/notes/${note}`, { visibility });
  const list = async () =>
    (await keeper.json<{ reports: ReportLine[] }>('GET', '/api/administration/reports')).reports;
  const inbox = async (who: TestVisitor) =>
    (await who.json<{ notices: NoticeLine[] }>('GET', '/api/notices')).notices.map(({ kind, from }) => [
      kind,
      from,
    ]);
  const send = async (path: string, fields: Record<string, string>) => {
    // As a page of anywhere sends a form: with no cookie.
    const answer = await fetch(relay.url + path, { method: 'POST', body: new URLSearchParams(fields) });
    return { status: answer.status, text: await answer.text() };
  };
  const form = () => `/report/notes/${note}`;
  const talk = async (who: TestVisitor, text: string) => {
    const sent = { id: newId(), message: { id: newId(), text } };
    return who.json<ThreadLine>('POST', `/api/notes/${note}/threads`, sent);
  };
  const pathOf = (thread: ThreadLine) =>
    `/api/notes/${note}/threads/${thread.id}/messages/${thread.messages[0]!.id}/reports`;
  const words = async (who: TestVisitor) =>
    (await who.json<{ threads: ThreadLine[] }>('GET', `/api/notes/${note}/threads`)).threads.flatMap(
      ({ messages }) => messages.map(({ text, isHidden }) => [text, isHidden]),
    );

  test('[R143] anybody reports a public page by a form without a script, and the administrators are told', async () => {
    const read = await fetch(`${relay.url}/notes/${note}`);
    expect(await read.text()).toContain(`href="${form()}"`);
    const page = await fetch(relay.url + form(), { headers: { 'accept-language': 'en-CA' } });
    const html = await page.text();
    expect([page.status, html.includes('<html lang="en">'), html.includes('<script')]).toEqual([
      200,
      true,
      false,
    ]);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await send(form(), { reason: ' ' })).toMatchObject({ status: 400 });
    expect((await send(form(), { reason: 'C’est un <pourriel>', website: '' })).status).toBe(200);
    expect(await list()).toEqual([
      expect.objectContaining({
        subject: 'note',
        path: `/notes/${note}`,
        title: 'Le jardin',
        reason: 'C’est un <pourriel>',
        by: null,
        message: null,
        settled: null,
      }),
    ]);
    expect(await inbox(keeper)).toEqual([['reported', null]]);
    expect([...(await inbox(ada)), ...(await inbox(bob))]).toEqual([]);
    expect(await (await relay.visitor().fetch(`/notes/${note}`)).text()).toContain(`href="${form()}"`);
  });

  test('[R143] what is not for everybody is reported as what is not there; a program is told nothing; too many are refused', async () => {
    // Whoever fills in what nobody sees is answered as a person is, and nothing is kept.
    expect((await send(form(), { reason: 'Achetez', website: 'http://x' })).text).toBe(
      (await send(form(), { reason: 'Un' })).text,
    );
    expect(await list()).toHaveLength(1);
    for (let n = 2; n <= 10; n++) await send(form(), { reason: `Encore ${n}` });
    expect((await send(form(), { reason: 'Trop' })).status).toBe(429);
    expect(await list()).toHaveLength(10);
    await show('members');
    const { community } = await ada.json<CommunityPage>('POST', '/api/communities', { name: 'Jardins' });
    const answers = [
      form(),
      `/report/communities/${community.id}`,
      `/report/notes/${newId()}`,
      '/report/notes/x',
      `/report/people/${newId()}`,
    ];
    const texts = new Set<string>();
    for (const path of answers) {
      const sent = await send(path, { reason: 'Un' });
      const seen = await fetch(relay.url + path);
      expect([sent.status, seen.status]).toEqual([404, 404]);
      texts.add(sent.text).add(await seen.text());
    }
    expect(texts.size).toBe(1);
    expect(await list()).toHaveLength(10);
    await ada.json('PATCH', `/api/communities/${community.id}`, { isPublic: true });
    expect((await send(answers[1]!, { reason: 'Un' })).status).toBe(200);
    expect((await list())[0]).toMatchObject({ subject: 'community', title: 'Jardins' });
  });

  test('[R144] a message is reported by who may read it, hidden and shown again by an administrator, and its author is told', async () => {
    const thread = await talk(bob, 'Des mots durs');
    await ada.json('POST', pathOf(thread), { reason: 'Blessant' });
    const [report] = await list();
    expect(report).toMatchObject({
      subject: 'message',
      path: `/notes/${note}#discussion`,
      by: { name: 'ada' },
      message: { by: { name: 'bob' }, text: 'Des mots durs', isHidden: false },
    });
    const change = (body: object, who = keeper) =>
      who.fetch(`/api/administration/reports/${report!.id}`, { method: 'PATCH', json: body });
    expect((await change({ hidden: true })).status).toBe(204);
    await change({ hidden: true });
    expect(await words(ada)).toEqual([['', true]]);
    // Who said it sees what is hidden.
    expect(await words(bob)).toEqual([['Des mots durs', true]]);
    expect((await list())[0]!.message).toMatchObject({ text: 'Des mots durs', isHidden: true });
    expect(await inbox(bob)).toEqual([['message_hidden', null]]);
    await change({ settled: { outcome: 'done', words: 'Masqué' } });
    expect((await list())[0]!.settled).toMatchObject({
      by: { name: 'keeper' },
      outcome: 'done',
      words: 'Masqué',
    });
    await change({ hidden: false, settled: null });
    expect(await words(ada)).toEqual([['Des mots durs', false]]);
    expect((await list())[0]!.settled).toBeNull();
    expect(await inbox(bob)).toEqual([
      ['message_shown', null],
      ['message_hidden', null],
    ]);
    // Words that were taken back are told to nobody, administrators included.
    await bob.json('DELETE', pathOf(thread).replace('/reports', ''));
    expect((await list())[0]!.message).toBeNull();
  });

  test('[R144] nobody else reports, sees or settles: refusals are alike', async () => {
    const thread = await talk(bob, 'Des mots durs');
    await ada.json('POST', pathOf(thread), { reason: 'Blessant' });
    const [report] = await list();
    const settle = (who: TestVisitor, id: string) =>
      who.fetch(`/api/administration/reports/${id}`, { method: 'PATCH', json: { hidden: true } });
    await show('authors');
    const refusals = [
      await bob.fetch('/api/administration/reports'),
      await settle(bob, report!.id),
      await settle(keeper, newId()),
      await keeper.fetch(pathOf(thread), { method: 'POST', json: { reason: 'Un' } }),
      await ada.fetch(pathOf(thread).replace(thread.id, newId()), { method: 'POST', json: { reason: 'Un' } }),
    ];
    expect(await Promise.all(refusals.map(async (one) => `${one.status} ${await one.text()}`))).toEqual(
      refusals.map(() => '403 {"error":{"code":"not_allowed"}}'),
    );
    // Keeping a relay opens no note: of one that is closed to them only the words that were reported are shown.
    expect((await list())[0]).toMatchObject({ title: null, message: { text: 'Des mots durs' } });
    expect((await relay.visitor().fetch('/api/administration/reports')).status).toBe(401);
    expect(await words(ada)).toEqual([['Des mots durs', false]]);
  });
});
