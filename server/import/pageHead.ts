/** What stands between the two lines of `---` at the head of a file. */
export interface PageHead {
  /** Texts and lists of texts, by name; numbers and truths as they are written. */
  readonly fields: ReadonlyMap<string, string | readonly string[]>;
  /** The text below it. */
  readonly rest: string;
}

const longestHead = 32 * 1024;

function scalar(written: string): string {
  const value = written.trim();
  if (value.startsWith('"')) {
    try {
      const read: unknown = JSON.parse(value);
      if (typeof read === 'string') return read;
    } catch {
      return value.replace(/^"|"$/g, '');
    }
  }
  if (value.length > 1 && value.startsWith("'") && value.endsWith("'"))
    return value.slice(1, -1).replaceAll("''", "'");
  return value.replace(/\s+#.*$/, '');
}

/** `[a, "b, c"]`: in the way of JSON where it is, else cut at the commas. */
function flowList(written: string): string[] {
  try {
    const read: unknown = JSON.parse(written);
    if (Array.isArray(read)) return read.map(String);
  } catch {
    // Of YAML's own: words without quotes.
  }
  return written
    .slice(1, -1)
    .split(',')
    .map(scalar)
    .filter((one) => one !== '');
}

/**
 * Reads the head of a file: that of our own exports, whose values are JSON, and of YAML what programs write there: a word or a list on a line, a list below it. What is nested
 * is passed over.
 */
export function readPageHead(text: string): PageHead {
  const found = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text.slice(0, longestHead));
  if (found === null) return { fields: new Map(), rest: text };
  const lines = (found[1] ?? '').split(/\r?\n/);
  // A rule above a text and another one below it make no head.
  if (!lines.every((line) => /^(\s*$|\s*#|\s+\S|- |[^\s:][^:]*:(\s|$))/.test(line)))
    return { fields: new Map(), rest: text };
  const fields = new Map<string, string | readonly string[]>();
  let below: { name: string; list: string[] } | null = null;
  for (const line of lines) {
    const item = /^\s*-\s+(.*)$/.exec(line);
    if (item !== null && below !== null) {
      below.list.push(scalar(item[1] ?? ''));
      fields.set(below.name, below.list);
      continue;
    }
    const pair = /^([^\s:#][^:]*):(?:\s+(.*))?$/.exec(line);
    if (pair === null) continue;
    const name = (pair[1] ?? '').trim().toLowerCase();
    const value = (pair[2] ?? '').trim();
    below = value === '' ? { name, list: [] } : null;
    if (value === '') continue;
    fields.set(name, /^\[.*\]$/.test(value) ? flowList(value) : scalar(value));
  }
  return { fields, rest: text.slice(found[0].length) };
}
