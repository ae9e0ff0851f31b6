/** One replacement in a text, in UTF-16 units. */
export interface TitleEdit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/**
 * The smallest replacement that turns one text into another. Where several are equally small (a letter doubled), the one at
 * the caret, so that what two people type stays where each typed it.
 * @param caret - place of the caret in `next`, after the edit.
 * @returns null when the texts are equal.
 */
export function titleEdit(now: string, next: string, caret: number): TitleEdit | null {
  if (now === next) return null;
  const longestEnd = Math.min(now.length, next.length, Math.max(0, next.length - caret));
  let end = 0;
  while (end < longestEnd && now.charCodeAt(now.length - 1 - end) === next.charCodeAt(next.length - 1 - end))
    end += 1;
  const longestStart = Math.min(now.length, next.length) - end;
  let start = 0;
  while (start < longestStart && now.charCodeAt(start) === next.charCodeAt(start)) start += 1;
  // Where the caret is not at the edit (a correction by the system), the ends beyond it are common too.
  const most = Math.min(now.length, next.length) - start;
  while (end < most && now.charCodeAt(now.length - 1 - end) === next.charCodeAt(next.length - 1 - end))
    end += 1;
  if (start > 0 && (splitsPair(now, start) || splitsPair(next, start))) start -= 1;
  if (end > 0 && (splitsPair(now, now.length - end) || splitsPair(next, next.length - end))) end -= 1;
  return { at: start, removed: now.length - start - end, inserted: next.slice(start, next.length - end) };
}

/** Where a place in a text is after a replacement elsewhere: an insertion at the very place leaves it before. */
export function carryPlace(place: number, edit: TitleEdit): number {
  if (place <= edit.at) return place;
  if (place >= edit.at + edit.removed) return place - edit.removed + edit.inserted.length;
  return edit.at;
}

/** A title is one line. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029\t]+/gu, ' ');
}
