import type { BodyNode, NoteContent } from '#shared/document/noteContent.ts';
import { isEmptySheet } from '#shared/document/sheet.ts';
import { noteKinds } from '#shared/domain/Note.ts';

/** Whether there is anything to see in a note. */
export function saysSomething({ title, body, sheet }: NoteContent): boolean {
  const holds = (node: BodyNode): boolean =>
    (node.text ?? '').trim() !== '' ||
    (node.text === undefined &&
      node.content === undefined &&
      node.type !== 'paragraph' &&
      node.type !== 'doc') ||
    (node.content ?? []).some(holds);
  const isFilledIn = sheet !== undefined && noteKinds.some((kind) => !isEmptySheet(sheet, kind));
  return title.trim() !== '' || isFilledIn || holds(body);
}
