import { parentPort } from 'node:worker_threads';
import type { DocumentId } from '#shared/domain/ids.ts';
import { answerQuestion } from './answerQuestion.ts';
import { Chronicle } from './Chronicle.ts';
import type { ChronicleReply, ChronicleRequest } from './ChronicleQuestion.ts';
import type { Packed } from './pack.ts';

/** Keeps the chronicles of the notes that were last asked about, and answers away from the event loop. */
const port = parentPort;
if (port === null) throw new Error('chronicleWorker runs in a worker thread');

/** A row of a chronicle takes some 100 to 200 bytes: so many rows, some 300 MB at most. */
const maxRows = 1_500_000;
const maxChronicles = 100;

interface Known {
  readonly chronicle: Chronicle;
  /** How many of its rows are in what is kept; 0 where nothing is. */
  keptRows: number;
}

/** Those asked about last come last. */
const all = new Map<DocumentId, Known>();

/** @returns null where what was kept cannot be read. */
function open(document: DocumentId, kept: Packed | null): Known | null {
  let known = all.get(document);
  // Who asks first whether anything is known leaves an empty one.
  if (known === undefined || (known.chronicle.rowCount === 0 && kept !== null)) {
    const chronicle = kept === null ? new Chronicle() : unpack(kept);
    if (chronicle === null) return null;
    known = { chronicle, keptRows: chronicle.rowCount };
  }
  all.delete(document);
  all.set(document, known);
  return known;
}

function unpack(kept: Packed): Chronicle | null {
  try {
    return new Chronicle(kept);
  } catch {
    return null;
  }
}

function letGo(keep: Known): void {
  let rows = 0;
  for (const { chronicle } of all.values()) rows += chronicle.rowCount;
  for (const [document, known] of all) {
    if (known === keep || (rows <= maxRows && all.size <= maxChronicles)) return;
    rows -= known.chronicle.rowCount;
    forget(document);
  }
}

function forget(document: DocumentId): void {
  all.get(document)?.chronicle.destroy();
  all.delete(document);
}

function reply(request: ChronicleRequest): ChronicleReply {
  const { document, after, rows, bindings, kept, question, through } = request;
  const known = open(document, kept);
  if (known === null) return { knownTo: 0, isRefused: true };
  const { chronicle } = known;
  chronicle.bind(bindings);
  // A worker that was started meanwhile has none of those before; a question that was given up may have left some behind.
  if (after <= chronicle.seq) chronicle.apply(rows.filter(({ seq }) => seq > chronicle.seq));
  if (known.keptRows > 0 && !chronicle.isWhole) {
    // What was kept lacks something that the rows build on: it is not of this log.
    forget(document);
    return { knownTo: 0, isRefused: true };
  }
  letGo(known);
  // With the rows comes the question: between two messages, others may have had this chronicle let go.
  if (chronicle.seq < through) return { knownTo: chronicle.seq, isRefused: false };
  const answer = answerQuestion(chronicle, question);
  if (question.kind === 'pack') known.keptRows = chronicle.rowCount;
  return { answer, rows: chronicle.rowCount, unkept: chronicle.rowCount - known.keptRows };
}

port.on('message', (request: ChronicleRequest) => {
  let answer: ChronicleReply;
  try {
    answer = reply(request);
  } catch (error) {
    // What failed half-way is not gone on from.
    forget(request.document);
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(answer);
});
