import type { Logger } from 'pino';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import type { Connection } from '../ws/Connection.ts';
import type { RoleOf } from './RelayDocuments.ts';
import type { Room } from './Room.ts';

/** A right that is gone is not used for longer than 2 s (threat model, A7); the policy has most of that to answer. */
const maxAnswerMs = 1_500;

/** Asks the policy about those who have a document open. An answer to a question that was put before the last change is worth nothing. */
export class AccessChecks {
  private readonly roleOf: RoleOf;
  private readonly logger: Logger;
  /** How often rights changed: an answer from before the last time is asked for again. */
  changes = 0;
  private readonly askedFor = new WeakMap<Connection, number>();

  constructor(roleOf: RoleOf, logger: Logger) {
    this.roleOf = roleOf;
    this.logger = logger;
  }

  /** Rights may have changed. Whoever lost theirs is closed with 4403, whose role changed is told. */
  async recheck(rooms: readonly Room[]): Promise<void> {
    this.changes++;
    await Promise.all(
      rooms.flatMap((room) =>
        [...room.members.keys()].map((connection) => this.recheckOne(room, connection)),
      ),
    );
  }

  private async recheckOne(room: Room, connection: Connection): Promise<void> {
    const asked = this.changes;
    this.askedFor.set(connection, asked);
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Error('the policy did not answer in time'));
    }, maxAnswerMs);
    try {
      const answer = this.roleOf(connection.session.person?.id ?? null, room.document);
      const role = await Promise.race([answer, late]);
      if (this.askedFor.get(connection) === asked) room.setRole(connection, role);
    } catch (error) {
      // Nobody keeps a right that cannot be looked up: they come back, and are asked about again.
      this.logger.error({ err: error, document: room.document }, 'a right could not be looked up');
      connection.close(closeCodes.storage, 'storage_failed');
    } finally {
      clearTimeout(timer);
    }
  }
}
