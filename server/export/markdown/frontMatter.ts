/** What a file says of itself. A list stands on one line; null and empty lists are left out. */
export type FrontMatter = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/**
 * The head of a file, between two lines of `---`, in YAML. Each value is written as JSON, which YAML 1.2 contains: nothing in a title can end the head or be
 * read as a date, a number or « no ».
 */
export function frontMatter(fields: FrontMatter): string {
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${toYaml(value)}\n`);
  return `---\n${lines.join('')}---\n`;
}

// JSON lets these stand as they are, YAML ends lines at them.
const toYaml = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[\u0085\u2028\u2029\uFEFF]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
