import type { Logger } from 'pino';
import type { RelayEvent } from '#shared/api/events.ts';
import type { MeetingContent } from '#shared/api/meeting.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import type { Timers } from '../history/Timers.ts';
import { HomeLine } from '../mirror/HomeLine.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import type { JoinedMeetings } from './JoinedMeetings.ts';

export interface MeetingCopiesOptions {
  readonly joined: JoinedMeetings;
  readonly mirror: Pick<MirrorFace, 'keep' | 'onState'>;
  readonly timers: Timers;
  readonly logger: Logger;
  /** What the host says changed there. */
  readonly onEvent: (event: RelayEvent) => void;
}

/** Keeps a copy here of everything that joined meetings hold: from the joining on, and of what comes into them while they last. Nothing is taken off this computer at their end. */
export class MeetingCopies {
  readonly #options: MeetingCopiesOptions;
  readonly #lines = new Map<FollowedRelayId, HomeLine>();
  readonly #turns = new Map<FollowedRelayId, Promise<void>>();
  #stops: readonly (() => void)[] = [];

  constructor(options: MeetingCopiesOptions) {
    this.#options = options;
  }

  start(): void {
    const { joined, mirror, logger } = this.#options;
    this.#stops = [
      joined.onChanged((id) => this.#follow(id)),
      // The socket is closed with the reason; the address answers no request any more.
      mirror.onState((_, state) => {
        if (state?.problem !== 'not_signed_in' || joined.get(state.relay) === null) return;
        joined.end(state.relay).catch((error: unknown) => {
          logger.error({ err: error }, 'the end of a meeting could not be kept');
        });
      }),
    ];
    for (const { id } of joined.list()) this.#follow(id);
  }

  /** Safe to call twice. */
  close(): void {
    for (const stop of this.#stops) stop();
    for (const line of this.#lines.values()) line.close();
    this.#lines.clear();
  }

  #follow(id: FollowedRelayId): void {
    const { joined, timers, onEvent } = this.#options;
    this.#lines.get(id)?.close();
    this.#lines.delete(id);
    if (joined.get(id) === null) return;
    this.#lines.set(
      id,
      new HomeLine({
        fetch: (path, init) => joined.fetch(id, path, init),
        timers,
        onOpen: () => void this.bringUp(id),
        onLost: () => null,
        onEvent: (event) => {
          onEvent(event);
          // Which notes a carnet holds, or which of them may be read.
          if (event.type === 'carnet' || event.type === 'note' || event.type === 'lists')
            void this.bringUp(id);
        },
      }),
    );
  }

  /** Keeps what a meeting holds now. @returns when its carnets are here, or cannot be had; its notes follow. */
  async bringUp(id: FollowedRelayId): Promise<void> {
    // One after the other: what is asked for while one is under way may be newer than its answer.
    const carnets = (this.#turns.get(id) ?? Promise.resolve()).then(() => this.#keepCarnets(id));
    const all = carnets.then((held) => this.#keepNotes(id, held));
    this.#turns.set(id, all);
    await carnets;
  }

  async #keepCarnets(id: FollowedRelayId): Promise<MeetingContent['carnets']> {
    const { joined, mirror } = this.#options;
    if (!this.#lines.has(id)) return [];
    const held: MeetingContent['carnets'] = [];
    await this.#tried(async () => {
      const { carnets } = await joined.content(id);
      for (const carnet of carnets) {
        await mirror.keep(carnet.id, 'carnet', id, 'opened');
        held.push(carnet);
      }
    });
    return held;
  }

  async #keepNotes(id: FollowedRelayId, carnets: MeetingContent['carnets']): Promise<void> {
    for (const note of carnets.flatMap(({ notes }) => notes))
      await this.#tried(() => this.#options.mirror.keep(note.id, 'note', id, 'opened'));
  }

  /** Over, out of reach, or taken out meanwhile: it is asked for again when the line opens, or with the next change. */
  async #tried(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof AppError))
        this.#options.logger.error({ err: error }, 'copies of a meeting could not be kept');
    }
  }
}
