import { Readable } from 'node:stream';
import type { Language } from '#shared/domain/Person.ts';
import type { RegisterKind } from '#shared/domain/Register.ts';
import { actWords, kindWords, valueWords } from '#shared/domain/registerWords.ts';
import type { Caller } from '../Caller.ts';
import { writeCsv } from '../export/csv.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { RegisterQuery } from '../storage/ports/Register.ts';
import { presentRegister } from './presentRegister.ts';

/** Entries that are read at a time. */
const partLength = 500;

const headers: Readonly<Record<Language, readonly string[]>> = {
  fr: [
    'Numéro',
    'Date et heure (UTC)',
    'Qui',
    'Identifiant de qui',
    'Acte',
    'Sorte d’objet',
    'Objet',
    'Identifiant de l’objet',
    'Personne concernée',
    'Identifiant de la personne concernée',
    'Valeur',
    'Appareil',
    'Session',
  ],
  en: [
    'Number',
    'Date and time (UTC)',
    'Who',
    'Id of who',
    'Act',
    'Kind of object',
    'Object',
    'Id of the object',
    'Person concerned',
    'Id of the person concerned',
    'Value',
    'Device',
    'Session',
  ],
};

/** `2024-02-12 11:47:00`, which spreadsheets take for a moment. */
function moment(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

async function* rowsOf(
  context: RelayContext,
  caller: Caller,
  query: RegisterQuery,
  language: Language,
): AsyncGenerator<(string | number | null)[][]> {
  let before: number | null = null;
  for (;;) {
    const entries = await context.catalogue.register.page(query, before, partLength);
    if (entries.length === 0) return;
    const lines = await presentRegister(context, caller, entries);
    yield entries.map((entry, at) => {
      const { act, value } = entry;
      const { by, person, subject, target } = lines[at]!;
      return [
        entry.number,
        moment(entry.at),
        by?.name ?? null,
        entry.by,
        actWords(act, language),
        kindWords(act.slice(0, act.indexOf('.')) as RegisterKind, language),
        subject?.title ?? null,
        entry.subjectId,
        person?.name ?? null,
        entry.person,
        target?.title ?? valueWords(act, value, language) ?? value,
        entry.device,
        entry.session,
      ];
    });
    before = entries.at(-1)?.number ?? 0;
  }
}

/** The register as a file for a spreadsheet, newest first, made as it is taken. */
export function registerFile(
  context: RelayContext,
  caller: Caller,
  query: RegisterQuery,
  language: Language,
): ReadableStream<Uint8Array> {
  const parts = writeCsv(headers[language], rowsOf(context, caller, query, language), language);
  return Readable.toWeb(Readable.from(parts, { objectMode: false })) as ReadableStream<Uint8Array>;
}
