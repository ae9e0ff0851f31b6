import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { PresenceEntry } from '#shared/protocol/readClientFrame.ts';
import { checkValue } from './update/checkValue.ts';

/** Who somebody of a home is here. */
export type PersonOf = (person: PersonId) => PersonId;

/** How many people a home may show in a document. */
const maxPresent = 500;
/** Clocks that are remembered: an old one is of use for as long as a window that saw it is open. */
const maxClocks = 50_000;

/** Somebody who is in a document at its home. */
interface Present {
  /** The home's clock: what is not newer is no news. */
  readonly heard: number;
  readonly entry: PresenceEntry;
}

/**
 * Who is in documents at their homes, as the mirror is told, and what is said here that is to be told there. Clocks are counted here: somebody who comes back over another line, with the clock that they had,
 * would be passed over by who saw them leave.
 */
export class PresenceElsewhere {
  private readonly documents = new Map<DocumentId, Map<number, Present>>();
  private readonly clocks = new Map<number, number>();
  private readonly listeners = new Set<(document: DocumentId, entry: PresenceEntry) => void>();
  private readonly maxBytes: number;

  /** @param maxBytes - of what one person shows. */
  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** Everyone who is in a document at its home. */
  entries(document: DocumentId): PresenceEntry[] {
    return [...(this.documents.get(document)?.values() ?? [])].map(({ entry }) => entry);
  }

  /** What a home said. @returns what is news of it, as it is shown here. */
  take(document: DocumentId, entries: readonly PresenceEntry[], personOf: PersonOf): PresenceEntry[] {
    const present = this.documents.get(document) ?? new Map<number, Present>();
    this.documents.set(document, present);
    return entries.flatMap(({ client, clock, state }) => {
      const known = present.get(client);
      if (state === 'null') {
        if (known === undefined || clock < known.heard) return [];
        present.delete(client);
        return [this.gone(client)];
      }
      if (known === undefined ? present.size >= maxPresent : clock <= known.heard) return [];
      const shown = this.stamp(state, personOf);
      if (shown === null) return [];
      const entry = { client, clock: this.nextClock(client, clock), state: shown };
      present.set(client, { heard: clock, entry });
      return [entry];
    });
  }

  /** The way to the home is lost: nobody is known to be there. @returns what tells who saw them. */
  clear(document: DocumentId): PresenceEntry[] {
    const present = this.documents.get(document);
    this.documents.delete(document);
    if (this.clocks.size > maxClocks) this.clocks.clear();
    return [...(present?.keys() ?? [])].map((client) => this.gone(client));
  }

  /** Somebody who has a document open here shows, moved, or left. */
  shown(document: DocumentId, entry: PresenceEntry): void {
    for (const listener of this.listeners) listener(document, entry);
  }

  onShown(listener: (document: DocumentId, entry: PresenceEntry) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private gone(client: number): PresenceEntry {
    return { client, clock: this.nextClock(client, 0), state: 'null' };
  }

  private nextClock(client: number, atLeast: number): number {
    const clock = Math.max(atLeast, (this.clocks.get(client) ?? 0) + 1);
    this.clocks.set(client, clock);
    return clock;
  }

  /** The person of this computer has another id there. Null for what nobody shows so. */
  private stamp(state: string, personOf: PersonOf): string | null {
    if (Buffer.byteLength(state) > this.maxBytes) return null;
    try {
      const value = JSON.parse(state) as { user?: { id?: unknown; name?: unknown; colour?: unknown } | null };
      checkValue(value);
      const { id, name, colour } = value.user ?? {};
      if (typeof id !== 'string' || typeof name !== 'string' || typeof colour !== 'string') return null;
      return JSON.stringify({ ...value, user: { id: personOf(id as PersonId), name, colour } });
    } catch {
      return null;
    }
  }
}
