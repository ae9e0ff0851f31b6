import type { Attachment } from '#shared/api/attachments.ts';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { NotePage } from '#shared/api/notes.ts';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { AttachmentId, CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { newId } from '#server/secrets.ts';
import { makePng } from '../integration/export/makePng.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from './newFullRelay.ts';

/** A carnet of Hélène, the local person, and of Awa, a guest: a note of both with a past, a picture and a discussion; one of Awa that everybody reads, which said a secret before; one of Awa alone. */
export interface SharedCarnet {
  readonly relay: FullRelay;
  readonly carnet: CarnetId;
  readonly notes: { readonly shared: NoteId; readonly open: NoteId; readonly closed: NoteId };
  readonly picture: AttachmentId;
  readonly png: Uint8Array;
  readonly helene: TestVisitor;
  readonly awa: TestVisitor;
  readonly ids: { readonly helene: PersonId; readonly awa: PersonId };
  /** Somebody makes a note say this. */
  readonly write: (note: NoteId, person: PersonId, title: string, ...blocks: BodyNode[]) => Promise<number>;
}

export const paragraph = (text: string): BodyNode => build.paragraph(text);

export async function newSharedCarnet(storage: 'memory' | 'sqlite' = 'memory'): Promise<SharedCarnet> {
  const relay = await newFullRelay({ storage });
  const helene = await relay.signIn();
  await helene.json('PATCH', '/api/session/person', { name: 'Hélène' });
  const { collection } = await helene.json<CollectionPage>('POST', '/api/carnets', {
    title: 'Le jardin',
    description: 'Ce que nous semons',
  });
  const carnet = collection.id as CarnetId;
  const invite = async (subject: string, subjectId: string, role: string): Promise<string> =>
    (await helene.json<{ url: string }>('POST', '/api/invitations', { subject, subjectId, role, days: 30 }))
      .url;
  const newNote = async (who: TestVisitor, title: string): Promise<NoteId> =>
    (await who.json<NotePage>('POST', '/api/notes', { title, language: 'fr' })).note.id;
  const shared = await newNote(helene, 'Semis');
  const awa = await relay.join(await invite('note', shared, 'author'), 'Awa');
  await awa.json('POST', '/api/invitations/accept', {
    secret: new URL(await invite('carnet', carnet, 'contributor')).hash.slice(1),
  });
  const open = await newNote(awa, 'Compost');
  const closed = await newNote(awa, 'Mon secret à moi');
  const ids = {
    helene: helene.session.person!.id,
    awa: (await awa.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id,
  };
  const { documents } = relay.relay.operations;
  const write: SharedCarnet['write'] = async (note, person, title, ...content) => {
    const { seq } = await documents.change(note, { person, operation: 'test' }, (doc) =>
      replaceNoteContent(doc, { title, language: 'fr', body: { type: 'doc', content } }),
    );
    return seq;
  };
  const png = makePng(40, 30, 7);
  const sent = await helene.fetch(`/api/attachments?note=${shared}&name=plan.png`, {
    method: 'POST',
    body: Buffer.from(png),
    headers: { 'content-type': 'image/png' },
  });
  const { id: picture } = (await sent.json()) as Attachment;
  const image = build.image({ attachmentId: picture, alt: 'Le plan du jardin' });
  await write(shared, ids.helene, 'Semis', paragraph('Des tomates et des <courges>.'));
  await write(shared, ids.awa, 'Semis', paragraph('Des tomates et des haricots.'));
  await helene.json('POST', `/api/notes/${shared}/versions`, { name: 'Adoptée' });
  const link: BodyNode = build.paragraph('voir ', build.noteLink(closed), build.noteLink(open));
  await write(shared, ids.helene, 'Semis de printemps', paragraph('Des tomates.'), link, image);
  await write(open, ids.awa, 'Compost', paragraph('Mot de passe : hérisson.'));
  await write(open, ids.awa, 'Compost', paragraph('Du vert et du brun.'));
  await write(closed, ids.awa, 'Mon secret à moi', paragraph('Personne ne lit ceci.'));
  await awa.json('PATCH', `/api/notes/${open}`, { visibility: 'members' });
  await awa.json('POST', `/api/notes/${shared}/threads`, {
    id: newId(),
    message: { id: newId(), text: 'Et l’eau ?' },
  });
  const add = (who: TestVisitor, note: NoteId) =>
    who.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [note] });
  await add(helene, shared);
  await add(awa, open);
  await add(awa, closed);
  return { relay, carnet, notes: { shared, open, closed }, picture, png, helene, awa, ids, write };
}
