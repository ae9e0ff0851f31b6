import { parentPort } from 'node:worker_threads';
import type { DocumentId } from '#shared/domain/ids.ts';
import { answerQuestion } from './answerQuestion.ts';
import { Chronicle } from './Chronicle.ts';
import type { ChronicleReply, ChronicleRequest } from './ChronicleQuestion.ts';

/** Keeps the chronicles of the notes that were last asked about, and answers away from the event loop. */
const port = parentPort;
if (port === null) throw new Error('chronicleWorker runs in a worker thread');

/** A row of a chronicle takes some 100 to 200 bytes: so many rows, some 300 MB at most. */
const maxRows = 1_500_000;
const maxChronicles = 100;

/** Those asked about last come last. */
const chronicles = new Map<DocumentId, Chronicle>();

function open(document: DocumentId): Chronicle {
  const chronicle = chronicles.get(document) ?? new Chronicle();
  chronicles.delete(document);
  chronicles.set(document, chronicle);
  return chronicle;
}

function letGo(keep: Chronicle): void {
  let rows = 0;
  for (const { rowCount } of chronicles.values()) rows += rowCount;
  for (const [document, chronicle] of chronicles) {
    if (chronicle === keep || (rows <= maxRows && chronicles.size <= maxChronicles)) return;
    rows -= chronicle.rowCount;
    chronicle.destroy();
    chronicles.delete(document);
  }
}

function reply({ document, after, rows, bindings, question, through }: ChronicleRequest): ChronicleReply {
  const chronicle = open(document);
  chronicle.bind(bindings);
  // A worker that was started meanwhile has none of those before; a question that was given up may have left some behind.
  if (after <= chronicle.seq) chronicle.apply(rows.filter(({ seq }) => seq > chronicle.seq));
  letGo(chronicle);
  // With the rows comes the question: between two messages, others may have had this chronicle let go.
  return chronicle.seq < through
    ? { knownTo: chronicle.seq }
    : { answer: answerQuestion(chronicle, question) };
}

port.on('message', (request: ChronicleRequest) => {
  let answer: ChronicleReply;
  try {
    answer = reply(request);
  } catch (error) {
    // What failed half-way is not gone on from.
    chronicles.delete(request.document);
    answer = { error: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(answer);
});
