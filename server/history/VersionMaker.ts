import { randomBytes } from 'node:crypto';
import { AppError } from '#shared/api/errorCodes.ts';
import { type DocumentId, idFromBytes, type PersonId, type VersionId } from '#shared/domain/ids.ts';
import type { VersionKind } from '#shared/domain/Version.ts';
import type { AuthoredLog } from '../Identities.ts';
import type { VersionRecord, VersionStore } from '../storage/ports/VersionStore.ts';
import { measureRows } from './measureRows.ts';

/** A version that is to be made. */
interface NewVersion {
  readonly kind: VersionKind;
  readonly name: string | null;
  readonly remark?: string | null;
  readonly person: PersonId | null;
  /** Its last row; default: the last of the log. */
  readonly upTo?: number;
  /** Default: now, and for one that nobody asked for, the time of its last row. */
  readonly createdAt?: number;
}

/** What a person says of a version. */
export interface VersionWords {
  readonly name: string;
  readonly remark: string | null;
}

interface Parts {
  readonly log: Pick<AuthoredLog, 'head' | 'read'>;
  readonly versions: VersionStore;
  readonly now: () => number;
  /** Called after a version of a document was made or named. */
  readonly onMade: (document: DocumentId) => void;
}

/** Makes versions and names them. Whoever calls sees to it that of one document there is one at a time. */
export class VersionMaker {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** @param latest - the version before it: whoever wrote since is told with it. */
  async take(document: DocumentId, latest: VersionRecord | null, one: NewVersion): Promise<VersionRecord> {
    const { log, versions, now, onMade } = this.parts;
    const after = latest?.seq ?? 0;
    const rows =
      one.upTo === undefined ? await log.read(document, after) : await log.read(document, after, one.upTo);
    const measure = measureRows(rows);
    const automatic = one.person === null;
    const version: VersionRecord = {
      id: idFromBytes<VersionId>(randomBytes(16)),
      documentId: document,
      seq: measure?.seq ?? after,
      kind: one.kind,
      name: one.name,
      remark: one.remark ?? null,
      // An automatic version bears the time of the last change in it, not the time at which a timer rang.
      createdAt: one.createdAt ?? (automatic ? (measure?.time ?? now()) : now()),
      personId: one.person,
      contributors: measure?.contributors ?? [],
      changeCount: measure?.changeCount ?? 0,
    };
    await versions.add(version);
    onMade(document);
    return version;
  }

  /** The newest version, where nothing was written since; otherwise one of now that nobody asked for. */
  async takeOrLatest(document: DocumentId): Promise<VersionRecord> {
    const [latest, head] = await Promise.all([
      this.parts.versions.latest(document),
      this.parts.log.head(document),
    ]);
    if (latest && latest.seq === head?.seq) return latest;
    const kind = latest === null ? 'first' : 'sitting';
    return this.take(document, latest, { kind, name: null, person: null });
  }

  /** One of now by hand. When nothing changed since an automatic one, that one gets the words. @throws AppError `not_allowed` for an unknown document. */
  async nameNow(document: DocumentId, person: PersonId, words: VersionWords): Promise<VersionRecord> {
    const { name, remark } = words;
    const [latest, head] = await Promise.all([
      this.parts.versions.latest(document),
      this.parts.log.head(document),
    ]);
    if (head === null) throw new AppError('not_allowed', 'unknown, or not for this person');
    // The same words of the same moment: locked again at once, for one.
    if (latest?.seq === head.seq && latest.name === name && (remark ?? latest.remark) === latest.remark)
      return latest;
    if (latest && latest.seq === head.seq && (latest.name ?? name) === name)
      return this.rename(document, latest, person, words);
    return this.take(document, latest, { kind: 'named', ...words, person });
  }

  /** One of an earlier moment by hand; one of that very row gets the words, when it has no other name. @param at - a row of the note, and its time. */
  async nameMoment(
    document: DocumentId,
    person: PersonId,
    words: VersionWords,
    at: { readonly seq: number; readonly time: number },
  ): Promise<VersionRecord> {
    const { name, remark } = words;
    const { versions } = this.parts;
    const same = await versions.between(document, at.seq, at.seq);
    const known = same.find((one) => one.name === name) ?? same.find((one) => one.name === null);
    if (known !== undefined)
      return this.rename(document, known, person, { name, remark: remark ?? known.remark });
    const before = await versions.latest(document, at.seq);
    return this.take(document, before, {
      kind: 'named',
      ...words,
      person,
      upTo: at.seq,
      createdAt: at.time,
    });
  }

  /** @throws AppError `not_allowed` for an unknown version. */
  async rename(
    document: DocumentId,
    known: VersionRecord,
    person: PersonId,
    words: VersionWords,
  ): Promise<VersionRecord> {
    // A version made by the relay becomes the one that a person named; a restored one stays what it is.
    const kind = known.kind === 'restore' ? known.kind : 'named';
    const personId = known.personId ?? person;
    const renamed = await this.parts.versions.rename(document, known.id, { ...words, kind, personId });
    if (renamed === null) throw new AppError('not_allowed', 'unknown, or not for this person');
    this.parts.onMade(document);
    return renamed;
  }
}
