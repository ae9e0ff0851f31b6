import type { QuotedPassage } from '#shared/document/compare/quotedPassages.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { BookContent, BookEdition } from '#server/export/BookContent.ts';
import type { EditionChanges, NoteChange } from '#server/export/EditionChanges.ts';

const at = Date.UTC(2026, 2, 5, 12);
const edition: BookEdition = {
  number: 2,
  title: 'Version déposée',
  remark: null,
  at,
  digest: 'd'.repeat(64),
  isWhole: true,
};
const none = { passages: [], morePassages: 0 };
const marie = { name: 'Marie Tremblay', added: 1_250, removed: 1 };
const tom = { name: 'Tom Roy, de la Coopérative d’habitation des Voisinages réunis', added: 0, removed: 42 };
const unknown = { name: null, added: 0, removed: 0 };

const passages: QuotedPassage[] = [
  [
    { text: '… autour de la ', change: 'same' },
    { text: 'cafetière', change: 'removed' },
    { text: 'grande table de la cuisine collective', change: 'added' },
    { text: ' et de ses voisines …', change: 'same' },
  ],
  [
    {
      text: 'Un paragraphe entier que personne n’avait encore écrit, avec un <signe> & un mot très long. '.repeat(
        2,
      ),
      change: 'added',
    },
  ],
];

/** The book as a second edition, with an annex that holds each kind of change: of its first notes, and of one that went. */
export function withChanges(content: BookContent): BookContent {
  const kinds: Partial<NoteChange>[] = [
    {
      text: 'changed',
      titleBefore: 'Un titre d’avant, <long> & beau',
      authors: [
        { ...marie, passages, morePassages: 1_250 },
        { ...tom, ...none },
        { ...unknown, ...none },
      ],
    },
    { place: 'came', authors: [{ ...marie, ...none }] },
    { moved: { from: null, to: 'S’organiser' }, text: 'changed' },
    { moved: { from: 'Habiter', to: 'Habiter' }, text: 'wentBack' },
  ];
  const notes = kinds.flatMap((kind, index): NoteChange[] => {
    const note = content.notes[index];
    return note === undefined ? [] : [{ ...plain, id: note.id, title: note.title, ...kind }];
  });
  const changes: EditionChanges = {
    from: { number: 1, title: '', at: at - 86_400_000 },
    notes: [...notes, { ...plain, title: 'Une note qui est partie', place: 'went' }],
    authors: [
      { ...marie, added: 2_500, removed: 2, notes: 2 },
      { ...tom, notes: 1 },
      { ...unknown, notes: 1 },
    ],
    isPartial: true,
  };
  return { ...content, edition, changes };
}

const plain: NoteChange = {
  id: 'partie' as NoteId,
  title: '',
  place: 'stayed',
  moved: null,
  text: 'same',
  titleBefore: null,
  authors: null,
};
