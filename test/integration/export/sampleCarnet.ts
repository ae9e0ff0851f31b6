import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import type { AttachmentId, CarnetId, NoteId } from '#shared/domain/ids.ts';
import { type BookContent, nothingAbsent, type OutsideNote } from '#server/export/BookContent.ts';
import { bookNote } from '../../support/bookNote.ts';
import { makePng } from './makePng.ts';

const sentences = [
  'La coopérative a commencé dans une cuisine, avec quatre voisines et une cafetière trop petite.',
  'Pendant l’hiver, les réunions se tenaient au sous-sol de la bibliothèque, où l’on parlait bas par habitude.',
  'Chaque décision importante passait par deux lectures, à une semaine d’intervalle, pour laisser aux désaccords le temps de se dire.',
  'Nous avons appris que l’accompagnement ne remplace pas l’initiative, mais qu’il l’empêche souvent de s’épuiser.',
  'Les auteur·trices de ces pages ont choisi de garder les hésitations : elles font partie de ce qui se transmet.',
  'Une responsabilité partagée n’est pas une responsabilité diluée, à condition que chacun·e sache où commence la sienne.',
  'Le potager collectif a servi de prétexte à des conversations qui n’auraient pas eu lieu autour d’une table.',
  'Il fallut renégocier trois fois l’entente avec la municipalité avant d’obtenir l’usage permanent du terrain.',
  'Les documents comptables, autrefois dispersés, sont désormais consultables par l’ensemble des membres.',
  'On y trouve des erreurs, des reprises, des bifurcations imprévues et quelques réussites tranquilles.',
  'La participation a doublé lorsque les rencontres ont été déplacées au mercredi, après le repas communautaire.',
  'Ce qui paraissait une contrainte administrative s’est révélé une excellente occasion de clarifier nos intentions.',
  'Personne ne se souvient exactement de qui vint l’idée, et c’est probablement la meilleure preuve qu’elle était commune.',
  'Les organismes partenaires ont demandé que les apprentissages soient documentés au fur et à mesure, plutôt qu’à la fin.',
];

const subjects = [
  'Le jardin',
  'La cuisine',
  'L’atelier',
  'Le conseil',
  'La bibliothèque',
  'Le marché',
  'Les voisinages',
  'La forêt',
  'Le quai',
  'L’école',
];
const angles = [
  'ce que nous avons appris la première année',
  'récit d’une décision difficile prise à plusieurs voix',
  'comment s’organise le partage des responsabilités entre les membres',
];

function picker(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % count;
  };
}

function prose(pick: (count: number) => number, count: number): string {
  return Array.from({ length: count }, () => sentences[pick(sentences.length)] ?? '')
    .join(' ')
    .replaceAll(' :', '\u00a0:');
}

function longTable(pick: (count: number) => number, rows: number): BodyNode {
  const places = [
    'Estrie',
    'Gaspésie',
    'Lanaudière',
    'Mauricie',
    'Outaouais',
    'Côte-Nord',
    'Abitibi-Témiscamingue',
  ];
  return build.table(
    ['Région', 'Groupes', 'Rencontres', 'Remarques'],
    ...Array.from({ length: rows }, (_, at) => [
      places[at % places.length] ?? '',
      String(3 + pick(40)),
      String(10 + pick(200)),
      (sentences[pick(sentences.length)] ?? '').slice(0, 60),
    ]),
  );
}

/** Ids of notes outside the carnet. The private one is a term that this reader may not see. */
export const outsideIds = {
  private: 'note-privee',
  elsewhere: 'note-ailleurs',
  terms: ['terme-0', 'terme-1', 'terme-2', 'terme-3'],
  privateTerm: 'terme-prive',
  organisation: 'organisation-0',
} as const;

const outsideNotes: Readonly<Record<string, OutsideNote>> = {
  [outsideIds.elsewhere]: { title: 'Une note d’un autre carnet', kind: 'note', definition: '', forms: [] },
  [outsideIds.organisation]: {
    title: 'Coopérative du Quai',
    kind: 'organisation',
    definition: '',
    forms: [],
  },
  'terme-0': {
    title: 'accompagnement',
    kind: 'term',
    definition: 'Ce qu’une personne fait à côté d’une autre, à son pas, sans décider à sa place.',
    forms: ['accompagner'],
  },
  'terme-1': {
    title: 'commun',
    kind: 'term',
    definition:
      'Ressource tenue par celles et ceux qui s’en servent, selon des règles qu’ils et elles se donnent.',
    forms: ['communs', 'bien commun'],
  },
  'terme-2': {
    title: 'entente de principe',
    kind: 'term',
    definition: 'Accord sur l’essentiel, avant le détail.',
    forms: [],
  },
  'terme-3': {
    title: 'éducation populaire',
    kind: 'term',
    definition: 'Apprendre ensemble, de ce que l’on vit.',
    forms: [],
  },
};

const term = (termId: string, words: string): BodyNode =>
  build.marked({ type: 'termLink', attrs: { termId } }, words);

const wideTable = (pick: (count: number) => number): BodyNode =>
  build.table(
    [
      'Mois',
      ...[
        'Rencontres',
        'Présences',
        'Bénévoles',
        'Heures',
        'Repas',
        'Trajets',
        'Dons',
        'Dépenses',
        'Reports',
        'Solde',
      ],
    ],
    ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'].map((month) => [
      month,
      ...Array.from({ length: 10 }, () => String(100 + pick(90_000))),
    ]),
  );

const longCode = [
  'def moyenne(valeurs, poids=None):',
  '    """Moyenne pondérée des présences, où chaque rencontre compte selon sa durée en heures, et non pour une seule."""',
  '    poids = poids or [1] * len(valeurs)',
  '    return sum(v * p for v, p in zip(valeurs, poids)) / sum(poids)  # https://exemple.org/une/adresse/tres/longue/qui/ne/tient/pas/sur/une/ligne',
].join('\n');

function openingOf(at: number): BodyNode[] {
  if (at % 7 === 0)
    return [
      build.mathBlock('\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i'),
      build.codeBlock('python', longCode),
    ];
  if (at % 7 === 3)
    return [build.figure('table', 'Les chiffres de la saison, mois par mois', [wideTable(picker(at))])];
  if (at % 7 === 5)
    return [
      {
        type: 'audio',
        attrs: { attachmentId: `son-${at}`, name: 'Entretien avec les fondatrices.mp3' },
        content: [
          { type: 'figureCaption', content: [{ type: 'text', text: 'Entretien enregistré au printemps.' }] },
        ],
      },
    ];
  return [];
}

function noteBody(at: number, ids: readonly string[]): BodyNode {
  const pick = picker(at * 7919 + 13);
  const next = ids[(at + 1) % ids.length] ?? '';
  const earlier = ids[(at + 11) % ids.length] ?? '';
  return build.body(
    build.paragraph(
      prose(pick, 4),
      build.footnote('Voir le procès-verbal de la rencontre de ', build.italic('printemps'), '.'),
    ),
    build.paragraph(
      prose(pick, 3),
      ' Cette idée est reprise dans ',
      build.noteLink(next),
      ', et discutée dans ',
      build.noteLink(earlier),
      '. On y parle d’',
      term(outsideIds.terms[at % 3] ?? '', 'accompagnement'),
      ', et d’une ',
      term(outsideIds.privateTerm, 'affaire réservée'),
      '.',
    ),
    build.heading(1, 'Les circonstances du commencement et les personnes qui s’y sont engagées'),
    build.paragraph(prose(pick, 6)),
    build.image(
      {
        attachmentId: `image-${at}`,
        alt: 'Collines dans la brume',
        naturalWidth: 640,
        naturalHeight: 400,
        label: `paysage-${at}`,
      },
      'Le terrain, vu du chemin, au début de l’automne.',
    ),
    build.paragraph(
      'La ',
      build.crossReference(`paysage-${at}`),
      ' montre le terrain; la ',
      build.crossReference(`bilan-${at}`, 'page'),
      ' le chiffre. ',
      prose(pick, 3),
    ),
    build.heading(2, 'Ce qui a été décidé'),
    build.bulletList(prose(pick, 1), prose(pick, 2), [build.bold('Une réserve. '), prose(pick, 1)]),
    build.callout('warning', build.paragraph(prose(pick, 2))),
    build.paragraph(prose(pick, 5), build.footnote(prose(pick, 1)), ' ', prose(pick, 2)),
    ...openingOf(at),
    build.heading(1, 'Bilan'),
    build.paragraph(
      prose(pick, 3),
      ' Le détail est sur le ',
      build.link(`https://exemple.org/bilans/${at % 4}`, 'site des bilans'),
      ', tenu par la ',
      build.noteLink(outsideIds.organisation),
      '.',
    ),
    build.figure(
      'table',
      'Groupes et rencontres, par région',
      [longTable(pick, at % 5 === 0 ? 44 : 6)],
      `bilan-${at}`,
    ),
    build.taskList(
      { done: true, item: 'Transmettre le bilan aux membres' },
      { done: false, item: 'Préparer la saison prochaine' },
    ),
    build.blockquote(build.paragraph(prose(pick, 1))),
    build.paragraph(
      prose(pick, 4),
      ' Voir aussi ',
      build.noteLink(outsideIds.private),
      ' et ',
      build.noteLink(outsideIds.elsewhere),
      '.',
    ),
  );
}

const partNames = ['Commencer', 'Tenir ensemble', 'Transmettre'];

/** The first note opens the book, the last was filed nowhere. */
const partOf = (at: number, count: number): string | null =>
  at === 0 || at === count - 1 ? null : (partNames[Math.floor((at * partNames.length) / count)] ?? null);

/** A carnet of `count` notes, each with a picture, a table, notes, links to others, references and headings; in three parts, with terms, an organisation and a cover. */
export function sampleCarnet(count: number): BookContent {
  const ids = Array.from({ length: count }, (_, at) => `note-${at}`);
  const notes = ids.map((id, at) =>
    bookNote({
      id,
      title: `${subjects[at % subjects.length] ?? ''}\u00a0: ${angles[Math.floor(at / subjects.length) % angles.length] ?? ''}`,
      kind: at % 10 === 9 ? 'organisation' : 'note',
      part: partOf(at, count),
      terms: (at % 6 === 0 ? ['terme-3', outsideIds.privateTerm] : []) as NoteId[],
      sheet:
        at % 10 === 9
          ? { ...emptySheet, address: `${at}, rue des Érables\nRimouski`, site: 'https://exemple.org/ecole' }
          : emptySheet,
      body: noteBody(at, ids),
      authors:
        at % 3 === 0 ? ['Ana Silva'] : ['Marie Tremblay', 'Tom Roy', 'Ana Silva'].slice(0, 1 + (at % 3)),
      modifiedAt: Date.UTC(2026, 1, 1 + at, 12),
    }),
  );
  return {
    id: 'id' as CarnetId,
    subject: 'carnet',
    title: 'Le carnet des voisinages',
    description:
      'Trente récits d’organisation collective, recueillis auprès de celles et ceux qui les ont menés.',
    authors: ['Ana Silva', 'Marie Tremblay', 'Tom Roy'],
    language: 'fr',
    date: Date.UTC(2026, 10, 22, 12),
    notes,
    parts: partNames,
    cover: { image: 'image-7' as AttachmentId, alternative: 'Collines au matin', colour: 'sapin' },
    managers: ['Marie Tremblay'],
    communities: ['Les Voisinages'],
    absent: { ...nothingAbsent, withheld: 2 },
    edition: null,
    changes: null,
    place: { site: 'Calepin', origin: 'https://carnets.exemple.org' },
    outside: (noteId) => outsideNotes[noteId] ?? null,
    loadAttachment: (attachmentId) =>
      Promise.resolve(
        attachmentId.startsWith('image-')
          ? {
              bytes: makePng(640, 400, Number(attachmentId.slice('image-'.length))),
              name: `${attachmentId}.png`,
              mediaType: 'image/png',
            }
          : { bytes: new Uint8Array(8), name: 'son.mp3', mediaType: 'audio/mpeg' },
      ),
  };
}
