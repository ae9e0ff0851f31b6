import { extractAttachments } from '#shared/document/extractText.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { type AttachmentId, type DocumentId, isId, type NoteId } from '#shared/domain/ids.ts';
import { storeFile } from '../operations/storeAttachment.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import type { FollowedRelays } from './FollowedRelays.ts';

interface Parts {
  readonly context: RelayContext;
  readonly relays: Pick<FollowedRelays, 'fetch'>;
}

/** The files that copies show: on both sides under the same id. */
export class CopyFiles {
  private readonly parts: Parts;
  /** What homes are known to have, of the documents that were asked about. */
  private readonly there = new Map<DocumentId, Set<AttachmentId>>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Brings those that the note shows, or that were added to it here, to its home. @throws AppError `home_unreachable`, `not_signed_in`, `not_allowed`. */
  async send(record: MirrorRecord): Promise<void> {
    const { context } = this.parts;
    const { mirrored, attachments } = context.catalogue;
    if (record.kind !== 'note') return;
    const note = record.document as NoteId;
    const there = this.there.get(note) ?? new Set(await mirrored.filesThere(note));
    this.there.set(note, there);
    for (const id of await attachments.heldBy(note)) {
      if (there.has(id)) continue;
      await this.sendOne(record, note, id);
      await mirrored.addFileThere(note, id);
      there.add(id);
    }
  }

  /** Brings those that the note shows and that are not here. What cannot be had now is asked for again with the next rows. */
  async fetch(record: MirrorRecord): Promise<void> {
    const { context, relays } = this.parts;
    const { attachments, mirrored, persons } = context.catalogue;
    if (record.kind !== 'note') return;
    const note = record.document as NoteId;
    const shown = (await context.documents.note(note))?.content.body;
    if (shown === undefined) return;
    for (const id of extractAttachments(shown).filter(isId) as AttachmentId[]) {
      if ((await attachments.notesHolding(id)).includes(note)) continue;
      const answer = await relays.fetch(record.relay, `/api/attachments/${id}`);
      if (!answer.ok || answer.body === null) {
        await answer.body?.cancel();
        continue;
      }
      const known = await attachments.get(id);
      if (known === null) {
        const name = nameIn(answer.headers.get('content-disposition'));
        const announced = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
        const local = await persons.firstOfKind('local');
        if (local === null) return;
        await storeFile(context, local.id, { id, name, announced, bytes: answer.body }, note);
      } else {
        await answer.body.cancel();
        await attachments.grant([id], note);
      }
      await mirrored.addFileThere(note, id);
      this.there.get(note)?.add(id);
    }
  }

  /**
   * Fetches the bytes of a file again that this computer has lost, or that are no longer what was stored.
   * @returns whether they are here as they were. @throws AppError `home_unreachable`, `not_signed_in`.
   */
  async mend({ relay }: MirrorRecord, id: AttachmentId): Promise<boolean> {
    const { context, relays } = this.parts;
    const { attachments, attachmentBytes } = context.catalogue;
    const known = await attachments.get(id);
    if (known === null) return false;
    const answer = await relays.fetch(relay, `/api/attachments/${id}`);
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      return false;
    }
    const { digest } = await attachmentBytes.save(answer.body, known.bytes, () => undefined);
    return digest === known.digest;
  }

  private async sendOne({ relay }: MirrorRecord, note: NoteId, id: AttachmentId): Promise<void> {
    const { context, relays } = this.parts;
    const file = await context.catalogue.attachments.get(id);
    const body = file === null ? null : await context.catalogue.attachmentBytes.open(file.digest);
    if (file === null || body === null) return;
    const path = `/api/mirror/attachments/${id}?note=${note}&name=${encodeURIComponent(file.name)}`;
    const answer = await relays.fetch(relay, path, {
      method: 'PUT',
      headers: { 'content-type': file.type },
      body: new Uint8Array(await new Response(body).arrayBuffer()),
    });
    await answer.body?.cancel();
    // Too large for there, or of a kind that is not taken: the text goes without it.
    if (answer.status === 403) throw new AppError('not_allowed', 'a file may not be sent');
    if (answer.status >= 500 && answer.status !== 507)
      throw new AppError('home_unreachable', `a file was not taken: ${answer.status}`);
  }
}

/** @see RFC 6266 */
function nameIn(header: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  return encoded === undefined
    ? (/filename="([^"]*)"/.exec(header ?? '')?.[1] ?? '')
    : decodeURIComponent(encoded);
}
