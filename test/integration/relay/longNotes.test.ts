import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { noteIn } from '#server/log/noteIn.ts';
import { Rebuilder } from '#server/log/Rebuilder.ts';
import { paragraph } from '#shared/document/buildContent.ts';
import { termsOf } from '#shared/document/fields.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

let relay: FullRelay;
let author: TestVisitor;
beforeEach(async () => {
  relay = await newFullRelay();
  author = await relay.signIn();
});
afterEach(() => relay.close());

/** A note that says this, and names a term. */
async function write(words: readonly string[], term: string): Promise<NoteId> {
  const { note } = await author.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Jardins',
    language: 'fr',
  });
  await relay.relay.operations.documents.change(note.id, { person: null, operation: 'test' }, (doc) => {
    const content = words.map((text) => paragraph(text));
    replaceNoteContent(doc, { title: 'Jardins', language: 'fr', body: { type: 'doc', content } });
    termsOf(doc).set(term, true);
  });
  return note.id;
}

test('[R205] a large note is read beside the event loop, for the search and for who opens it, and says what it says', async () => {
  const inWorker = vi.spyOn(Rebuilder.prototype, 'note');
  onTestFinished(() => inWorker.mockRestore());
  const { documents } = relay.relay.operations;
  const term = Buffer.alloc(16, 7).toString('base64url');

  const small = await write(['Un mot rare : chrysoprase.'], term);
  const found = (id: NoteId, word: string): Promise<void> =>
    retryUntil('the note is found', async () => {
      const { notes } = await author.json<{ notes: { id: NoteId }[] }>('GET', `/api/search?q=${word}`);
      return notes.some((one) => one.id === id);
    });
  await found(small, 'chrysoprase');
  expect(inWorker).not.toHaveBeenCalled();

  const words = Array.from({ length: 2_000 }, (_, at) => `Le jardin ${at} du quartier est ouvert à toutes.`);
  const large = await write([...words, 'Un autre mot rare : calcédoine.'], term);
  await found(large, 'calcédoine');
  expect(inWorker).toHaveBeenCalled();
  const stored = await documents.read(large);
  expect(stored).not.toBeNull();
  const { seq, wholeTo, ...said } = (await documents.note(large))!;
  expect({ seq, wholeTo }).toEqual({ seq: stored?.seq, wholeTo: null });
  expect(said).toEqual(noteIn(stored!.doc));
  expect(said.terms).toEqual([term]);
  stored?.doc.destroy();
  inWorker.mockClear();
  const shown = await author.json<{ body: { content: unknown[] } }>('GET', `/api/notes/${large}/content`);
  expect([shown.body.content.length, inWorker.mock.calls.length]).toEqual([2_001, 1]);
});
