import { phoneHref, siteName } from '#shared/domain/contact.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { Language } from '#shared/domain/Person.ts';
import { regionName } from '#shared/domain/regions.ts';
import { isEmptySheet, type NoteSheet, type TermForm, termForms } from '#shared/document/sheet.ts';

type Labels = Readonly<Record<TermForm | 'address' | 'region' | 'phone' | 'email' | 'site', string>>;

const labels: Readonly<Record<Language, Labels>> = {
  fr: {
    feminine: 'Féminin',
    plural: 'Pluriel',
    inclusive: 'Écriture inclusive',
    aliases: 'Autres noms',
    address: 'Adresse',
    region: 'Région',
    phone: 'Téléphone',
    email: 'Courriel',
    site: 'Site',
  },
  en: {
    feminine: 'Feminine',
    plural: 'Plural',
    inclusive: 'Inclusive writing',
    aliases: 'Other names',
    address: 'Address',
    region: 'Region',
    phone: 'Telephone',
    email: 'E-mail',
    site: 'Site',
  },
};

/** How what a sheet says is called, in every language. */
export const sheetLabels: ReadonlySet<string> = new Set(Object.values(labels).flatMap(Object.values<string>));

/** One thing that a sheet says, as people read it. */
export interface SheetFact {
  readonly label: string;
  /** May have several lines. */
  readonly text: string;
  /** Where it leads; null for what is only read. */
  readonly href: string | null;
}

/** What a sheet says in words: of a term its definition and forms, of an organisation where it is and how it is reached. Null where it says nothing. */
export interface SheetWords {
  readonly definition: string;
  readonly facts: readonly SheetFact[];
}

/** @param language - of the words around. */
export function sheetWords(sheet: NoteSheet, kind: NoteKind, language: Language): SheetWords | null {
  if (isEmptySheet(sheet, kind)) return null;
  const words = labels[language];
  const fact = (name: keyof Labels, text: string, href: string | null = null): SheetFact[] =>
    text === '' ? [] : [{ label: words[name], text, href }];
  if (kind === 'term')
    return {
      definition: sheet.definition,
      facts: termForms.flatMap((form) => fact(form, sheet[form].join(', '))),
    };
  const { address, region, phone, email, site } = sheet;
  return {
    definition: '',
    facts: [
      ...fact('address', address),
      ...fact('region', region === null ? '' : regionName(region, language)),
      ...fact('phone', phone, phoneHref(phone)),
      ...fact('email', email, `mailto:${email}`),
      ...fact('site', site === '' ? '' : siteName(site), site),
    ],
  };
}
