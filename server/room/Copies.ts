import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import type { PresenceEntry } from '#shared/protocol/readClientFrame.ts';
import type { GroupCommit } from '../log/GroupCommit.ts';
import type { NewRow, UpdateLog } from '../storage/ports/UpdateLog.ts';
import { frameUpdate } from '../ws/frame.ts';
import type { DocumentCopies, GivenUp, HomeRows } from './DocumentCopies.ts';
import type { PersonOf } from './PresenceElsewhere.ts';
import type { Room } from './Room.ts';
import type { AcceptedRow } from './RoomContent.ts';
import type { RoomRegistry } from './RoomRegistry.ts';
import { parseUpdate } from './update/parseUpdate.ts';
import { trimUpdate } from './update/trimUpdate.ts';

const noLimits = { maxStringBytes: Infinity };

interface Parts {
  readonly log: UpdateLog;
  readonly commits: GroupCommit;
  readonly registry: RoomRegistry;
  /** A copy begins, or begins anew. */
  readonly begun: (document: DocumentId, seq: number) => void;
}

/** What a mirror writes in copies, through their rooms. */
export class Copies implements DocumentCopies {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  rebase(document: DocumentId, home: HomeRows): Promise<{ seq: number; homeSeq: number }> {
    const { after, epoch, settled } = home;
    const { log, commits } = this.parts;
    return this.within(document, async (room) => {
      if (room.content.epoch !== epoch || room.content.homeSeq !== after)
        throw new AppError('conflict', `rows of document ${document} of another life, or not the next`);
      const rows = home.rows.map((row) => accept(room, { ...row, document }));
      room.homeRowsCome();
      try {
        return await commits.alone(async () => {
          const end = await log.rebase({ document, epoch, after, rows: rows.map(({ row }) => row), settled });
          room.rebased(
            rows,
            end,
            settled.map((seq) => seq - after),
          );
          return end;
        });
      } catch (error) {
        room.rebaseFailed(error);
        throw error;
      }
    });
  }

  async begin(document: DocumentId, epoch: Epoch, isOfAnother = false): Promise<{ seq: number }> {
    const { log, commits, registry, begun } = this.parts;
    const end = await commits.alone(async () => {
      const found = await log.rebase({ document, epoch, after: 0, rows: [], settled: [], isOfAnother });
      registry.peek(document)?.endCopy();
      // They were checked against what was there before, and nobody was told that they are kept.
      commits.giveUp(document, new AppError('conflict', 'the copy began anew'));
      return found;
    });
    begun(document, end.seq);
    return end;
  }

  async release(document: DocumentId): Promise<void> {
    const { log, commits, registry, begun } = this.parts;
    const head = await commits.alone(async () => {
      await log.becomeHome(document);
      registry.peek(document)?.endCopy();
      commits.giveUp(document, new AppError('conflict', 'the document is a copy no more'));
      return log.head(document);
    });
    begun(document, head?.seq ?? 0);
  }

  async giveUpWaiting(document: DocumentId, { after, last, fresh }: GivenUp): Promise<{ seq: number }> {
    const { log, commits, registry, begun } = this.parts;
    const settled = Array.from({ length: last - after }, (_, at) => after + 1 + at);
    const end = await commits.alone(async () => {
      const found = await this.orComeBack(document, () =>
        log.rebase({ document, epoch: fresh, after, rows: [], settled, last }),
      );
      registry.peek(document)?.endLife();
      commits.giveUp(document, new AppError('epoch_changed', 'the copy began another life'));
      return found;
    });
    begun(document, end.seq);
    return end;
  }

  async forget(document: DocumentId, last?: number): Promise<void> {
    const { log, commits, registry } = this.parts;
    await commits.alone(async () => {
      await this.orComeBack(document, () => log.destroy(document, [], last));
      registry.peek(document)?.endLife();
      commits.giveUp(document, new AppError('epoch_changed', 'the copy began another life'));
    });
  }

  mended(document: DocumentId): void {
    this.parts.registry.peek(document)?.endCopy();
  }

  takeIn(document: DocumentId, updates: readonly Uint8Array[]): Promise<void> {
    return this.within(document, async (room) => {
      const nobody = {
        person: null,
        device: null,
        deviceTime: null,
        via: 'mirror',
        operation: null,
      } as const;
      for (const bytes of updates) {
        const parsed = parseUpdate(bytes, noLimits);
        const news = room.content.state.compare(parsed);
        if (news === null) throw lacking(document);
        if (news.structs.length === 0 && news.deletes.length === 0) continue;
        const trimmed = frameUpdate(trimUpdate(bytes, parsed, news));
        const clients = room.content.owners.toStore(news.structs);
        const row = { document, time: Date.now(), ...nobody, bytes: trimmed.bytes, clients };
        room.store({ row, news, frame: trimmed.frame, risk: parsed.risk }, null, () => undefined);
      }
      await this.parts.commits.settled();
      if (room.isOver) throw new AppError('storage_failed', 'what was sent was not stored');
    });
  }

  showPresent(
    document: DocumentId,
    entries: readonly PresenceEntry[] | null,
    personOf: PersonOf = (person) => person,
  ): void {
    const { registry } = this.parts;
    const { elsewhere } = registry;
    const news = entries === null ? elsewhere.clear(document) : elsewhere.take(document, entries, personOf);
    registry.peek(document)?.showElsewhere(news);
  }

  presentHere(document: DocumentId): readonly PresenceEntry[] {
    return this.parts.registry.peek(document)?.presence.entries() ?? [];
  }

  onPresent(listener: (document: DocumentId, entry: PresenceEntry) => void): () => void {
    return this.parts.registry.elsewhere.onShown(listener);
  }

  /** Where rows came in between, whoever writes comes back: until they do, what is there can be kept. */
  private async orComeBack<T>(document: DocumentId, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict')
        this.parts.registry.peek(document)?.endCopy();
      throw error;
    }
  }

  private async within<T>(document: DocumentId, work: (room: Room) => Promise<T>): Promise<T> {
    const room = await this.parts.registry.open(document);
    if (room === null) throw new AppError('not_allowed', `no document ${document}`);
    try {
      if (room.isOver) throw new AppError('storage_failed', 'the document is being read again');
      return await work(room);
    } finally {
      room.release();
    }
  }
}

/** A row of the home counts as known from now on. */
function accept(room: Room, row: Omit<NewRow, 'clients'>): AcceptedRow {
  const parsed = parseUpdate(row.bytes, noLimits);
  const news = room.content.state.compare(parsed);
  if (news === null) {
    // What was taken in of the rows before it is nowhere.
    room.endCopy();
    throw lacking(room.document);
  }
  const { frame, bytes } = frameUpdate(row.bytes);
  const clients = room.content.owners.toStore(news.structs);
  const accepted = { row: { ...row, bytes, clients }, news, frame, risk: parsed.risk };
  room.content.accept(accepted);
  return accepted;
}

const lacking = (document: DocumentId): AppError =>
  new AppError('document_damaged', `what came for document ${document} does not follow from its copy`);
