import { Readable } from 'node:stream';
import type { IncidentEntry } from '#shared/domain/Incident.ts';
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
    'Incident : jour, ou premier jour',
    'Incident : dernier jour',
    'Incident : connu le',
    'Incident : ce qui est arrivé',
    'Incident : renseignements personnels',
    'Incident : nombre de personnes',
    'Incident : risque de préjudice sérieux',
    'Incident : ce qui mène à cette conclusion',
    'Incident : mesures prises',
    'Incident : personnes avisées le',
    'Incident : Commission avisée le',
    'Incident : pourquoi cette modification',
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
    'Incident: day, or first day',
    'Incident: last day',
    'Incident: known on',
    'Incident: what happened',
    'Incident: personal information',
    'Incident: number of people',
    'Incident: risk of serious injury',
    'Incident: what leads to that conclusion',
    'Incident: measures taken',
    'Incident: people told on',
    'Incident: Commission told on',
    'Incident: why this amendment',
  ],
};

const yesNo: Readonly<Record<Language, readonly [string, string]>> = {
  fr: ['oui', 'non'],
  en: ['yes', 'no'],
};

type Cell = string | number | null;

/** What was stated of an incident, for the line that says that it was entered; nothing for every other line. */
function incidentCells(entry: IncidentEntry | undefined, language: Language): Cell[] {
  const [yes, no] = yesNo[language];
  return entry === undefined
    ? Array.from({ length: 12 }, () => null)
    : [
        entry.occurredFrom,
        entry.occurredUntil,
        entry.knownOn,
        entry.what,
        entry.information,
        entry.peopleCount,
        entry.isSerious ? yes : no,
        entry.why,
        entry.measures,
        entry.peopleToldOn,
        entry.commissionToldOn,
        entry.reason,
      ];
}

/** `2024-02-12 11:47:00`, which spreadsheets take for a moment. */
function moment(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

async function* rowsOf(
  context: RelayContext,
  caller: Caller,
  query: RegisterQuery,
  language: Language,
): AsyncGenerator<Cell[][]> {
  let before: number | null = null;
  for (;;) {
    const entries = await context.catalogue.register.page(query, before, partLength);
    if (entries.length === 0) return;
    const lines = await presentRegister(context, caller, entries);
    const stated = entries.some(({ act }) => act.startsWith('incident.'))
      ? await context.catalogue.incidents.list()
      : [];
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
        ...incidentCells(
          stated.find((one) => one.incident === entry.subjectId && String(one.number) === value),
          language,
        ),
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
