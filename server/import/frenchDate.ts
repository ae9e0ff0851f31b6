const months = [
  ...['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin'],
  ...['juillet', 'aout', 'septembre', 'octobre', 'novembre', 'decembre'],
];

/** How far a zone is from UTC at a moment, in ms. */
function offsetAt(moment: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const),
  });
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day, hour, minute] = (['year', 'month', 'day', 'hour', 'minute'] as const).map(
    (type) => parts.get(type),
  );
  return Date.UTC(year, month - 1, day, hour, minute) - moment;
}

/**
 * Reads « 12 février 2024 11:47 », with or without its time (noon then: the same day nearly everywhere).
 * @param folded - without accents or capitals, as `foldText` writes it.
 * @param zone - where it was written, by its IANA name.
 * @returns Unix milliseconds; null for what is no date.
 */
export function readFrenchDate(folded: string, zone: string): number | null {
  const found = /^(\d{1,2})(?:er)? ([a-z]+) (\d{4})(?:,? (?:a )?(\d{1,2}) ?[:h] ?(\d{2}))?$/.exec(folded);
  if (found === null) return null;
  const [day, year, hour, minute] = [found[1], found[3], found[4] ?? 12, found[5] ?? 0].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const month = months.indexOf(found[2] ?? '');
  const local = Date.UTC(year, month, day, hour, minute);
  const isDate = month !== -1 && new Date(local).getUTCDate() === day && hour < 24 && minute < 60;
  return isDate ? local - offsetAt(local - offsetAt(local, zone), zone) : null;
}
