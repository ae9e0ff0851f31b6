import * as Y from 'yjs';
import { soundState } from '#server/log/rebuild.ts';
import type { UpdateLog } from '#server/storage/ports/UpdateLog.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { newRandom } from './random.ts';

const keystrokesPerSitting = 200;
const hourMs = 3_600_000;

/** What a note says in the end. */
export interface OldRows {
  /** The last row of each sitting. */
  readonly ends: readonly number[];
  readonly last: number;
}

/**
 * Somebody writes in a note, a letter a row, some of which go again, in sittings of an hour each; nobody has it open. Its rows are held by a checkpoint, so that they may be packed.
 * @param from - when that began, Unix milliseconds.
 */
export async function writeOldRows(
  log: UpdateLog,
  document: DocumentId,
  person: PersonId,
  { from, sittings }: { readonly from: number; readonly sittings: number },
): Promise<OldRows> {
  const doc = new Y.Doc();
  for (const { bytes } of await log.read(document, 0)) Y.applyUpdate(doc, bytes);
  const rows: { bytes: Uint8Array; time: number }[] = [];
  let time = from;
  doc.on('update', (bytes: Uint8Array) => rows.push({ bytes, time }));
  const { seq } = (await log.head(document))!;
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText()]);
  bodyOf(doc).push([paragraph]);
  const text = paragraph.get(0) as Y.XmlText;
  const random = newRandom(3);
  const ends: number[] = [];
  for (let sitting = 0; sitting < sittings; sitting += 1) {
    for (let key = 0; key < keystrokesPerSitting; key += 1) {
      time += 80 + random.int(400);
      if (key % 10 === 9) text.delete(text.length - 1, 1);
      else text.insert(text.length, 'abcdefghijkl mnopqrstu vwxyz '.charAt(random.int(29)));
    }
    ends.push(seq + rows.length);
    time += hourMs;
  }
  const columns = {
    document,
    person,
    device: null,
    deviceTime: null,
    via: 'socket',
    operation: null,
  } as const;
  await log.append(rows.map((row) => ({ ...columns, ...row, clients: [doc.clientID] })));
  const last = seq + rows.length;
  doc.destroy();
  const { bytes, stateVector, deleteSetAt } = soundState(
    (await log.read(document, 0)).map((row) => row.bytes),
  );
  await log.saveCheckpoint({ document, seq: last, bytes, stateVector, deleteSetAt });
  return { ends, last };
}
