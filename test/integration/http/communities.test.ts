import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { CarnetPage } from '#shared/api/collections.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { NoticeLine } from '#shared/api/notices.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { newId } from '#server/secrets.ts';
import { makePng } from '../export/makePng.ts';
import { type Household, type Somebody, newHousehold } from '../../support/newHousehold.ts';
import { storages } from '../../support/storages.ts';

describe.each(storages)('over %s', (storage) => {
  let home: Household;
  let clock: number;
  beforeEach(async () => {
    clock = Date.UTC(2026, 2, 5, 15, 41);
    home = await newHousehold({ storage, now: () => clock++ });
  });
  afterEach(() => home.full.close());

  const community = (who: Somebody) => who.json<CommunityPage>('GET', `/api/communities/${home.ours}`);
  const inbox = async (who: Somebody) =>
    (await who.json<{ notices: NoticeLine[] }>('GET', '/api/notices')).notices;
  const names = (people: readonly { name: string }[]) => people.map((one) => one.name);
  const refusal = async (answer: Promise<Response>) => {
    const { status } = await answer;
    return status;
  };

  test('[R113] who asks to join is let in, and is not told by whom', async () => {
    const { signedIn, communityResponsable } = home.people;
    const asked = await signedIn.json<CommunityPage>('POST', `/api/communities/${home.ours}/requests`, {
      text: 'Je suis du quartier',
    });
    expect([asked.asked, asked.community.role, asked.members]).toEqual([true, 'outsider', []]);
    await signedIn.json('POST', `/api/communities/${home.ours}/requests`, {});
    const page = await community(communityResponsable);
    expect(page.requests).toEqual([
      {
        person: expect.objectContaining({ name: 'Simone' }),
        text: 'Je suis du quartier',
        at: expect.any(Number),
      },
    ]);
    expect(await inbox(communityResponsable)).toEqual([
      expect.objectContaining({
        kind: 'join_asked',
        from: expect.objectContaining({ name: 'Simone' }),
        text: 'Je suis du quartier',
        title: 'La nôtre',
        readAt: null,
      }),
    ]);
    await communityResponsable.json('POST', `/api/communities/${home.ours}/requests/${signedIn.id}`, {
      approved: true,
    });
    const after = await community(signedIn);
    expect([after.community.role, after.asked, names(after.members)]).toEqual([
      'member',
      false,
      ['Marcel', 'Gérard', 'Simone'],
    ]);
    const [answer] = await inbox(signedIn);
    expect(answer).toMatchObject({ kind: 'join_approved', from: null, text: null });
    expect(after.activity.map((line) => [line.kind, line.person?.name])).toEqual([
      ['joined', 'Simone'],
      ['created', 'Rosalie'],
    ]);
    const again = home.people.author.fetch(`/api/communities/${home.ours}/requests/${signedIn.id}`, {
      method: 'POST',
      json: { approved: false },
    });
    expect(await refusal(again)).toBe(409);
  });

  test('[R113] who is refused stays outside, and may ask again', async () => {
    const { signedIn, communityResponsable } = home.people;
    const ask = () => signedIn.json<CommunityPage>('POST', `/api/communities/${home.ours}/requests`, {});
    await ask();
    await communityResponsable.json('POST', `/api/communities/${home.ours}/requests/${signedIn.id}`, {
      approved: false,
    });
    expect((await community(signedIn)).community.role).toBe('outsider');
    expect(await inbox(signedIn)).toEqual([expect.objectContaining({ kind: 'join_refused', from: null })]);
    expect((await ask()).asked).toBe(true);
  });

  test('an invitation link makes a member or a responsable, never less than they are', async () => {
    const { communityResponsable, signedIn } = home.people;
    const link = async (role: string) =>
      (
        await communityResponsable.json<{ url: string }>('POST', '/api/invitations', {
          subject: 'community',
          subjectId: home.ours,
          role,
        })
      ).url;
    const preview = await home.full.visitor().json('POST', '/api/invitations/preview', {
      secret: new URL(await link('member')).hash.slice(1),
    });
    expect(preview).toMatchObject({
      subject: 'community',
      role: 'member',
      title: 'La nôtre',
      invitedBy: 'Rosalie',
    });
    const accept = async (role: string) =>
      signedIn.json('POST', '/api/invitations/accept', { secret: new URL(await link(role)).hash.slice(1) });
    expect(await accept('responsable')).toEqual({ path: `/communities/${home.ours}` });
    await accept('member');
    expect((await community(signedIn)).community.role).toBe('responsable');
    const guest = await home.full.join(await link('member'), 'Nadine');
    const { person } = await guest.json<Session>('GET', '/api/session');
    expect(names((await community(communityResponsable)).members)).toContain(person?.name);
  });

  test('[R110] a community is never without a responsable', async () => {
    const { communityResponsable, author } = home.people;
    const path = (who: Somebody) => `/api/communities/${home.ours}/people/${who.id}`;
    await communityResponsable.json('PATCH', path(author), { role: 'member' });
    for (const attempt of [{ method: 'PATCH', json: { role: 'member' } }, { method: 'DELETE' }])
      expect(await refusal(communityResponsable.fetch(path(communityResponsable), attempt))).toBe(409);
    await communityResponsable.json('PATCH', path(author), { role: 'responsable' });
    await communityResponsable.json('DELETE', path(communityResponsable));
    const page = await community(author);
    expect([names(page.responsables), page.community.memberCount]).toEqual([['Aurore'], 3]);
    expect(await inbox(author)).toContainEqual(expect.objectContaining({ kind: 'community_left' }));
  });

  test('its page shows what is linked to it, as far as one may read it', async () => {
    const { author, communityMember, signedIn } = home.people;
    const make = async (title: string, visibility: string) => {
      const { note } = await author.json<NotePage>('POST', '/api/notes', { title });
      await author.json('PATCH', `/api/notes/${note.id}`, { community: home.ours, visibility });
      return note.id;
    };
    const between = await make('Entre nous', 'community');
    await make('À moi seule', 'authors');
    const open = await make('À tout le monde', 'public');
    const { collection: carnet } = await author.json<CarnetPage>('POST', '/api/carnets', {
      title: 'Nos récits',
    });
    const linked = await author.json<CarnetPage>('PATCH', `/api/carnets/${carnet.id}`, {
      community: home.ours,
      visibility: 'community',
      contributionPolicy: 'community',
    });
    expect(linked.community).toEqual({ id: home.ours, name: 'La nôtre' });
    const titles = async (who: Somebody) => {
      const page = await community(who);
      return [page.notes.map((note) => note.title).sort(), page.carnets.map((one) => one.title)];
    };
    expect(await titles(communityMember)).toEqual([['Entre nous', 'À tout le monde'], ['Nos récits']]);
    expect(await titles(signedIn)).toEqual([['À tout le monde'], []]);
    const activity = (await community(communityMember)).activity.map((line) => [line.kind, line.note?.title]);
    // Its author linked it as soon as it was made: it was created there.
    expect(activity).toContainEqual(['note_created', 'Entre nous']);
    expect(activity).not.toContainEqual(['note_linked', 'Entre nous']);
    // What happens in its carnets and about its notes, as far as each may read them.
    const start = (id: string, text: string) =>
      author.json('POST', `/api/notes/${id}/threads`, { id: newId(), message: { id: newId(), text } });
    await author.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [open] });
    await author.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [between] });
    await start(open, 'Ouvert');
    await start(between, 'Entre nous');
    const seen = async (who: Somebody) => {
      const page = await community(who);
      return [
        page.discussions.map(({ note, by, messageCount }) => [note.title, by?.name, messageCount]),
        page.activity
          .filter(({ kind }) => kind === 'integrated' || kind === 'discussed')
          .map(({ kind, person, note }) => [kind, person?.name, note?.title])
          .toSorted((a, b) => (String(a) < String(b) ? -1 : 1)),
      ];
    };
    const all = ['À tout le monde', 'Entre nous'];
    expect(await seen(communityMember)).toEqual([
      all.toReversed().map((title) => [title, 'Aurore', 1]),
      ['discussed', 'integrated'].flatMap((kind) => all.toSorted().map((title) => [kind, 'Aurore', title])),
    ]);
    expect(JSON.stringify(await community(signedIn))).not.toContain('Entre nous');
    expect(JSON.stringify(activity)).not.toContain('À moi seule');
    // The visitor of a public note sees the name that its authors linked it to.
    const page = await home.full.visitor().json<NotePage>('GET', `/api/notes/${open}`);
    expect(page.community).toEqual({ id: home.ours, name: 'La nôtre' });
    await communityMember.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [open] });
  });

  test('[R189] the activity tells of a note that was created there, once, and of an older one that was linked or integrated', async () => {
    // What is of a day before is made on a clock that is a day late.
    let lateMs = 24 * 60 * 60 * 1_000;
    const house = await newHousehold({ storage, now: () => Date.now() - lateMs });
    onTestFinished(() => house.full.close());
    const { author, manager, communityMember } = house.people;
    const activity = async () =>
      (await communityMember.json<CommunityPage>('GET', `/api/communities/${house.ours}`)).activity;
    const newNote = async (title: string) =>
      (await author.json<NotePage>('POST', '/api/notes', { title })).note.id;
    const link = (note: string) =>
      author.json('PATCH', `/api/notes/${note}`, { community: house.ours, visibility: 'community' });
    const { collection: carnet } = await author.json<CarnetPage>('POST', '/api/carnets', { title: 'Récits' });
    await author.json('PATCH', `/api/carnets/${carnet.id}`, {
      community: house.ours,
      visibility: 'community',
      contributionPolicy: 'community',
    });
    const old = await newNote('D’avant');
    const lent = await newNote('Prêtée');
    lateMs = 0;
    const { note: born } = await author.json<NotePage>('POST', '/api/notes', {
      title: 'Née ici',
      carnetId: carnet.id,
    });
    await link(born.id);
    await link(old);
    await author.json('PATCH', `/api/notes/${lent}`, { visibility: 'members' });
    await manager.json('POST', `/api/carnets/${carnet.id}/entries`, { memberIds: [lent] });
    const told = (await activity()).flatMap((line) =>
      line.note === null ? [] : [[line.kind, line.note.title, line.person?.name, line.carnet?.title ?? null]],
    );
    expect(told).toEqual([
      ['integrated', 'Prêtée', 'Gérard', 'Récits'],
      ['note_linked', 'D’avant', 'Aurore', null],
      ['note_linked', 'Née ici', 'Aurore', null],
      ['note_created', 'Née ici', 'Aurore', 'Récits'],
    ]);
    // A note that is in the trash, or is not theirs to read any more, is not told of.
    await author.json('DELETE', `/api/notes/${born.id}`);
    expect(JSON.stringify(await activity())).not.toContain('Née ici');
  });

  test('[R111] without its community, what the community saw is private again', async () => {
    const { author } = home.people;
    const { note } = await author.json<NotePage>('POST', '/api/notes', {});
    const { collection: carnet } = await author.json<CarnetPage>('POST', '/api/carnets', {});
    for (const path of [`/api/notes/${note.id}`, `/api/carnets/${carnet.id}`]) {
      expect(await refusal(author.fetch(path, { method: 'PATCH', json: { visibility: 'community' } }))).toBe(
        409,
      );
      await author.json('PATCH', path, { community: home.ours, visibility: 'community' });
      await author.json('PATCH', path, { community: null });
    }
    expect((await author.json<NotePage>('GET', `/api/notes/${note.id}`)).note.visibility).toBe('authors');
    const page = await author.json<CarnetPage>('GET', `/api/carnets/${carnet.id}`);
    expect([page.collection.visibility, page.collection.contributionPolicy]).toEqual([
      'authors',
      'contributors',
    ]);
  });

  test('[R112] its responsables are the authors of a note that says so, as their list changes', async () => {
    const { author, communityResponsable, communityMember } = home.people;
    const { note } = await author.json<NotePage>('POST', '/api/notes', {});
    const path = `/api/notes/${note.id}`;
    const page = await author.json<NotePage>('PATCH', path, {
      community: home.ours,
      authorMode: 'community',
    });
    expect([page.authorMode, names(page.note.authors)]).toEqual(['community', ['Rosalie', 'Aurore']]);
    expect((await communityResponsable.json<NotePage>('GET', path)).role).toBe('author');
    await communityResponsable.json('PATCH', `/api/communities/${home.ours}/people/${author.id}`, {
      role: 'member',
    });
    expect((await author.json<NotePage>('GET', path)).role).toBe('commenter');
    await communityResponsable.json('PATCH', `/api/communities/${home.ours}/people/${communityMember.id}`, {
      role: 'responsable',
    });
    expect((await communityMember.json<NotePage>('GET', path)).role).toBe('author');
    // Nobody is added or taken off by name meanwhile.
    for (const [method, where] of [
      ['POST', `${path}/authors`],
      ['DELETE', `${path}/authors/${communityMember.id}`],
    ] as const)
      expect(await refusal(communityMember.fetch(where, { method, json: { personId: author.id } }))).toBe(
        409,
      );
    const back = await communityMember.json<NotePage>('PATCH', path, { authorMode: 'people' });
    expect(names(back.note.authors).sort()).toEqual(['Marcel', 'Rosalie']);
  });

  test('[R112] who asks to edit it is let in beside them, and taken off again; a responsable is not', async () => {
    const { author, communityResponsable, communityMember } = home.people;
    const { note } = await author.json<NotePage>('POST', '/api/notes', {});
    const path = `/api/notes/${note.id}`;
    const change = { community: home.ours, visibility: 'community', authorMode: 'community' };
    await author.json('PATCH', path, change);
    await communityMember.json('POST', `${path}/edit-requests`, {});
    await communityResponsable.json('POST', `${path}/edit-requests/${communityMember.id}`, {
      approved: true,
    });
    const page = await communityMember.json<NotePage>('GET', path);
    expect([page.role, names(page.note.authors), page.authorsByName]).toEqual([
      'author',
      ['Rosalie', 'Aurore', 'Marcel'],
      [communityMember.id],
    ]);
    const takeOff = (who: Somebody) => author.fetch(`${path}/authors/${who.id}`, { method: 'DELETE' });
    expect(await refusal(takeOff(communityResponsable))).toBe(409);
    expect(await refusal(takeOff(communityMember))).toBe(200);
    expect(names((await author.json<NotePage>('GET', path)).note.authors)).toEqual(['Rosalie', 'Aurore']);
  });

  test('[R112] an organisation keeps its authors by name', async () => {
    const { author } = home.people;
    const { note } = await author.json<NotePage>('POST', '/api/notes', { kind: 'organisation' });
    const json = { community: home.ours, authorMode: 'community' };
    expect(await refusal(author.fetch(`/api/notes/${note.id}`, { method: 'PATCH', json }))).toBe(409);
    expect((await author.json<NotePage>('GET', `/api/notes/${note.id}`)).community).toBeNull();
  });

  test('a community shows its image to who may see it, and takes nothing else for one', async () => {
    const { communityResponsable, signedIn } = home.people;
    const send = (type: string, bytes: BodyInit) =>
      communityResponsable.fetch(`/api/communities/${home.ours}/image?name=logo`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: bytes,
      });
    expect(await refusal(send('text/plain', 'bonjour'))).toBe(415);
    const page = (await (await send('image/png', new Uint8Array(makePng(8, 8, 1)))).json()) as CommunityPage;
    const image = `/api/attachments/${page.community.image}`;
    expect((await signedIn.fetch(image)).status).toBe(200);
    expect((await home.full.visitor().fetch(image)).status).toBe(403);
    await communityResponsable.json('PATCH', `/api/communities/${home.ours}`, { image: null });
    expect((await signedIn.fetch(image)).status).toBe(403);
  });

  test('[R114] each change of a right is in the register, with who did it', async () => {
    const { signedIn, communityResponsable } = home.people;
    await signedIn.json('POST', `/api/communities/${home.ours}/requests`, {});
    await communityResponsable.json('POST', `/api/communities/${home.ours}/requests/${signedIn.id}`, {
      approved: true,
    });
    await signedIn.json('DELETE', `/api/communities/${home.ours}/people/${signedIn.id}`);
    const lines = await home.full.relay.operations.catalogue.register.about(home.ours);
    expect(
      lines.filter((one) => one.person === signedIn.id).map(({ act, by, value }) => [act, by, value]),
    ).toEqual([
      ['community.asked', signedIn.id, null],
      ['community.role', communityResponsable.id, 'member'],
      ['community.role', signedIn.id, null],
    ]);
  });

  describe('authors and readers', () => {
    const newNote = async () => {
      const { note } = await home.people.author.json<NotePage>('POST', '/api/notes', { title: 'Récit' });
      await home.people.author.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
      return `/api/notes/${note.id}`;
    };

    test('[R113] who asks to edit becomes a full author, and is not told by whom', async () => {
      const { author, signedIn } = home.people;
      const path = await newNote();
      const asked = await signedIn.json<NotePage>('POST', `${path}/edit-requests`, { text: 'Pour la suite' });
      expect([asked.asked, asked.role, asked.editRequests]).toEqual([true, 'commenter', []]);
      const seen = await author.json<NotePage>('GET', path);
      expect(seen.editRequests).toEqual([
        {
          person: expect.objectContaining({ name: 'Simone' }),
          text: 'Pour la suite',
          at: expect.any(Number),
        },
      ]);
      await author.json('POST', `${path}/edit-requests/${signedIn.id}`, { approved: true });
      const page = await signedIn.json<NotePage>('GET', path);
      expect([page.role, names(page.note.authors), page.asked]).toEqual([
        'author',
        ['Aurore', 'Simone'],
        false,
      ]);
      expect((await inbox(signedIn))[0]).toMatchObject({ kind: 'edit_approved', from: null, title: 'Récit' });
      await signedIn.json('PATCH', path, { visibility: 'authors' });
    });

    test('[R113] a refusal says so, and nothing more', async () => {
      const { author, signedIn } = home.people;
      const path = await newNote();
      await signedIn.json('POST', `${path}/edit-requests`, {});
      await author.json('POST', `${path}/edit-requests/${signedIn.id}`, { approved: false });
      expect((await signedIn.json<NotePage>('GET', path)).role).toBe('commenter');
      expect(await inbox(signedIn)).toEqual([
        expect.objectContaining({ kind: 'edit_refused', from: null, text: null }),
      ]);
    });

    test('an author names those of their communities, adds and leaves; the last one stays', async () => {
      const { author, communityMember, signedIn } = home.people;
      const path = await newNote();
      const { people } = await author.json<{ people: { name: string }[] }>(
        'GET',
        `${path}/author-candidates`,
      );
      expect(names(people)).toEqual(['Gérard', 'Marcel', 'Rosalie']);
      const add = (who: Somebody) =>
        author.fetch(`${path}/authors`, { method: 'POST', json: { personId: who.id } });
      expect(await refusal(add(signedIn))).toBe(403);
      expect(await refusal(add(communityMember))).toBe(200);
      expect(await inbox(communityMember)).toContainEqual(
        expect.objectContaining({ kind: 'author_added', from: expect.objectContaining({ name: 'Aurore' }) }),
      );
      await author.json('DELETE', `${path}/authors/${author.id}`);
      expect((await author.json<NotePage>('GET', path)).role).toBe('commenter');
      expect(
        await refusal(communityMember.fetch(`${path}/authors/${communityMember.id}`, { method: 'DELETE' })),
      ).toBe(409);
    });

    test('a message to the authors is in their inboxes, unread until they look', async () => {
      const { author, signedIn } = home.people;
      const path = await newNote();
      await signedIn.json('POST', `${path}/messages`, { text: 'Merci pour ce récit' });
      const list = () => author.json<{ notices: NoticeLine[]; unread: number }>('GET', '/api/notices');
      const before = await list();
      expect(before).toMatchObject({
        unread: 1,
        notices: [{ kind: 'message', text: 'Merci pour ce récit', from: { name: 'Simone' }, readAt: null }],
      });
      await author.json('POST', '/api/notices/read', { until: before.notices[0]?.at });
      expect(await list()).toMatchObject({ unread: 0, notices: [{ readAt: expect.any(Number) }] });
      expect(await inbox(signedIn)).toEqual([]);
    });

    test('nobody floods the inboxes', async () => {
      const { signedIn } = home.people;
      const path = await newNote();
      const statuses = new Set<number>();
      for (let n = 0; n < 101; n++)
        statuses.add(
          await refusal(signedIn.fetch(`${path}/messages`, { method: 'POST', json: { text: 'encore' } })),
        );
      expect([...statuses]).toEqual([204, 429]);
    });

    test('an invited reader is taken off again, by an author or by themselves', async () => {
      const { author, invitedReader } = home.people;
      const { note } = await author.json<NotePage>('POST', '/api/notes', {});
      const path = `/api/notes/${note.id}`;
      const { url } = await author.json<{ url: string }>('POST', '/api/invitations', {
        subject: 'note',
        subjectId: note.id,
        role: 'reader',
      });
      const secret = new URL(url).hash.slice(1);
      for (const who of [author, invitedReader]) {
        await invitedReader.json('POST', '/api/invitations/accept', { secret });
        expect(names((await author.json<NotePage>('GET', path)).readers)).toEqual(['Léonie']);
        expect((await invitedReader.json<NotePage>('GET', path)).readers).toEqual([]);
        await who.json('DELETE', `${path}/readers/${invitedReader.id}`);
        expect(await refusal(invitedReader.fetch(path))).toBe(403);
        expect((await author.json<NotePage>('GET', path)).readers).toEqual([]);
      }
    });
  });
});
