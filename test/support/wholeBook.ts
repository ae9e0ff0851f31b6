import * as build from '#shared/document/buildContent.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { makePng } from '../integration/export/makePng.ts';
import { fullBody } from '../unit/shared/document/sampleBody.ts';
import { bookContent } from './bookContent.ts';
import { bookNote } from './bookNote.ts';

/** Everything that a note can hold, twice, and a note that links to them. */
export const wholeBook = bookContent({
  id: 'carnet' as CarnetId,
  subject: 'carnet',
  title: 'Tout & <le reste>',
  description: 'Une\ndescription',
  authors: ['Ana Silva', 'Tom O’Roy'],
  language: 'fr',
  date: Date.UTC(2026, 3, 1),
  notes: [
    bookNote({
      id: 'AAAAAAAAAAAAAAAAAAAAAA',
      title: 'Un',
      body: fullBody,
      authors: ['Ana Silva'],
      modifiedAt: 1e12,
    }),
    bookNote({ id: 'un', title: '', language: 'en', body: fullBody, modifiedAt: 2e12 }),
    bookNote({
      id: 'deux',
      title: 'Liens',
      body: build.body(
        build.heading(2, 'Avant'),
        build.heading(4, 'Au fond'),
        build.heading(1, 'Après'),
        build.paragraph(
          { type: 'noteLink', attrs: { noteId: 'un', text: null } },
          { type: 'crossReference', attrs: { label: 'tab1', form: 'number' } },
          'a\u0001b',
          { type: 'hardBreak' },
          build.footnote('Une note.'),
        ),
      ),
    }),
  ],
  loadAttachment: (id) =>
    Promise.resolve({
      bytes: makePng(8, 8, 1),
      name: id,
      mediaType: id.length % 2 ? 'image/png' : 'text/csv',
    }),
});
