import { AppError } from '#shared/api/errorCodes.ts';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { AuthorMode, Note } from '#shared/domain/Note.ts';
import type { Region } from '#shared/domain/regions.ts';
import { type Asker, canReadNote, noteRole } from '#shared/permissions/permissions.ts';
import { foldText, wordsOf } from '#shared/domain/foldText.ts';
import type { NoteHolder, NoteListQuery, NotePersonRole, NoteRecord, NoteStore } from '../ports/NoteStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** Notes of the catalogue in memory. */
export class MemoryNoteStore implements NoteStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async add(note: NoteRecord): Promise<void> {
    if (this.#tables.notes.has(note.id)) throw new AppError('conflict', 'a note with this id is there');
    this.#tables.notes.set(note.id, { ...note });
  }

  statementsToAdd(): null {
    return null;
  }

  async get(id: NoteId): Promise<NoteRecord | null> {
    return this.#tables.note(id);
  }

  async getMany(ids: readonly NoteId[]): Promise<ReadonlyMap<NoteId, NoteRecord>> {
    return new Map(
      ids.flatMap((id) => {
        const note = this.#tables.note(id);
        return note === null ? [] : [[id, note] as const];
      }),
    );
  }

  #all(): NoteRecord[] {
    return [...this.#tables.notes.keys()].flatMap((id) => this.#tables.note(id) ?? []);
  }

  async ofAuthor(person: PersonId): Promise<readonly NoteRecord[]> {
    return this.#all()
      .filter((note) => note.authors.includes(person))
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  async holders(): Promise<readonly NoteHolder[]> {
    return this.#all().map(({ id, authorMode, authors, community }) => {
      const [first = null, second] = authors.filter((one) => this.#tables.isPersonHere(one));
      return { id, soleAuthor: authorMode === 'people' && second === undefined ? first : null, community };
    });
  }

  async ofCommunity(id: CommunityId): Promise<readonly NoteRecord[]> {
    return this.#all()
      .filter((note) => note.community === id)
      .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  }

  async list(query: NoteListQuery): Promise<{ notes: readonly NoteRecord[]; total: number }> {
    const readable = this.#all().filter(
      (note) =>
        (note.trashedAt !== null) === query.trashed &&
        (query.kind === undefined || note.kind === query.kind) &&
        (query.template === undefined || note.isTemplate) &&
        (query.author === undefined || note.authors.includes(query.author)) &&
        (query.named === undefined || this.#isNamed(note, query.named)) &&
        (query.region === undefined || this.#regionOf(note) === query.region) &&
        canReadNote(noteRole(query.asker, { ...note, trashed: note.trashedAt !== null })),
    );
    const title = (note: NoteRecord) =>
      foldText(this.#tables.noteIndexes.get(note.id)?.index.title ?? '').trim();
    const modifiedAt = (note: NoteRecord) =>
      this.#tables.noteIndexes.get(note.id)?.index.modifiedAt ?? note.createdAt;
    const compare = {
      title: (a: NoteRecord, b: NoteRecord) =>
        Number(title(a) === '') - Number(title(b) === '') ||
        (title(a) < title(b) ? -1 : Number(title(a) > title(b))) ||
        b.createdAt - a.createdAt,
      modified: (a: NoteRecord, b: NoteRecord) => modifiedAt(b) - modifiedAt(a),
      created: (a: NoteRecord, b: NoteRecord) => b.createdAt - a.createdAt,
    }[query.sort];
    readable.sort((a, b) => compare(a, b) || (a.id < b.id ? -1 : 1));
    return { notes: readable.slice(query.offset, query.offset + query.limit), total: readable.length };
  }

  #isNamed(note: NoteRecord, named: string): boolean {
    const known = this.#tables.noteIndexes.get(note.id);
    const form = wordsOf(named).join(' ') || named;
    return (
      foldText(known?.index.title ?? '').includes(named) ||
      known?.forms.some((one) => one.includes(form)) === true
    );
  }

  #regionOf(note: NoteRecord): Region | null {
    return this.#tables.noteIndexes.get(note.id)?.index.sheet.region ?? null;
  }

  async organisationCounts(asker: Asker): Promise<ReadonlyMap<Region, number>> {
    const counts = new Map<Region, number>();
    for (const note of this.#all()) {
      const region = this.#regionOf(note);
      if (note.kind !== 'organisation' || note.trashedAt !== null || region === null) continue;
      if (canReadNote(noteRole(asker, { ...note, trashed: false })))
        counts.set(region, (counts.get(region) ?? 0) + 1);
    }
    return counts;
  }

  async change(
    id: NoteId,
    change: Partial<
      Pick<Note, 'kind' | 'visibility' | 'publishedAt' | 'trashedAt' | 'community' | 'licence'>
    >,
    trace?: Trace,
  ): Promise<void> {
    const note = this.#tables.notes.get(id);
    if (note === undefined) return;
    this.#tables.notes.set(id, { ...note, ...change });
    this.#tables.write(trace);
  }

  async setAuthorMode(
    id: NoteId,
    authorMode: AuthorMode,
    _at: number,
    trace: Trace,
    change: Partial<Pick<Note, 'kind' | 'visibility' | 'publishedAt' | 'community' | 'licence'>> = {},
  ): Promise<void> {
    const note = this.#tables.notes.get(id);
    const following = this.#tables.responsables(id);
    if (note === undefined) return;
    // Those who become authors by name come after those who were.
    const authors = [...note.authors.filter((one) => !following.includes(one)), ...following];
    const isGuest = (one: PersonId): boolean => authorMode === 'community' || !authors.includes(one);
    const commenters = [...new Set([...note.commenters, ...note.authors])].filter(isGuest);
    const readers = note.readers.filter(isGuest);
    this.#tables.notes.set(id, {
      ...note,
      ...change,
      authorMode,
      authors: authorMode === 'people' ? authors : [],
      commenters,
      readers,
    });
    this.#tables.write(trace);
  }

  async addPerson(
    id: NoteId,
    person: PersonId,
    role: NotePersonRole,
    _at: number,
    trace?: Trace,
  ): Promise<void> {
    this.#tables.setNoteRole(id, person, role);
    if (role === 'author') this.#tables.requests.get(id)?.delete(person);
    this.#tables.write(trace);
  }

  async removeAuthor(id: NoteId, person: PersonId, trace?: Trace): Promise<boolean> {
    const note = this.#tables.notes.get(id);
    if (note === undefined || !note.authors.includes(person)) return true;
    // Beside the responsables of a community nobody by name is the last one.
    const others = note.authors.filter((one) => one !== person && this.#tables.isPersonHere(one));
    if (others.length === 0 && note.authorMode === 'people') return false;
    this.#tables.notes.set(id, { ...note, authors: note.authors.filter((one) => one !== person) });
    this.#tables.write(trace);
    return true;
  }

  async dismissTerm(id: NoteId, term: NoteId, at: number | null): Promise<void> {
    const before = this.#tables.dismissedTerms.get(id) ?? [];
    const without = before.filter((one) => one !== term);
    this.#tables.dismissedTerms.set(id, at === null ? without : [...without, term]);
  }

  async dismissedTerms(id: NoteId): Promise<readonly NoteId[]> {
    return this.#tables.dismissedTerms.get(id) ?? [];
  }

  async removeGuest(id: NoteId, person: PersonId, trace: Trace): Promise<void> {
    const note = this.#tables.notes.get(id);
    if (note === undefined || ![...note.readers, ...note.commenters].includes(person)) return;
    const without = (list: readonly PersonId[]) => list.filter((one) => one !== person);
    const [commenters, readers] = [without(note.commenters), without(note.readers)];
    this.#tables.notes.set(id, { ...note, commenters, readers });
    this.#tables.write(trace);
  }
}
