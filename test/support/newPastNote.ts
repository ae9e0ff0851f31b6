import type { NewRow } from '#server/storage/ports/UpdateLog.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from './newFullRelay.ts';

const minuteMs = 60_000;

/** A note with a past, on a relay of its own whose clock is moved by hand: of Hélène, the local person, and of Awa. */
export interface PastNote {
  readonly relay: FullRelay;
  readonly note: NoteId;
  /** The address of its page. */
  readonly url: string;
  readonly helene: TestVisitor;
  readonly ids: { readonly helene: PersonId; readonly awa: PersonId };
  /** Lets time go by: after ten minutes another sitting begins. */
  readonly wait: (minutes: number) => void;
  /** Somebody makes the note say this. @returns the row. */
  readonly write: (person: PersonId, ...blocks: BodyNode[]) => Promise<number>;
  /** What it says now, block by block. */
  readonly lines: () => Promise<string[]>;
}

const textOf = (node: BodyNode): string => node.text ?? (node.content ?? []).map(textOf).join('');

/** @param language - of the interface, and of the note. @param storage - of the relay. */
export async function newPastNote(
  language: 'fr' | 'en' = 'fr',
  storage: 'memory' | 'sqlite' = 'memory',
): Promise<PastNote> {
  let time = Date.UTC(2026, 2, 12, 14, 5);
  const relay = await newFullRelay({
    storage,
    now: () => time,
    adapt(adapters) {
      // Rows bear the time of the machine: here, that of the clock.
      const { log } = adapters;
      const [append, create] = [log.append.bind(log), log.create.bind(log)];
      const timed = (rows: readonly NewRow[]): NewRow[] => rows.map((row) => ({ ...row, time }));
      log.append = (rows, ...more) => append(timed(rows), ...more);
      log.create = (head, rows = [], ...more) => create(head, timed(rows), ...more);
      return adapters;
    },
  });
  const helene = await relay.signIn(language);
  await helene.json('PATCH', '/api/session/person', { name: 'Hélène' });
  const page = await helene.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Jardins',
    language,
  });
  const note = page.note.id;
  const { url: link } = await helene.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: note,
    role: 'author',
    days: 30,
  });
  const awa = await relay.join(link, 'Awa');
  const { person } = await awa.json<{ person: { id: PersonId } }>('GET', '/api/session');
  const { documents } = relay.relay.operations;
  return {
    relay,
    note,
    url: `${relay.url}/notes/${note}`,
    helene,
    ids: { helene: helene.session.person!.id, awa: person.id },
    wait(minutes) {
      time += minutes * minuteMs;
    },
    async write(by, ...content) {
      time += 1_000;
      const { seq } = await documents.change(note, { person: by, operation: 'test' }, (doc) =>
        replaceNoteContent(doc, { title: 'Jardins', language, body: { type: 'doc', content } }),
      );
      return seq;
    },
    async lines() {
      const { body } = await helene.json<{ body: BodyNode }>('GET', `/api/notes/${note}/history/content`);
      return (body.content ?? []).map(textOf);
    },
  };
}
