import { randomInt } from 'node:crypto';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { encodeAwareness } from '#shared/protocol/encodeMessage.ts';
import type { PresenceEntry } from '#shared/protocol/readClientFrame.ts';
import type { CopyParts } from './CopyParts.ts';

/** The shortest time between two that are told, in ms: within what a home takes from anybody. */
const spacingMs = 100;

/**
 * Who is in a copy’s document, both ways, while it is open at its home: the people there are shown here, and the person of this computer there, once, wherever they did something last. There they have a client
 * id of this connection’s own, so that theirs and those of windows here are never the same.
 */
export class CopyPresence {
  private readonly document: DocumentId;
  private readonly parts: Pick<CopyParts, 'send' | 'documents' | 'duties'>;
  /** The person of this computer. */
  private person: PersonId | null = null;
  private isOpen = false;
  private client = 0;
  private clock = 0;
  /** What the person shows in each window; the one in which they did something last comes last. */
  private readonly windows = new Map<number, string>();
  private told = 'null';
  private isNews = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(document: DocumentId, parts: Pick<CopyParts, 'send' | 'documents' | 'duties'>) {
    this.document = document;
    this.parts = parts;
  }

  /** The document is open at its home, which says from now on who is there. */
  begin(): void {
    this.isOpen = true;
    this.client = randomInt(1, 2 ** 32);
    this.clock = 0;
    this.told = 'null';
    this.windows.clear();
  }

  /** Tells the home who is here, now and from now on. */
  async announce(): Promise<void> {
    this.person ??= await this.parts.duties.localPerson();
    for (const entry of this.parts.documents.copies.presentHere(this.document)) this.moved(entry);
  }

  /** It is not any more. */
  end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.parts.documents.copies.showPresent(this.document, null);
  }

  /** The home says who is there. */
  heard(entries: readonly PresenceEntry[]): void {
    const { documents, duties } = this.parts;
    if (this.isOpen) documents.copies.showPresent(this.document, entries, duties.personOf);
  }

  /** Somebody shows here, or left. */
  moved({ client, state }: PresenceEntry): void {
    if (!this.isOpen) return;
    if (state === 'null') {
      if (!this.windows.delete(client)) return;
    } else {
      if (this.person === null || personIn(state) !== this.person) return;
      // Said again so that nobody thinks that they left: where else they did something meanwhile stays last.
      if (this.windows.get(client) !== state) this.windows.delete(client);
      this.windows.set(client, state);
    }
    this.isNews ||= this.last === state || this.last !== this.told;
    if (!this.isNews || this.timer !== null) return;
    this.tell();
    this.timer = setTimeout(() => {
      this.timer = null;
      if (this.isNews) this.tell();
    }, spacingMs);
    this.timer.unref();
  }

  private get last(): string {
    return [...this.windows.values()].at(-1) ?? 'null';
  }

  private tell(): void {
    this.isNews = false;
    this.told = this.last;
    this.parts.send(encodeAwareness([{ client: this.client, clock: ++this.clock, state: this.told }]));
  }
}

function personIn(state: string): unknown {
  const value = JSON.parse(state) as { readonly user?: { readonly id?: unknown } | null };
  return value.user?.id ?? null;
}
