import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { Language, Person } from '#shared/domain/Person.ts';

/** The words that the relay adds to a public page. */
export interface PublicLabels {
  readonly untitled: string;
  readonly emptyNote: string;
  readonly empty: Readonly<Record<CollectionKind | 'community', string>>;
  readonly kind: Readonly<Record<CollectionKind | 'note' | 'community', string>>;
  readonly communityNotes: string;
  readonly communityCarnets: string;
  /** Leads to the same page in the application. */
  readonly open: string;
  /** What stands for the name of who departed. */
  readonly formerMember: string;
  /** The name of who is known by an archive alone. */
  readonly archived: (name: string) => string;
  /** The name of who is known by what somebody else's computer says. */
  readonly stated: (name: string, host: string) => string;
  readonly by: (names: string) => string;
  readonly and: string;
  readonly published: (date: string) => string;
  readonly modified: (date: string) => string;
  readonly terms: string;
  readonly carnets: string;
  readonly bases: string;
  readonly editions: string;
  readonly edition: (number: number) => string;
  readonly frozen: (date: string) => string;
  readonly digest: string;
  readonly backlinks: string;
  readonly community: string;
  readonly uses: string;
  readonly licence: string;
  readonly allRights: string;
  readonly cite: string;
  readonly count: Readonly<Record<'note' | 'carnet', (count: number) => string>>;
  readonly integrated: (date: string, name: string | null) => string;
  readonly others: string;
  readonly about: string;
  /** Leads to the form by which a page is reported. */
  readonly report: string;
}

const nb = '\u00a0';

const french: PublicLabels = {
  untitled: 'Sans titre',
  emptyNote: 'Cette note est encore vide.',
  empty: {
    carnet: 'Ce carnet n’a pas encore de note que tout le monde peut lire.',
    base: 'Cette base n’a pas encore de carnet que tout le monde peut lire.',
    community: 'Cette communauté n’a pas encore de note ni de carnet que tout le monde peut lire.',
  },
  kind: { note: 'Note', carnet: 'Carnet', base: 'Base', community: 'Communauté' },
  communityNotes: 'Notes',
  communityCarnets: 'Carnets',
  open: 'Ouvrir dans Calepin',
  formerMember: 'Personne partie',
  archived: (name) => `${name} (selon l’archive)`,
  stated: (name, host) => `${name} (selon l’appareil de ${host})`,
  by: (names) => `Par ${names}`,
  and: 'et',
  published: (date) => `Publication${nb}: ${date}`,
  modified: (date) => `Modification${nb}: ${date}`,
  terms: 'Termes reliés',
  carnets: 'Carnets reliés',
  bases: 'Bases reliées',
  editions: 'Éditions',
  edition: (number) => `Édition${nb}${number}`,
  frozen: (date) => `Figée le ${date}`,
  digest: 'empreinte SHA-256',
  backlinks: 'Notes qui mènent ici',
  community: 'Communauté liée',
  uses: 'Utilisé dans',
  licence: 'Licence',
  allRights: 'Tous droits réservés',
  cite: 'Pour citer cette note',
  count: {
    note: (count) => `${count}${nb}${count < 2 ? 'note' : 'notes'}`,
    carnet: (count) => `${count}${nb}${count < 2 ? 'carnet' : 'carnets'}`,
  },
  integrated: (date, name) => (name === null ? `Intégré le ${date}` : `Intégré par ${name}, le ${date}`),
  others: 'Sans catégorie',
  about: 'À propos de cette note',
  report: 'Signaler cette page',
};

const english: PublicLabels = {
  untitled: 'Untitled',
  emptyNote: 'This note is still empty.',
  empty: {
    carnet: 'This carnet has no note yet that everyone may read.',
    base: 'This base has no carnet yet that everyone may read.',
    community: 'This community has no note or carnet yet that everyone may read.',
  },
  kind: { note: 'Note', carnet: 'Carnet', base: 'Base', community: 'Community' },
  communityNotes: 'Notes',
  communityCarnets: 'Carnets',
  open: 'Open in Calepin',
  formerMember: 'Former member',
  archived: (name) => `${name} (according to the archive)`,
  stated: (name, host) => `${name} (according to ${host}’s device)`,
  by: (names) => `By ${names}`,
  and: 'and',
  published: (date) => `Published: ${date}`,
  modified: (date) => `Modified: ${date}`,
  terms: 'Related terms',
  carnets: 'Related carnets',
  bases: 'Related bases',
  editions: 'Editions',
  edition: (number) => `Edition${nb}${number}`,
  frozen: (date) => `Frozen on ${date}`,
  digest: 'SHA-256 digest',
  backlinks: 'Notes that lead here',
  community: 'Linked community',
  uses: 'Used in',
  licence: 'Licence',
  allRights: 'All rights reserved',
  cite: 'To cite this note',
  count: {
    note: (count) => `${count} ${count === 1 ? 'note' : 'notes'}`,
    carnet: (count) => `${count} ${count === 1 ? 'carnet' : 'carnets'}`,
  },
  integrated: (date, name) => (name === null ? `Added on ${date}` : `Added by ${name} on ${date}`),
  others: 'Without a category',
  about: 'About this note',
  report: 'Report this page',
};

/** English for a note in English, French for every other. */
export function publicLanguage(tag: string): Language {
  return /^en(-|$)/i.test(tag) ? 'en' : 'fr';
}

/** The words for a language. */
export function publicLabels(language: Language): PublicLabels {
  return language === 'en' ? english : french;
}

/** What somebody is called on a public page: who is known by the word of an archive, or of another's computer, is so there too. */
export function shownName(
  { kind, name, statedBy = '' }: Pick<Person, 'kind' | 'name' | 'statedBy'>,
  labels: PublicLabels,
): string {
  if (kind === 'departed') return labels.formerMember;
  if (kind === 'archived') return labels.archived(name);
  return kind === 'stated' ? labels.stated(name, statedBy) : name;
}
