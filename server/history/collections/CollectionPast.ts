import { AppError } from '#shared/api/errorCodes.ts';
import { readAllCategories, readEntries, titleOf } from '#shared/document/fields.ts';
import type { CollectionId, Epoch } from '#shared/domain/ids.ts';
import type { AuthoredLog } from '../../Identities.ts';
import type { Documents } from '../../room/Documents.ts';
import { rowAt } from '../rowAt.ts';
import { type CollectionStory, readStory } from './collectionActs.ts';
import type { Places } from './places.ts';
import { notKnown } from '../notKnown.ts';

/** So many are kept of those last asked about; what a story holds is small, reading its rows is not. */
const maxKept = 16;

interface KeptStory {
  readonly epoch: Epoch;
  readonly seq: number;
  readonly story: Promise<CollectionStory>;
}

/** What a carnet, or a base, held after a row. */
export interface PlacesThen extends Places {
  readonly seq: number;
  readonly title: string;
}

/** What was done to carnets and bases, and what they held at any moment. Rights are decided by who calls. */
export class CollectionPast {
  private readonly log: AuthoredLog;
  private readonly documents: Pick<Documents, 'read'>;
  private readonly kept = new Map<CollectionId, KeptStory>();

  constructor(parts: { readonly log: AuthoredLog; readonly documents: Pick<Documents, 'read'> }) {
    this.log = parts.log;
    this.documents = parts.documents;
  }

  /** Somebody became one with another: who did what is read again. */
  forget(): void {
    this.kept.clear();
  }

  /** @throws AppError `not_allowed` for an unknown one; `document_damaged`. */
  async story(id: CollectionId): Promise<CollectionStory & { readonly lastSeq: number }> {
    const head = await this.log.head(id);
    if (head === null) {
      this.kept.delete(id);
      throw notKnown();
    }
    const { epoch, seq } = head;
    let known = this.kept.get(id);
    if (known === undefined || known.epoch !== epoch || known.seq !== seq) {
      known = { epoch, seq, story: this.log.read(id, 0, seq).then(readStory) };
      known.story.catch(() => this.kept.delete(id));
    }
    // The one that was asked about last stays longest.
    this.kept.delete(id);
    this.kept.set(id, known);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= maxKept) break;
      this.kept.delete(oldest);
    }
    return { ...(await known.story), lastSeq: seq };
  }

  /** The last row of an instant or before, and its time; the first, before it. */
  async rowAt(id: CollectionId, at: number): Promise<{ readonly seq: number; readonly time: number }> {
    const found = (await rowAt(this.log, id, at)) ?? (await this.log.read(id, 0, 1))[0];
    if (found === undefined) throw notKnown();
    return found;
  }

  /** A row and its time. @throws AppError `invalid_request` where there is none. */
  async row(id: CollectionId, seq: number): Promise<{ readonly seq: number; readonly time: number }> {
    const [row] = await this.log.read(id, seq - 1, seq);
    if (row === undefined) throw new AppError('invalid_request', 'there is no such row');
    return row;
  }

  /** What it held just after a row; before the first, nothing. */
  async places(id: CollectionId, seq: number): Promise<PlacesThen> {
    const read = await this.documents.read(id, seq);
    if (read === null) throw notKnown();
    const { doc } = read;
    try {
      return {
        seq: read.seq,
        title: titleOf(doc).toJSON().trim(),
        entries: readEntries(doc),
        categories: readAllCategories(doc),
      };
    } finally {
      doc.destroy();
    }
  }
}
