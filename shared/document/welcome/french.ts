import {
  blockquote,
  body,
  bold,
  bulletList,
  callout,
  code,
  crossReference,
  details,
  figure,
  footnote,
  heading,
  italic,
  mathInline,
  noteLink,
  orderedList,
  paragraph,
  table,
  taskList,
} from '../buildContent.ts';
import type { BodyNode } from '../noteContent.ts';

type Key = 'welcome' | 'together' | 'links' | 'carnets' | 'history' | 'book';
type IdOf = (key: Key) => string;

/** Puts the no-break spaces of French around « : » and inside « ». */
function fr(text: string): string {
  return text.replaceAll(' :', '\u00a0:').replaceAll('« ', '«\u00a0').replaceAll(' »', '\u00a0»');
}

function welcome(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      fr(
        'Calepin est un lieu pour écrire à plusieurs, ranger ce que l’on apprend et en faire des livres. Les notes de ce carnet se lisent en dix minutes. Elles sont à vous : corrigez-les, ajoutez-y, effacez-en.',
      ),
    ),
    heading(1, 'Lire d’abord, écrire ensuite'),
    paragraph(
      fr(
        'Une note s’ouvre pour être lue. Pour la modifier, choisissez « Modifier » en haut de la page, ou appuyez sur la touche ',
      ),
      code('E'),
      '. La touche ',
      code('Échap'),
      ' vous ramène à la lecture.',
    ),
    paragraph(
      fr('Pendant que vous écrivez, tapez '),
      code('/'),
      fr(
        ' au début d’une ligne : la liste de tout ce qui peut entrer dans une note s’ouvre sous vos doigts. Vous pouvez aussi écrire comme en Markdown : ',
      ),
      code('#'),
      ' suivi d’une espace fait un titre, ',
      code('-'),
      ' une liste, ',
      code('>'),
      ' une citation.',
    ),
    heading(1, 'Votre texte est-il à l’abri?'),
    paragraph(
      'L’enregistrement est continu. Un mot en haut de la page dit toujours où en est votre texte, sans jamais l’embellir.',
    ),
    figure(
      'table',
      'Les états d’une note',
      [
        table(
          ['Ce qui est écrit', 'Ce que cela veut dire'],
          ['Modification en cours', 'Vous venez d’écrire. C’est l’affaire d’un instant.'],
          [
            'Enregistré sur cet appareil',
            'Votre texte est sur cet ordinateur, même si l’on coupe le courant.',
          ],
          ['Enregistré', 'Votre texte est là où vit la note. Rien ne peut plus se perdre.'],
          ['Hors ligne', 'La connexion manque. Continuez : tout partira quand elle reviendra.'].map(fr),
        ),
      ],
      'etats',
    ),
    heading(1, 'Pour commencer'),
    taskList(
      { done: true, item: 'Ouvrir cette note' },
      { done: false, item: ['Cocher cette case, en passant par la touche ', code('E')] },
      {
        done: false,
        item: [fr('Inviter quelqu’un, comme l’explique la note « '), noteLink(idOf('together')), fr(' »')],
      },
      { done: false, item: [fr('Relier deux idées : '), noteLink(idOf('links'))] },
      { done: false, item: [fr('Rassembler des notes : '), noteLink(idOf('carnets'))] },
      { done: false, item: [fr('Retrouver un passage effacé : '), noteLink(idOf('history'))] },
      { done: false, item: [fr('Imprimer le tout : '), noteLink(idOf('book'))] },
    ),
    callout(
      'tip',
      paragraph(
        fr('Un seul raccourci à retenir : '),
        code('Ctrl+K'),
        fr('. Il ouvre la palette, où chaque note et chaque commande se trouvent par leur nom. La touche '),
        code('?'),
        ' montre tous les autres.',
      ),
    ),
  );
}

function together(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      fr(
        'Une note peut avoir plusieurs auteurs et autrices. Tout le monde écrit en même temps, dans le même texte : personne n’attend son tour, et aucune copie n’est à fusionner.',
      ),
    ),
    heading(1, 'Inviter quelqu’un'),
    orderedList(
      fr('Choisissez « Partager » en haut de la page.'),
      'Copiez le lien d’invitation et envoyez-le par courriel, ou comme il vous plaira.',
      'La personne choisit son nom et sa couleur, une seule fois, puis elle écrit avec vous.',
    ),
    callout(
      'warning',
      paragraph(
        'Qui possède le lien peut entrer. Envoyez-le aux personnes que vous voulez voir écrire, et à elles seules.',
      ),
    ),
    heading(1, 'Se voir écrire'),
    paragraph(
      'Les visages en haut de la page disent qui est là. Chaque personne a sa couleur, et son nom accompagne son curseur. Ce que les autres écrivent ne déplace ni votre curseur ni votre page.',
    ),
    paragraph(
      fr('Annuler ('),
      code('Ctrl+Z'),
      ') ne défait que ',
      italic('vos'),
      ' gestes',
      footnote(
        fr(
          'Vous pouvez donc revenir sur une phrase sans craindre d’effacer celle qu’une autre personne écrit au même moment. Pour défaire le travail d’autrui, passez par l’historique : c’est un geste visible de tout le monde.',
        ),
      ),
      '.',
    ),
    heading(1, 'Qui peut voir quoi'),
    paragraph(
      'Une note nouvelle n’est visible que de ses auteurs et autrices. Sa visibilité est toujours écrite près du titre et dans le panneau de droite. Rien n’est public par mégarde.',
    ),
    heading(1, 'Sans connexion'),
    paragraph(
      fr(
        'Dans le train, au chalet, dans une salle sans réseau : continuez d’écrire. Au retour de la connexion, votre texte rejoint celui des autres et ',
      ),
      bold('les deux sont gardés'),
      fr('. Les mots « Hors ligne » le disent tant que cela dure; ils sont expliqués dans '),
      noteLink(idOf('welcome')),
      '.',
    ),
  );
}

function links(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      'Une idée vaut par celles qu’elle touche. Relier deux notes doit prendre moins de temps qu’y penser.',
    ),
    heading(1, 'Deux crochets suffisent'),
    paragraph(
      'En écrivant, tapez ',
      code('[['),
      fr(
        ' puis les premières lettres d’un titre. Choisissez la note dans la liste : le lien est fait. En voici un vers ',
      ),
      noteLink(idOf('carnets')),
      '.',
    ),
    callout(
      'info',
      paragraph(
        fr(
          'Un lien ne retient pas un titre mais la note elle-même. Renommez la note : partout où elle est citée, le nouveau titre apparaît. Essayez avec celle-ci.',
        ),
      ),
    ),
    heading(1, 'Le chemin du retour'),
    paragraph(
      fr(
        'Dans le panneau de droite, chaque note montre celles qui parlent d’elle. C’est ainsi que l’on retrouve, des mois plus tard, une réunion, une lecture, une intuition.',
      ),
    ),
    blockquote(
      paragraph(
        'On ne classe pas pour ranger, on classe pour retrouver. Et l’on retrouve mieux par les liens que par les tiroirs.',
      ),
    ),
    heading(1, 'Trois habitudes utiles'),
    bulletList(
      [bold('Une note, une idée.'), ' Une note courte se relie mieux qu’une longue.'],
      [
        bold('Un titre qui dit quelque chose.'),
        fr(' « Réunion du 12 mars » se perd; « Pourquoi nous gardons le lundi » se retrouve.'),
      ],
      [
        bold('Relire en reliant.'),
        ' En ouvrant une ancienne note, ajoutez-lui le lien que vous auriez aimé y trouver.',
      ],
    ),
  );
}

function carnets(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      fr(
        'Un carnet rassemble des notes autour d’un projet, d’un cours, d’un comité. Ce n’est pas un dossier : une même note peut vivre dans plusieurs carnets à la fois, sans être copiée.',
      ),
    ),
    figure(
      'table',
      'Dossier ou carnet?',
      [
        table(
          ['', 'Un dossier', 'Un carnet'],
          ['Où est la note?', 'À un seul endroit', 'Partout où elle sert'],
          ['La corriger', 'Corriger chaque copie', 'Une fois, pour tout le monde'],
          ['L’ordre', 'Par nom ou par date', 'Celui que vous composez'],
          ['À la fin', 'Une pile de fichiers', [fr('Un livre : '), noteLink(idOf('book'))]],
        ),
      ],
      'dossier',
    ),
    heading(1, 'Intégrer une note'),
    paragraph(
      fr(
        'Depuis une note, le panneau de droite montre les carnets qui l’accueillent et permet de l’intégrer à un autre. L’acte est daté et signé : « intégré par Ana, le 5 mars 2024 10:41 ». Il ne modifie pas la note.',
      ),
    ),
    heading(1, 'Composer'),
    bulletList(
      'Donnez à chaque note une catégorie, propre à ce carnet.',
      [fr('Déplacez les notes à la souris ou au clavier : l’ordre du carnet sera celui du livre.')],
      'Épinglez en tête celles que l’on doit lire d’abord.',
    ),
    details(
      'Et si je retire une note d’un carnet?',
      paragraph(
        'Elle quitte ce carnet, et lui seul. Son texte, son histoire et ses autres carnets n’en savent rien.',
      ),
    ),
  );
}

function history(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      fr(
        'Rien de ce qui a été écrit n’est jamais tout à fait perdu. Chaque note garde son histoire entière : qui a écrit quoi, et quand.',
      ),
    ),
    heading(1, 'Des versions sans y penser'),
    paragraph(
      fr(
        'À la fin de chaque séance de travail, une version est gardée d’elle-même. Pour marquer un moment qui compte, un texte soumis ou une décision prise, choisissez « Enregistrer une version » (',
      ),
      code('Ctrl+S'),
      ') et donnez-lui un nom.',
    ),
    heading(1, 'Comparer'),
    paragraph(
      fr(
        'Ouvrez l’historique depuis le panneau de droite et choisissez une version : les mots ajoutés et retirés apparaissent dans la couleur de qui les a écrits ou effacés. Un paragraphe déplacé est dit déplacé, et non effacé puis récrit.',
      ),
    ),
    heading(1, 'Restaurer sans rien détruire'),
    paragraph(
      'Restaurer une version, c’est écrire une version de plus, semblable à l’ancienne. Ce qui avait été fait depuis reste dans l’histoire, et vous pouvez revenir sur la restauration elle-même.',
    ),
    callout(
      'tip',
      paragraph(
        'Avant un grand ménage, nommez une version. On coupe plus franchement quand on sait que rien ne se perd.',
      ),
    ),
    paragraph(fr('Suite et fin : '), noteLink(idOf('book')), '.'),
  );
}

function book(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      fr(
        'Un carnet s’imprime en un geste. Ouvrez le menu d’un carnet, choisissez « Exporter en PDF » et le format de la page : Calepin compose la couverture, la table des matières avec ses vrais numéros de page, les titres courants et les liens.',
      ),
    ),
    heading(1, 'Ce que le livre sait faire'),
    bulletList(
      'Les liens entre les notes mènent à la bonne page.',
      'Les tableaux longs répètent leur en-tête sur chaque page.',
      'Les mots se coupent selon les règles du français, ou de l’anglais dans une note anglaise.',
      'Un lecteur d’écran y trouve ses titres, ses listes et ses images décrites.',
    ),
    figure(
      'table',
      'Les formats',
      [
        table(
          ['Format', 'Largeur', 'Hauteur', 'Pour'],
          ['Lettre', '216 mm', '279 mm', 'l’imprimante du bureau'],
          ['A4', '210 mm', '297 mm', 'l’imprimante, ailleurs'],
          ['A5', '148 mm', '210 mm', 'un livre que l’on tient en main'],
        ),
      ],
      'formats',
    ),
    heading(1, 'Ce que vous pouvez y mettre'),
    paragraph(
      'Des notes de bas de page',
      footnote(
        'En voici une. Dans le livre, elle est réunie aux autres à la fin de la note, et son numéro ramène au texte.',
      ),
      ', des formules comme ',
      mathInline('a^2 + b^2 = c^2'),
      ', des images avec leur légende, et des renvois qui se tiennent à jour, comme celui-ci vers le ',
      crossReference('formats'),
      '.',
    ),
    callout(
      'info',
      paragraph(
        fr('Une note seule s’exporte aussi. Essayez avec celle-ci, puis retournez à '),
        noteLink(idOf('welcome')),
        '. Quand ce carnet ne vous servira plus, mettez-le à la corbeille.',
      ),
    ),
  );
}

/** The welcome carnet in French. */
export const frenchWelcome = {
  language: 'fr',
  title: 'Premiers pas',
  description: fr(
    'Six courtes notes pour prendre Calepin en main. Modifiez-les, ajoutez les vôtres, ou mettez ce carnet à la corbeille : il a été écrit pour servir, pas pour rester.',
  ),
  notes: [
    { key: 'welcome', title: 'Bienvenue dans Calepin', body: welcome },
    { key: 'together', title: 'Écrire à plusieurs', body: together },
    { key: 'links', title: 'Relier les notes', body: links },
    { key: 'carnets', title: 'Des carnets, pas des dossiers', body: carnets },
    { key: 'history', title: 'Revenir en arrière', body: history },
    { key: 'book', title: 'Du carnet au livre', body: book },
  ],
} as const;
