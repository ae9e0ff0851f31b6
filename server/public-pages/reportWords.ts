import type { Language } from '#shared/domain/Person.ts';

/** The words of the form by which a page is reported. */
export interface ReportWords {
  readonly title: string;
  readonly intro: string;
  readonly reason: string;
  /** Of the field that nobody fills in. */
  readonly trap: string;
  readonly send: string;
  readonly empty: string;
  readonly sent: string;
  readonly tooMany: string;
  readonly unknown: string;
}

const french: ReportWords = {
  title: 'Signaler une page',
  intro:
    'Dites aux personnes qui tiennent ce Calepin ce qui ne va pas sur cette page. Aucun compte n’est nécessaire.',
  reason: 'Ce qui ne va pas',
  trap: 'Laissez ce champ vide',
  send: 'Envoyer le signalement',
  empty: 'Dites en quelques mots ce qui ne va pas.',
  sent: 'Merci. Les personnes qui tiennent ce Calepin vont examiner cette page.',
  tooMany: 'Beaucoup de signalements viennent d’arriver. Réessayez dans une heure.',
  unknown: 'Il n’y a pas ici de page que tout le monde peut lire.',
};

const english: ReportWords = {
  title: 'Report a page',
  intro: 'Tell the people who look after this Calepin what is wrong with this page. No account is needed.',
  reason: 'What is wrong',
  trap: 'Leave this field empty',
  send: 'Send the report',
  empty: 'Say in a few words what is wrong.',
  sent: 'Thank you. The people who look after this Calepin will look at this page.',
  tooMany: 'Many reports have just arrived. Try again in an hour.',
  unknown: 'There is no page here that everybody may read.',
};

/** The words for a language. */
export function reportWords(language: Language): ReportWords {
  return language === 'en' ? english : french;
}
