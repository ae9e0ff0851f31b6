import type { AttributedRow } from '#shared/protocol/mirrorMessages.ts';

/** What stands in an update that shows a file: the names of attributes, as they are. */
const fileKeys = ['attachmentId', 'posterId'];

/** Whether a file may come with an update. */
export const mayShowFile = (bytes: Uint8Array): boolean =>
  fileKeys.some((key) => Buffer.from(bytes).includes(key));

/** The people of some rows, by name. */
export function namesIn(rows: readonly AttributedRow[]): Map<string, string> {
  return new Map(
    rows.flatMap(({ person, name }) => (person === null || name === '' ? [] : [[person, name] as const])),
  );
}
