import type { PersonId } from '#shared/domain/ids.ts';
import type { AccessRequest, RequestStore, RequestSubject } from '../ports/RequestStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Who asks for what, in memory. */
export class MemoryRequestStore implements RequestStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async ask({ subjectId }: RequestSubject, request: AccessRequest, trace: Trace): Promise<boolean> {
    const waiting = this.#tables.requests.get(subjectId) ?? new Map<PersonId, AccessRequest>();
    if (waiting.has(request.person)) return false;
    this.#tables.requests.set(subjectId, waiting.set(request.person, request));
    this.#tables.write(trace);
    return true;
  }

  async list(subjectId: RequestSubject['subjectId']): Promise<readonly AccessRequest[]> {
    return [...(this.#tables.requests.get(subjectId)?.values() ?? [])].sort(
      (a, b) => a.at - b.at || (a.person < b.person ? -1 : 1),
    );
  }

  async settle(
    subject: RequestSubject,
    person: PersonId,
    approved: boolean,
    _at: number,
    trace: Trace,
  ): Promise<boolean> {
    if (this.#tables.requests.get(subject.subjectId)?.delete(person) !== true) return false;
    if (approved && subject.subject === 'note') this.#tables.setNoteRole(subject.subjectId, person, 'author');
    if (approved && subject.subject === 'community')
      this.#tables.setCommunityRole(subject.subjectId, person, 'member');
    this.#tables.write(trace);
    return true;
  }
}
