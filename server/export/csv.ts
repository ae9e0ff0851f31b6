import type { Language } from '#shared/domain/Person.ts';

/** A spreadsheet takes these for the beginning of a formula, and runs it. */
const formula = /^[=+\-@\t\r\n]/;

/** What a spreadsheet in that language parts columns by: the comma is the decimal sign in French. */
const separators: Readonly<Record<Language, string>> = { fr: ';', en: ',' };

function cell(value: string | number | null, separator: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // An apostrophe before it: it is shown as the text that it is.
  const text = formula.test(value) ? `'${value}` : value;
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A table as CSV, as Excel opens it by a double click: UTF-8 with a byte order mark, CRLF, the separator of the language; no cell is run as a formula.
 * @param rows - in parts, each read when the one before it is taken.
 * @see RFC 4180; https://owasp.org/www-community/attacks/CSV_Injection
 */
export async function* writeCsv(
  header: readonly string[],
  rows: AsyncIterable<readonly (readonly (string | number | null)[])[]>,
  language: Language,
): AsyncGenerator<Uint8Array> {
  const separator = separators[language];
  const line = (cells: readonly (string | number | null)[]): string =>
    `${cells.map((value) => cell(value, separator)).join(separator)}\r\n`;
  yield Buffer.from(`\uFEFF${line(header)}`);
  for await (const part of rows) yield Buffer.from(part.map(line).join(''));
}
