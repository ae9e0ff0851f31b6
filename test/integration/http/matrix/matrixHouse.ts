import type { BasePage, CarnetPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type {
  AttachmentId,
  CarnetId,
  CommunityId,
  MessageId,
  NoteId,
  PersonId,
  ThreadId,
  VersionId,
} from '#shared/domain/ids.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import type { Relation } from '#shared/permissions/policy.ts';
import { newId } from '#server/secrets.ts';
import { blankPrinter } from '../../../support/blankPrinter.ts';
import type { TestVisitor } from '../../../support/newFullRelay.ts';
import { type Household, newHousehold } from '../../../support/newHousehold.ts';

/** What there is to ask about one note, carnet, base or community. */
export interface Subject {
  readonly id: string;
  readonly thread: ThreadId;
  /** Of somebody who has no other part in the table. */
  readonly message: MessageId;
  readonly version: VersionId;
  readonly attachment: AttachmentId;
  readonly invitation: string;
  /** A note that is in the carnet, or a carnet that is in the base; of its manager. */
  readonly entry: NoteId | CarnetId;
  /** Somebody who asks to be let in. */
  readonly asks: PersonId;
  /** Somebody who is named on it, without another part in the table. */
  readonly named: PersonId;
  /** A second author. */
  readonly coauthor: PersonId;
}
export type SubjectKind = 'note' | 'carnet' | 'base' | 'community';
export type Who = TestVisitor & { readonly id: PersonId | null; readonly relation: Relation };

export const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';
/** What nobody has: asking about it is asking about nothing. */
export const nowhere: Subject = {
  id: unknownId,
  thread: unknownId as ThreadId,
  message: unknownId as MessageId,
  version: unknownId as VersionId,
  attachment: unknownId as AttachmentId,
  invitation: unknownId,
  entry: unknownId as NoteId,
  asks: unknownId as PersonId,
  named: unknownId as PersonId,
  coauthor: unknownId as PersonId,
};
const nothing = { audit: [], notices: [] };

/** A whole community's relay over SQLite with somebody in each relation of the policy, and makers of what the policy is about. */
export interface MatrixHouse {
  readonly home: Household;
  readonly catalogue: Household['full']['relay']['operations']['catalogue'];
  /** Somebody in a relation. */
  as(relation: Relation): Who;
  make: Readonly<Record<SubjectKind, (visibility: Visibility) => Promise<Subject>>>;
  /** A message of somebody in a subject's thread. */
  say(subject: Subject, by: PersonId): Promise<MessageId>;
  close(): Promise<void>;
}

/** The one word of a note's title, by which it is searched. */
export const wordOf = (id: string): string => `Mot${id.replaceAll(/[^A-Za-z0-9]/g, '')}`;

/** Opens such a relay. */
export async function newMatrixHouse(): Promise<MatrixHouse> {
  const home = await newHousehold({ storage: 'sqlite', mode: 'community', pdfPrinter: blankPrinter });
  const { operations } = home.full.relay;
  const { catalogue } = operations;
  const { author, manager, contributor, invitedReader, commenter, communityMember, communityResponsable } =
    home.people;
  const stranger = await home.guest('Étrangère');
  const asks = await home.guest('Demandeuse');
  const coauthor = await home.guest('Coautrice');

  const attach = async (note: NoteId): Promise<AttachmentId> => {
    const id = newId<AttachmentId>();
    const bytes = (async function* () {
      yield new TextEncoder().encode('a');
    })();
    const saved = await catalogue.attachmentBytes.save(bytes, 9, () => undefined);
    const file = { kind: 'file', name: 'a.txt', type: 'text/plain', width: null, height: null } as const;
    await catalogue.attachments.add({ ...file, ...saved, id, person: null, createdAt: 1 }, note);
    return id;
  };
  const invitationTo = async (who: TestVisitor, subject: SubjectKind, id: string, role: string) => {
    const body = { subject, subjectId: id, role };
    const { invitation } = await who.json<{ invitation: { id: string } }>('POST', '/api/invitations', body);
    return invitation.id;
  };
  const entry = (await manager.json<NotePage>('POST', '/api/notes', { title: 'Dans le carnet' })).note.id;
  const { id: carnetEntry } = (
    await manager.json<CarnetPage>('POST', '/api/carnets', { title: 'Dans la base' })
  ).collection;

  return {
    home,
    catalogue,
    as: (relation) =>
      relation === 'anonymous'
        ? Object.assign(home.full.visitor(), { id: null, relation })
        : Object.assign(Object.create(home.people[relation]) as Who, { relation }),
    make: {
      note: async (visibility) => {
        const { note } = await author.json<NotePage>('POST', '/api/notes', { title: '' });
        const act = { person: author.id, operation: 'test' };
        await operations.documents.change(note.id, act, (doc) =>
          doc.getText('title').insert(0, wordOf(note.id)),
        );
        await operations.indexer.indexNow(note.id);
        const { id: version } = await author.json<{ id: VersionId }>(
          'POST',
          `/api/notes/${note.id}/versions`,
          { name: 'Ici' },
        );
        await catalogue.notes.change(note.id, { community: home.ours, visibility });
        await catalogue.notes.addPerson(note.id, invitedReader.id, 'reader', 2);
        await catalogue.notes.addPerson(note.id, commenter.id, 'commenter', 2);
        await catalogue.notes.addPerson(note.id, stranger.id, 'reader', 3);
        await catalogue.notes.addPerson(note.id, coauthor.id, 'author', 4);
        const [thread, message] = [newId<ThreadId>(), newId<MessageId>()];
        const said = {
          text: 'Bonjour',
          createdAt: 1,
          writtenAt: null,
          editedAt: null,
          deletedAt: null,
          mentions: [],
        };
        await catalogue.threads.start(
          {
            id: thread,
            note: note.id,
            by: null,
            createdAt: 1,
            anchor: null,
            resolvedAt: null,
            resolvedBy: null,
          },
          { ...said, id: message, thread, by: stranger.id },
          nothing,
        );
        await catalogue.requests.ask(
          { subject: 'note', subjectId: note.id },
          { person: asks.id, text: null, at: 1 },
          nothing,
        );
        return {
          ...nowhere,
          id: note.id,
          thread,
          message,
          version,
          attachment: await attach(note.id),
          invitation: await invitationTo(author, 'note', note.id, 'reader'),
          asks: asks.id,
          named: stranger.id,
          coauthor: coauthor.id,
        };
      },
      carnet: async (visibility) => {
        const { id } = (await manager.json<CarnetPage>('POST', '/api/carnets', { title: 'Carnet' }))
          .collection;
        await catalogue.carnets.change(id, { community: home.ours, visibility });
        await catalogue.carnets.addPerson(id, contributor.id, 'contributor', 2);
        await catalogue.carnets.addPerson(id, invitedReader.id, 'reader', 3);
        await catalogue.carnets.addPerson(id, stranger.id, 'reader', 4);
        await manager.json('POST', `/api/carnets/${id}/entries`, { memberIds: [entry] });
        return {
          ...nowhere,
          id,
          entry,
          invitation: await invitationTo(manager, 'carnet', id, 'reader'),
          named: stranger.id,
        };
      },
      base: async (visibility) => {
        const { id } = (await manager.json<BasePage>('POST', '/api/bases', { title: 'Base' })).collection;
        await catalogue.bases.change(id, { community: home.ours, visibility });
        await catalogue.bases.addPerson(id, contributor.id, 'contributor', 2);
        await catalogue.bases.addPerson(id, invitedReader.id, 'reader', 3);
        await catalogue.bases.addPerson(id, stranger.id, 'reader', 4);
        await manager.json('POST', `/api/bases/${id}/entries`, { memberIds: [carnetEntry] });
        return {
          ...nowhere,
          id,
          entry: carnetEntry,
          invitation: await invitationTo(manager, 'base', id, 'reader'),
          named: stranger.id,
        };
      },
      community: async (visibility) => {
        const founded = await communityResponsable.json<{ community: { id: CommunityId } }>(
          'POST',
          '/api/communities',
          { name: 'Une' },
        );
        const { id } = founded.community;
        if (visibility === 'public')
          await communityResponsable.json('PATCH', `/api/communities/${id}`, { isPublic: true });
        for (const [{ id: person }, role] of [
          [communityMember, 'member'],
          [manager, 'member'],
          [stranger, 'member'],
          [author, 'responsable'],
        ] as const)
          await catalogue.communities.setRole(id, person, role, 2, nothing);
        await catalogue.requests.ask(
          { subject: 'community', subjectId: id },
          { person: asks.id, text: null, at: 1 },
          nothing,
        );
        return {
          ...nowhere,
          id,
          invitation: await invitationTo(communityResponsable, 'community', id, 'member'),
          asks: asks.id,
          named: stranger.id,
        };
      },
    },
    say: async ({ thread }, by) => {
      const id = newId<MessageId>();
      const said = {
        text: 'Oui',
        createdAt: 2,
        writtenAt: null,
        editedAt: null,
        deletedAt: null,
        mentions: [],
      };
      await catalogue.threads.reply({ ...said, id, thread, by }, nothing);
      return id;
    },
    close: () => home.full.close(),
  };
}
