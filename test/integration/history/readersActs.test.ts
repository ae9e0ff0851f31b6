import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noteActsSchema, type VersionSummary } from '#shared/api/versions.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { Relation } from '#shared/permissions/policy.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { type Household, newHousehold } from '../../support/newHousehold.ts';
import { storages } from '../../support/storages.ts';

describe.each(storages)('over %s', (storage) => {
  let home: Household;
  let author: TestVisitor;
  let note: NoteId;
  beforeEach(async () => {
    // No two acts come at the same time, and all after the rows, which bear the time of the machine.
    let clock = Date.now() + 3_600_000;
    home = await newHousehold({ storage, now: () => clock++ });
    author = home.people.author;
    ({ id: note } = (await author.json<NotePage>('POST', '/api/notes', { title: 'Jardins' })).note);
    await author.json('PATCH', `/api/notes/${note}`, { community: home.ours });
  });
  afterEach(() => home.full.close());

  const name = (version: string) =>
    author.json<VersionSummary>('POST', `/api/notes/${note}/versions`, { name: version });
  const open = (visibility: string) => author.json('PATCH', `/api/notes/${note}`, { visibility });
  const invited = async (role: 'reader' | 'commenter', who: string): Promise<TestVisitor> => {
    const body = { subject: 'note', subjectId: note, role };
    const { url } = await author.json<{ url: string }>('POST', '/api/invitations', body);
    return home.full.join(url, who);
  };
  /** The names of the versions that somebody is told of, oldest first; the status where they are told nothing. */
  const told = async (who: TestVisitor): Promise<string | number> => {
    const answer = await who.fetch(`/api/notes/${note}/acts`);
    if (!answer.ok) return answer.status;
    const { acts } = noteActsSchema.parse(await answer.json());
    return acts
      .flatMap((act) => (act.kind === 'named' ? [act.name] : []))
      .toReversed()
      .join('');
  };
  const outside: readonly Relation[] = ['communityMember', 'signedIn', 'otherCommunity', 'anonymous'];
  const toldOutside = async (): Promise<unknown[]> => {
    const answers = [];
    for (const relation of outside) answers.push(await told(home.as(relation)));
    return answers;
  };

  test('[R160] each reader is told of versions from the moment that the note was open to them', async () => {
    await name('A');
    const reader = await invited('reader', 'Lise');
    await name('B');
    const commenter = await invited('commenter', 'Côme');
    await name('C');
    expect(await toldOutside()).toEqual([403, 403, 403, 403]);
    await open('community');
    await name('D');
    expect(await toldOutside()).toEqual(['D', 403, 403, 403]);
    await open('members');
    await name('E');
    expect(await toldOutside()).toEqual(['DE', 'E', 'E', 403]);
    await open('public');
    await name('F');
    expect(await toldOutside()).toEqual(['DEF', 'EF', 'EF', 'F']);
    expect([await told(reader), await told(commenter), await told(author)]).toEqual([
      'BCDEF',
      'CDEF',
      'ABCDEF',
    ]);
  });

  test('[R160] closed meanwhile, it begins anew for who could not see it then, and for nobody else', async () => {
    await name('Z');
    const reader = await invited('reader', 'Lise');
    await open('public');
    await name('A');
    await open('authors');
    await name('B');
    expect(await toldOutside()).toEqual([403, 403, 403, 403]);
    await open('community');
    await name('C');
    await open('public');
    await name('D');
    expect(await toldOutside()).toEqual(['CD', 'D', 'D', 'D']);
    expect([await told(reader), await told(author)]).toEqual(['ABCD', 'ZABCD']);
  });

  test('[R160] what a version said, and what changed in it, is for none of them', async () => {
    const { id } = await name('A');
    const reader = await invited('reader', 'Lise');
    const commenter = await invited('commenter', 'Côme');
    await open('public');
    const version = await name('B');
    const ways = [
      'versions',
      `versions/${id}/content`,
      `versions/${version.id}/content`,
      `comparison?from=${version.id}&to=now`,
      'history/content',
      'history/sittings',
      'history/authorship',
      'history/search?text=jardin',
    ];
    for (const way of ways) {
      const statuses = [];
      for (const who of [author, reader, commenter, ...outside.map((relation) => home.as(relation))])
        statuses.push((await who.fetch(`/api/notes/${note}/${way}`)).status);
      expect([way, statuses]).toEqual([way, [200, 403, 403, 403, 403, 403, 403]]);
    }
  });
});
