/** What HedgeDoc calls what stands out of the text, as notes do; what it folds is said by `details`. */
const callouts: Readonly<Record<string, string>> = {
  success: 'tip',
  info: 'info',
  warning: 'warning',
  danger: 'warning',
};

const opening = /^ {0,3}:{3,}[ \t]*(success|info|warning|danger|spoiler)\b[ \t]*(.*)$/i;
const closing = /^ {0,3}:{3,}[ \t]*$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Markdown in which HedgeDoc's containers (`:::info` … `:::`) are elements around Markdown, which every reader of it knows. What stands in code is left alone, and a container that is
 * not closed.
 */
export function withContainers(source: string): string {
  if (!source.includes(':::')) return source;
  const lines = source.split('\n');
  const open: { at: number; end: string; begin: string }[] = [];
  let code: string | null = null;
  for (const [at, line] of lines.entries()) {
    const mark = fence.exec(line)?.[1] ?? null;
    if (code !== null) {
      if (mark?.startsWith(code) === true && line.trim() === mark) code = null;
      continue;
    }
    if (mark !== null) {
      code = mark;
      continue;
    }
    const found = opening.exec(line);
    if (found !== null) {
      const kind = (found[1] ?? '').toLowerCase();
      const begin =
        kind === 'spoiler'
          ? `\n<details><summary>\n\n${found[2] ?? ''}\n\n</summary>\n`
          : `\n<aside data-callout="${callouts[kind] ?? 'info'}">\n${found[2] === '' ? '' : `\n**${found[2]}**\n`}`;
      open.push({ at, begin, end: kind === 'spoiler' ? '\n</details>\n' : '\n</aside>\n' });
    } else if (closing.test(line)) {
      const last = open.pop();
      if (last === undefined) continue;
      lines[last.at] = last.begin;
      lines[at] = last.end;
    }
  }
  return lines.join('\n');
}
