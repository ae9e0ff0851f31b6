import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import type { BookContent } from '#server/export/BookContent.ts';
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
    build.heading(1, 'Bilan'),
    build.paragraph(prose(pick, 3)),
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
      build.noteLink('note-privee'),
      ' et ',
      build.noteLink('note-ailleurs'),
      '.',
    ),
    ...(at % 7 === 0
      ? [
          build.mathBlock('\\bar{x} = \\frac{1}{n}\\sum_{i=1}^{n} x_i'),
          build.codeBlock('python', 'def moyenne(valeurs):\n    return sum(valeurs) / len(valeurs)'),
        ]
      : []),
  );
}

/** A carnet of `count` notes, each with a picture, a table, notes, links to others, references and headings. */
export function sampleCarnet(count: number): BookContent {
  const ids = Array.from({ length: count }, (_, at) => `note-${at}`);
  const notes = ids.map((id, at) =>
    bookNote({
      id,
      title: `${subjects[at % subjects.length] ?? ''}\u00a0: ${angles[Math.floor(at / subjects.length) % angles.length] ?? ''}`,
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
    outsideTitle: (noteId) => (noteId === 'note-ailleurs' ? 'Une note d’un autre carnet' : null),
    loadAttachment: (attachmentId) =>
      Promise.resolve({
        bytes: makePng(640, 400, Number(attachmentId.slice('image-'.length))),
        name: `${attachmentId}.png`,
        mediaType: 'image/png',
      }),
  };
}
