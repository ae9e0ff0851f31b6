import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contributionPolicies } from '#shared/domain/Collection.ts';
import { type CommunityId, type PersonId, idFromBytes } from '#shared/domain/ids.ts';
import { visibilities } from '#shared/domain/Visibility.ts';
import {
  type Asker,
  type CollectionSubject,
  collectionRole,
  communityRole,
  type NoteSubject,
  noteRole,
} from '#shared/permissions/permissions.ts';
import { permissionsPage } from '#shared/permissions/permissionsPage.ts';
import { opens, policy } from '#shared/permissions/policy.ts';

const id = <T extends string>(n: number): T => idFromBytes<T>(new Uint8Array(16).fill(n));
const anne = id<PersonId>(1);
const basile = id<PersonId>(2);
const ours = id<CommunityId>(8);
const theirs = id<CommunityId>(9);

const note = (more: Partial<NoteSubject> = {}): NoteSubject => ({
  visibility: 'authors',
  trashed: false,
  authors: [basile],
  commenters: [],
  readers: [],
  community: ours,
  lock: null,
  ...more,
});
const carnet = (more: Partial<CollectionSubject> = {}): CollectionSubject => ({
  kind: 'carnet',
  visibility: 'authors',
  trashed: false,
  managers: [basile],
  contributors: [],
  readers: [],
  community: ours,
  contributionPolicy: 'contributors',
  ...more,
});
const asker = (communities: [CommunityId, 'member' | 'responsable'][] = []): NonNullable<Asker> => ({
  id: anne,
  kind: 'guest',
  communities: new Map(communities),
});

test('[R45] an author of a locked note keeps it, and does not write in it; for others nothing changes', () => {
  const lock = { at: 1, by: basile, day: '2026-03-05', sentence: null };
  for (const visibility of visibilities) {
    expect(noteRole(asker(), note({ visibility, lock, authors: [anne] }))).toBe('keeper');
    expect(noteRole(asker(), note({ visibility, lock, commenters: [anne] }))).toBe('commenter');
    expect(noteRole(null, note({ visibility, lock }))).toBe(noteRole(null, note({ visibility })));
  }
  const acts = ['write', 'restore', 'changeKind', 'trash', 'lock', 'seeHistory', 'discuss'] as const;
  expect(acts.filter((act) => opens(policy.note, 'keeper', act))).toEqual(['lock', 'seeHistory', 'discuss']);
});

// Said by hand, in the words of the design: the table must come to the same.
test.each([
  ['a visitor', null, ['none', 'none', 'none', 'reader']],
  ['somebody signed in', asker(), ['none', 'none', 'reader', 'reader']],
  ['a member of another community', asker([[theirs, 'responsable']]), ['none', 'none', 'reader', 'reader']],
  ['a member of the linked community', asker([[ours, 'member']]), ['none', 'reader', 'reader', 'reader']],
  ['one of its responsables', asker([[ours, 'responsable']]), ['none', 'reader', 'reader', 'reader']],
  [
    'who keeps the relay',
    { ...asker(), kind: 'account', role: 'administrator' },
    ['none', 'none', 'reader', 'reader'],
  ],
] as const)('%s sees a note or a carnet by its visibility', (_, who, wanted) => {
  // Whoever is signed in also speaks of the notes that they see.
  expect(visibilities.map((visibility) => noteRole(who, note({ visibility })))).toEqual(
    who === null ? wanted : wanted.map((role) => (role === 'reader' ? 'commenter' : role)),
  );
  expect(visibilities.map((visibility) => collectionRole(who, carnet({ visibility })))).toEqual(wanted);
});

test('people who are named keep what they have, whatever the visibility', () => {
  for (const visibility of visibilities) {
    const isOpen = visibility === 'members' || visibility === 'public';
    expect(noteRole(asker(), note({ visibility, readers: [anne] }))).toBe(isOpen ? 'commenter' : 'reader');
    expect(noteRole(asker(), note({ visibility, commenters: [anne] }))).toBe('commenter');
    expect(noteRole(asker(), note({ visibility, authors: [anne] }))).toBe('author');
    expect(collectionRole(asker(), carnet({ visibility, readers: [anne] }))).toBe('reader');
    expect(collectionRole(asker(), carnet({ visibility, contributors: [anne] }))).toBe('contributor');
    expect(collectionRole(asker(), carnet({ visibility, managers: [anne] }))).toBe('manager');
  }
});

test('the trash is for authors and managers alone', () => {
  const trashed = { trashed: true, visibility: 'public' } as const;
  expect(noteRole(asker([[ours, 'responsable']]), note({ ...trashed, readers: [anne] }))).toBe('none');
  expect(noteRole(asker(), note({ ...trashed, authors: [anne] }))).toBe('author');
  expect(collectionRole(asker(), carnet({ ...trashed, contributors: [anne] }))).toBe('none');
  expect(collectionRole(asker(), carnet({ ...trashed, managers: [anne] }))).toBe('manager');
});

test('without a linked community nobody sees by community', () => {
  const member = asker([[ours, 'responsable']]);
  expect(noteRole(member, note({ visibility: 'community', community: null }))).toBe('none');
  expect(noteRole({ id: anne, kind: 'guest' }, note({ visibility: 'community' }))).toBe('none');
});

test('a contribution policy lets those add who can read, never more', () => {
  const adds = (who: Asker, more: Partial<CollectionSubject>): string[] =>
    contributionPolicies.filter(
      (contributionPolicy) => collectionRole(who, carnet({ ...more, contributionPolicy })) === 'contributor',
    );
  expect(adds(asker(), { visibility: 'public' })).toEqual(['members']);
  expect(adds(asker(), { contributors: [anne] })).toEqual(['contributors', 'community', 'members']);
  expect(adds(asker([[ours, 'member']]), { visibility: 'community' })).toEqual(['community', 'members']);
  expect(adds(asker([[theirs, 'member']]), { visibility: 'members' })).toEqual(['members']);
  expect(adds(asker([[ours, 'member']]), { visibility: 'authors' })).toEqual([]);
  expect(adds(null, { visibility: 'public' })).toEqual([]);
});

test('a community opens to its people, and shows itself to who is signed in', () => {
  expect(communityRole(null, ours)).toBe('none');
  expect(communityRole(asker([[theirs, 'responsable']]), ours)).toBe('outsider');
  expect(communityRole(asker([[ours, 'member']]), ours)).toBe('member');
  expect(communityRole(asker([[ours, 'responsable']]), ours)).toBe('responsable');
});

test('levels and acts name each other', () => {
  for (const one of Object.values(policy)) {
    const levels: readonly string[] = one.levels;
    for (const row of Object.values(one.relations))
      for (const level of Object.values(row)) expect(levels).toContain(level);
    for (const { from, upTo = from } of Object.values(one.acts) as { from: string; upTo?: string }[])
      expect(levels.indexOf(upTo)).toBeGreaterThanOrEqual(levels.indexOf(from));
  }
});

test('docs/permissions.md says what the policy says', () => {
  expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsPage());
});
