import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { extractAttachments, extractLinks } from '#shared/document/extractText.ts';
import { yDocToCollectionContent } from '#shared/document/noteContent.ts';
import { formatDateTime } from '#shared/domain/dates.ts';
import { type CollectionKind, memberKindOf } from '#shared/domain/Collection.ts';
import {
  type AttachmentId,
  type CarnetId,
  type CommunityId,
  isId,
  type MemberId,
  type NoteId,
  type PersonId,
} from '#shared/domain/ids.ts';
import type { Language, Person } from '#shared/domain/Person.ts';
import { roleOnCollection } from '../access.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import { type Caller, loadCaller } from '../Caller.ts';
import { bookLabels, joinNames } from '../export/bookLabels.ts';
import type { Archive, ArchivePart } from '../export/Archive.ts';
import { isPacked, safeName, uniqueNames } from '../export/fileNames.ts';
import { type ArchiveNames, archiveNames, archivePage, archiveReadme } from '../export/personArchiveText.ts';
import { presentCollections } from '../http/presentCollections.ts';
import { readableTitles } from '../http/presentNotes.ts';
import { mayReadAttachment } from '../mayReadAttachment.ts';
import { readNoteContent } from '../readNoteContent.ts';
import type { RelayContext } from '../RelayContext.ts';
import { canManageCollection } from '#shared/permissions/permissions.ts';
import type { CollectionRecord, CollectionStore } from '../storage/ports/CollectionStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';

type Context = RelayContext & { readonly accounts: Accounts; readonly publicUrl: () => string };
type Part = Omit<ArchivePart, 'progress'>;

/** More lines than an inbox has. */
const allNotices = 1_000_000;

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** Who asks for what is kept of them, and how it is written. */
interface Asking {
  readonly context: Context;
  readonly person: Person;
  readonly caller: Caller;
  readonly language: Language;
  readonly names: ArchiveNames;
  readonly signal: AbortSignal;
}

const text = (path: string, content: string, changedAt: number): Part => ({
  path,
  bytes: Buffer.from(content),
  changedAt,
  packs: true,
});
const json = (path: string, content: unknown, changedAt: number): Part =>
  text(path, `${JSON.stringify(content, null, 2)}\n`, changedAt);

/** Names of people, as who asks sees them beside what they may read. */
async function namesOf({ catalogue }: Context, ids: readonly (PersonId | null)[]) {
  const people = await catalogue.persons.getMany(ids.filter((id) => id !== null));
  return (id: PersonId | null): string | null => (id === null ? null : (people.get(id)?.name ?? null));
}

/** A note, to be read and to be taken up elsewhere, with its files. */
async function* notePart(asking: Asking, note: NoteRecord, folder: string): AsyncGenerator<Part> {
  const { context, caller, names, language } = asking;
  const { catalogue } = context;
  const content = await readNoteContent(context, note.id);
  const modifiedAt = (await catalogue.derived.note(note.id))?.modifiedAt ?? note.createdAt;
  const nameOf = await namesOf(context, note.authors);
  const authors = note.authors.flatMap((id) => nameOf(id) ?? []);
  const files = new Map<string, string>();
  const unique = uniqueNames();
  const wanted = [...new Set(extractAttachments(content.body))].filter(isId) as AttachmentId[];
  for (const id of wanted) {
    const attachment = await catalogue.attachments.get(id);
    if (attachment === null || !(await mayReadAttachment(catalogue, caller, id))) continue;
    const bytes = await catalogue.attachmentBytes.read(attachment.digest);
    if (bytes === null) continue;
    const name = unique(safeName(attachment.name, id));
    files.set(id, `${names.attachments}/${name}`);
    const { createdAt: changedAt, type } = attachment;
    yield { path: `${folder}/${names.attachments}/${name}`, bytes, changedAt, packs: !isPacked.test(type) };
  }
  const links = await readableTitles(context, caller, extractLinks(content.body) as NoteId[]);
  const titles: ReadonlyMap<string, string> = links;
  const { renderBody } = await import('#shared/document/renderHtml.ts');
  const { html } = renderBody(content.body, {
    language: content.language,
    attachmentUrl: (id) => {
      const file = files.get(id);
      return file === undefined ? null : `./${file.split('/').map(encodeURIComponent).join('/')}`;
    },
    noteHref: (id) => (titles.has(id) ? `${context.publicUrl()}/notes/${id}` : null),
    noteTitle: (id) => titles.get(id) ?? null,
    openDetails: true,
  });
  const title = content.title || names.untitled;
  const about = `${joinNames(authors, bookLabels(content.language))} · ${formatDateTime(modifiedAt, language)}`;
  yield text(
    `${folder}/${names.note}.html`,
    archivePage(title, content.language, `<p class="about">${escapeHtml(about)}</p>\n${html}`),
    modifiedAt,
  );
  yield json(
    `${folder}/${names.note}.json`,
    {
      id: note.id,
      title: content.title,
      language: content.language,
      kind: note.kind,
      visibility: note.visibility,
      licence: note.licence,
      community: note.community === null ? null : await communityName(context, note.community),
      authors,
      createdAt: iso(note.createdAt),
      modifiedAt: iso(modifiedAt),
      publishedAt: isoOrNull(note.publishedAt),
      trashedAt: isoOrNull(note.trashedAt),
      attachments: Object.fromEntries(files),
      body: content.body,
    },
    modifiedAt,
  );
}

async function communityName({ catalogue }: Context, id: CommunityId): Promise<string | null> {
  return (await catalogue.communities.get(id))?.name ?? null;
}

/** Titles of what a carnet or a base holds, as far as the person may read it. */
async function memberTitles(
  { context, caller }: Asking,
  kind: CollectionKind,
  ids: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, string>> {
  if (kind === 'carnet') return readableTitles(context, caller, ids as readonly NoteId[]);
  const carnets = await context.catalogue.carnets.getMany(ids as readonly CarnetId[]);
  const lines = await presentCollections(context, caller, [...carnets.values()]);
  return new Map(lines.map(({ id, title }) => [id, title]));
}

async function collectionPart(asking: Asking, collection: CollectionRecord, path: string): Promise<Part[]> {
  const { context, names, language } = asking;
  const { catalogue, documents } = context;
  const read = await documents.readable(collection.id);
  if (read === null) return [];
  const content = yDocToCollectionContent(read.doc);
  read.doc.destroy();
  const places = new Map((await catalogue.derived.entries(collection.id)).map((one) => [one.member, one]));
  const titles = await memberTitles(
    asking,
    collection.kind,
    content.entries.map((entry) => entry.memberId),
  );
  const nameOf = await namesOf(context, [
    ...collection.managers,
    ...collection.contributors,
    ...[...places.values()].map((place) => place.integratedBy),
  ]);
  const categories = new Map(content.categories.map((category) => [category.id, category.name]));
  const entries = content.entries.map((entry) => {
    const place = places.get(entry.memberId);
    return {
      [memberKindOf[collection.kind]]: entry.memberId,
      title: titles.get(entry.memberId) ?? null,
      categories: [entry.category, ...(place?.also ?? [])].flatMap((id) =>
        id === null ? [] : (categories.get(id) ?? []),
      ),
      pinned: entry.pinned,
      integratedBy: nameOf(place?.integratedBy ?? null),
      integratedAt: place === undefined ? null : iso(place.integratedAt),
    };
  });
  const title = content.title || names.untitled;
  const changedAt =
    (await catalogue.derived.collectionLines([collection.id])).get(collection.id)?.modifiedAt ??
    collection.createdAt;
  const { renderBody } = await import('#shared/document/renderHtml.ts');
  const lines = entries.map((entry) => `<li>${escapeHtml(entry.title ?? '…')}</li>`).join('\n');
  return [
    text(
      `${path}.html`,
      archivePage(
        title,
        content.language,
        `<p class="about">${escapeHtml(formatDateTime(changedAt, language))}</p>\n<p>${escapeHtml(content.description)}</p>\n${renderBody(content.guide, { language: content.language }).html}\n<ol>\n${lines}\n</ol>`,
      ),
      changedAt,
    ),
    json(
      `${path}.json`,
      {
        id: collection.id,
        title: content.title,
        description: content.description,
        guide: content.guide,
        language: content.language,
        visibility: collection.visibility,
        contributionPolicy: collection.contributionPolicy,
        community: collection.community === null ? null : await communityName(context, collection.community),
        managers: collection.managers.flatMap((id) => nameOf(id) ?? []),
        contributors: collection.contributors.flatMap((id) => nameOf(id) ?? []),
        createdAt: iso(collection.createdAt),
        trashedAt: isoOrNull(collection.trashedAt),
        categories: content.categories.map(({ name, list }) => ({ name, list })),
        entries,
      },
      changedAt,
    ),
  ];
}

/** What is said by and to somebody, and what is known of their comings and goings. */
async function* recordParts({ context, person, caller, names }: Asking, at: number): AsyncGenerator<Part> {
  const { catalogue, accounts } = context;
  const { id } = person;
  const [account, roles, noticeSettings, said, sent, received, read, devices, register] = await Promise.all([
    accounts.credentials.of(id),
    catalogue.communities.rolesOf(id),
    catalogue.noticeSettings.get(id),
    catalogue.threads.writtenBy(id),
    catalogue.notices.sentBy(id),
    catalogue.notices.list(id, allNotices),
    catalogue.readMarks.of(id),
    accounts.sessions(id),
    catalogue.register.of(id),
  ]);
  const isThem = (one: PersonId | null): boolean => context.identities.of(one) === id;
  const record = await catalogue.persons.get(id);
  const { kind, name, colour } = person;
  yield json(
    names.profile,
    {
      id,
      name,
      colour,
      kind,
      role: caller?.role,
      createdAt: isoOrNull(record?.createdAt ?? null),
      ...(await catalogue.persons.profile(id)),
      account: account && {
        ...account,
        passkeys: account.passkeys.map((key) => ({ name: key.name, createdAt: iso(key.createdAt) })),
      },
      noticeSettings,
    },
    at,
  );
  const communities = await catalogue.communities.getMany([...roles.keys()]);
  yield json(
    names.communities,
    [...roles].map(([community, role]) => ({
      id: community,
      name: communities.get(community)?.name ?? null,
      role,
    })),
    at,
  );
  const about = [
    ...said.map(({ thread }) => thread.note),
    ...[...sent, ...received].map((one) => one.subjectId),
    ...read.map(({ note }) => note),
  ];
  const titles: ReadonlyMap<string, string> = await readableTitles(context, caller, about as NoteId[]);
  const titled = (note: string) => ({ note, title: titles.get(note) ?? null });
  yield json(
    names.discussions,
    said.map(({ thread, message }) => ({
      ...titled(thread.note),
      thread: thread.id,
      // Words of the note itself are for who may read it.
      passage: titles.has(thread.note) ? (thread.anchor?.quote ?? null) : null,
      text: message.text,
      createdAt: iso(message.createdAt),
      writtenAt: isoOrNull(message.writtenAt),
      editedAt: isoOrNull(message.editedAt),
    })),
    at,
  );
  yield json(
    names.messages,
    // One message goes to each author: it was written once.
    [...new Map(sent.map((one) => [`${one.subjectId} ${one.at}`, one])).values()].map((one) => ({
      ...titled(one.subjectId),
      text: one.text,
      at: iso(one.at),
    })),
    at,
  );
  const nameOf = await namesOf(
    context,
    received.map((one) => one.from),
  );
  yield json(
    names.notices,
    received.map((one) => ({
      kind: one.kind,
      about: { kind: one.subject, id: one.subjectId, title: titles.get(one.subjectId) ?? null },
      from: nameOf(one.from),
      text: one.text,
      at: iso(one.at),
      readAt: isoOrNull(one.readAt),
    })),
    at,
  );
  yield json(
    names.reading,
    read.map((mark) => ({ ...titled(mark.note), readAt: iso(mark.at) })),
    at,
  );
  yield json(
    names.devices,
    devices.map(({ createdAt, usedAt, userAgent }) => ({
      signedInAt: iso(createdAt),
      usedAt: iso(usedAt),
      browser: userAgent,
    })),
    at,
  );
  yield json(
    names.register,
    register.map((entry) => ({
      at: iso(entry.at),
      act: entry.act,
      by: isThem(entry.by) ? 'you' : entry.by === null ? null : 'other',
      about: entry.person === null ? null : isThem(entry.person) ? 'you' : 'other',
      subject: entry.subjectId,
      value: entry.value,
      device: isThem(entry.by) ? entry.device : null,
    })),
    at,
  );
}

async function* allParts(asking: Asking): AsyncGenerator<ArchivePart> {
  const { context, caller, person, names, signal } = asking;
  const { catalogue } = context;
  const at = context.now();
  const when = { fr: formatDateTime(at, 'fr'), en: formatDateTime(at, 'en') };
  // A byte order mark: plain editors of Windows then read the accents.
  yield {
    ...text('LISEZ-MOI.txt', `\uFEFF${archiveReadme(names, person.name, when).replaceAll('\n', '\r\n')}`, at),
    progress: 0,
  };
  for await (const part of recordParts(asking, at)) yield { ...part, progress: 0.02 };
  const [notes, collections] = await Promise.all([
    catalogue.notes.ofAuthor(person.id),
    Promise.all(
      [catalogue.carnets, catalogue.bases].flatMap((store: CollectionStore) => [
        store.list({ trashed: false }),
        store.list({ trashed: true }),
      ]),
    ),
  ]);
  const managed = collections.flat().filter((one) => canManageCollection(roleOnCollection(caller, one)));
  const titles = await catalogue.derived.noteLines(notes.map((note) => note.id));
  const count = notes.length + managed.length;
  const unique = uniqueNames();
  let done = 0;
  for (const note of notes) {
    signal.throwIfAborted();
    const folder = unique(safeName(titles.get(note.id)?.title ?? '', names.untitled));
    for await (const part of notePart(asking, note, `${names.notes}/${folder}`))
      yield { ...part, progress: 0.02 + (0.98 * done) / count };
    done += 1;
  }
  const indexes = await catalogue.derived.collectionLines(managed.map((one) => one.id));
  const uniqueIn = { carnet: uniqueNames(), base: uniqueNames() };
  for (const one of managed) {
    signal.throwIfAborted();
    const name = uniqueIn[one.kind](safeName(indexes.get(one.id)?.title ?? '', names.untitled));
    for (const part of await collectionPart(asking, one, `${names[`${one.kind}s`]}/${name}`))
      yield { ...part, progress: 0.02 + (0.98 * done) / count };
    done += 1;
  }
}

/**
 * Gathers all that is kept of a person (Law 25: in a form that people read and programs take up): what they wrote, gathered and said, what was said to them, and their comings and goings. Of others,
 * only what this person may see.
 */
export async function gatherPerson(
  context: Context,
  personId: PersonId,
  language: Language,
  signal: AbortSignal,
): Promise<Archive> {
  const caller = await loadCaller(context.catalogue, personId);
  if (caller === null) throw new Error('nobody of that id');
  const names = archiveNames(language);
  return {
    fileName: `${names.archive}.zip`,
    mediaType: 'application/zip',
    parts: allParts({ context, person: caller, caller, language, names, signal }),
  };
}
