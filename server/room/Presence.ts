import type { PresenceEntry } from '#shared/protocol/readClientFrame.ts';
import type { Connection } from '../ws/Connection.ts';
import type { Session } from '../ws/Session.ts';
import { checkValue } from './update/checkValue.ts';

interface Present {
  readonly connection: Connection;
  clock: number;
  /** JSON, stamped; 'null' when the client said that it left. */
  state: string;
}

/** What became of one entry of a presence message. `repeated`: somebody else's or old news, passed over in silence. */
export type PresenceOutcome =
  | { readonly kind: 'accepted'; readonly entry: PresenceEntry }
  | { readonly kind: 'repeated' | 'forged' | 'malformed' | 'tooLarge' };

/** Who is in a room, as the protocol's awareness states. One client id per connection; name, id and colour come from the session. */
export class Presence {
  private readonly byClient = new Map<number, Present>();
  private readonly ownClient = new Map<Connection, number>();

  /** The client id under which this connection is present, if any. */
  clientOf(connection: Connection): number | null {
    return this.ownClient.get(connection) ?? null;
  }

  /** Whether somebody is, or was, present under a client id. */
  has(client: number): boolean {
    return this.byClient.has(client);
  }

  /** True for presence of somebody else in the room just as it is known here. */
  repeats(connection: Connection, entry: PresenceEntry): boolean {
    const present = this.byClient.get(entry.client);
    if (present === undefined || present.connection === connection) return false;
    return present.clock >= entry.clock && present.state === entry.state;
  }

  /**
   * Takes one entry of a message.
   * @param own - the connection's client id: the entry's, or the one that it had before.
   */
  accept(connection: Connection, own: number, entry: PresenceEntry, maxBytes: number): PresenceOutcome {
    const known = this.byClient.get(entry.client);
    if (entry.client !== own) {
      // A stock client repeats what it hears of others; news of them from it would be a forgery.
      const newer = known !== undefined && entry.clock > known.clock;
      return { kind: newer ? 'forged' : 'repeated' };
    }
    if (known !== undefined && known.connection === connection) {
      const left = entry.clock === known.clock && entry.state === 'null' && known.state !== 'null';
      if (entry.clock <= known.clock && !left) return { kind: 'repeated' };
    }
    if (Buffer.byteLength(entry.state) > maxBytes) return { kind: 'tooLarge' };
    // Whoever leaves is said to have left one clock later, and that must be a number that everyone can read.
    if (entry.clock >= Number.MAX_SAFE_INTEGER) return { kind: 'malformed' };
    const state = stamp(entry.state, connection.session);
    if (state === null) return { kind: 'malformed' };
    if (known !== undefined) this.ownClient.delete(known.connection);
    this.byClient.set(entry.client, { connection, clock: entry.clock, state });
    this.ownClient.set(connection, entry.client);
    return { kind: 'accepted', entry: { client: entry.client, clock: entry.clock, state } };
  }

  /** Takes a connection out. @returns what tells the others, if they had seen it. */
  remove(connection: Connection): PresenceEntry | null {
    const client = this.ownClient.get(connection);
    if (client === undefined) return null;
    this.ownClient.delete(connection);
    const present = this.byClient.get(client);
    if (present?.connection !== connection) return null;
    this.byClient.delete(client);
    return present.state === 'null' ? null : { client, clock: present.clock + 1, state: 'null' };
  }

  /** Everyone who is present. */
  entries(): PresenceEntry[] {
    return [...this.byClient]
      .filter(([, present]) => present.state !== 'null')
      .map(([client, { clock, state }]) => ({ client, clock, state }));
  }
}

/** Overwrites who it is with what the session says. Null when the state is not a JSON object or null, or no client writes it so. */
function stamp(state: string, session: Session): string | null {
  if (state === 'null') return state;
  let value: unknown;
  try {
    value = JSON.parse(state);
    checkValue(value);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { person } = session;
  const user = person === null ? null : { id: person.id, name: person.name, colour: person.colour };
  return JSON.stringify({ ...value, user });
}
