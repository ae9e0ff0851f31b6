import { body, bulletList, callout, heading, orderedList, paragraph, table } from '../buildContent.ts';
import type { BuiltInTemplate, BuiltInTemplateKey } from './BuiltInTemplate.ts';

const nb = '\u00a0';
/** What is to be written behind a label. */
const after = (label: string): string => `${label}${nb}: `;

export const frenchTemplates: Readonly<Record<BuiltInTemplateKey, BuiltInTemplate>> = {
  meeting: {
    title: 'Compte rendu de réunion',
    body: body(
      paragraph(after('Date, heure et lieu')),
      heading(1, 'Présences'),
      bulletList(
        after('Personnes présentes'),
        after('Personnes absentes'),
        after('Animation'),
        after('Prise de notes'),
      ),
      heading(1, 'Ordre du jour'),
      orderedList('Accueil et tour de table', 'Suivi de la dernière rencontre', 'Prochaine rencontre'),
      heading(1, 'Ce qui s’est dit'),
      callout(
        'tip',
        paragraph(
          'Un titre par point, l’essentiel en quelques phrases. On ne nomme quelqu’un qu’avec son accord.',
        ),
      ),
      paragraph(),
      heading(1, 'Décisions'),
      bulletList(after('Décision')),
      heading(1, 'À faire'),
      table(['Quoi', 'Qui', 'Pour quand'], ['', '', ''], ['', '', '']),
      heading(1, 'Prochaine rencontre'),
      paragraph(after('Date, heure et lieu')),
    ),
  },
  guide: {
    title: 'Fiche pratique',
    body: body(
      heading(1, 'En bref'),
      paragraph('En deux ou trois phrases, ce que cette fiche permet de faire.'),
      heading(1, 'Pour qui, et quand'),
      bulletList(after('À qui elle sert'), after('Dans quelle situation'), after('Temps à prévoir')),
      heading(1, 'Ce qu’il faut'),
      bulletList('Des personnes', 'Du matériel', 'Un lieu'),
      heading(1, 'Étapes'),
      orderedList('Préparer', 'Faire', 'Revenir sur ce qui s’est passé'),
      heading(1, 'À surveiller'),
      callout('warning', paragraph('Ce qui rate souvent, et comment l’éviter.')),
      heading(1, 'Rendre accessible'),
      paragraph('Ce qui aide chaque personne à participer : lieu, horaire, langue, coût, garde d’enfants.'),
      heading(1, 'Pour aller plus loin'),
      bulletList('Une note, un site, une personne à qui écrire'),
    ),
  },
  minutes: {
    title: 'Procès-verbal',
    body: body(
      paragraph(after('Instance')),
      paragraph(after('Date, heure et lieu')),
      heading(1, 'Ouverture et quorum'),
      paragraph(
        'Ouverture à … h, par … (présidence). Personnes présentes ayant droit de vote : …; quorum atteint : oui / non.',
      ),
      bulletList(
        after('Présidence'),
        after('Secrétariat'),
        after('Personnes présentes'),
        after('Personnes absentes'),
      ),
      heading(1, 'Ordre du jour'),
      orderedList(
        'Adoption de l’ordre du jour',
        'Adoption du procès-verbal de la dernière rencontre',
        'Levée',
      ),
      paragraph('L’ordre du jour est proposé par …, appuyé par … et adopté à l’unanimité.'),
      heading(1, 'Procès-verbal de la dernière rencontre'),
      paragraph('Proposé par …, appuyé par …. Adopté à l’unanimité.'),
      heading(1, 'Résolutions'),
      table(
        ['Numéro', 'Résolution', 'Proposée par', 'Appuyée par', 'Vote'],
        ['1', 'Il est résolu de …', '', '', 'Adoptée'],
      ),
      heading(1, 'Suites à donner'),
      table(['Quoi', 'Qui', 'Pour quand'], ['', '', '']),
      heading(1, 'Levée'),
      paragraph('La levée est proposée par … à … h.'),
      paragraph(after('Signatures de la présidence et du secrétariat')),
    ),
  },
};
