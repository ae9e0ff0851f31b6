import * as Y from 'yjs';
import { prng } from './fixture.mjs';

/** An id made of one number. */
export const id = (/** @type {number} */ n) => Buffer.alloc(16, n).toString('base64url');
/** Before another one is begun. */
const lettersOfParagraph = 250;
const fourPeople = [10, 11, 12, 13].map(id);
const words =
  'le la les un une des jardin note carnet voisinage atelier réunion samedi eau bien commun partage chacune'.split(
    ' ',
  );

/**
 * What Yjs looks at before and after each keystroke, to tell what is new, is all client ids that a document ever had: of a long note thousands. Here one of them writes at a time, and the others have
 * nothing new; the bytes are the same, and a million of them are made in half a minute instead of an hour.
 * @param {Y.Doc} doc
 */
function lookAtWriterAlone(doc) {
  doc.store.clients = new (class extends Map {
    /** @param {(structs: unknown, client: number, all: Map<number, unknown>) => void} visit */
    forEach(visit) {
      const own = this.get(doc.clientID);
      if (own !== undefined) visit(own, doc.clientID, this);
    }
  })();
}

/**
 * Keystrokes of four people in turn, `ofSitting` of them a sitting, in paragraphs of some hundred letters: one letter in, or one out, each.
 * @param {{ document: string; edits: number; ofSitting: number; begin?: number; people?: readonly string[] }} of - `begin`: before the first one, Unix milliseconds.
 */
export function* rowsOf({ document, edits, ofSitting, begin = 1_700_000_000_000, people = fourPeople }) {
  const random = prng(11);
  const int = (/** @type {number} */ n) => Math.floor(random() * n);
  const doc = new Y.Doc();
  lookAtWriterAlone(doc);
  /** @type {Uint8Array[]} */
  const updates = [];
  doc.on('update', (/** @type {Uint8Array} */ update) => updates.push(update));
  const body = doc.getXmlFragment('body');
  /** @type {Y.XmlText[]} */
  const texts = [];
  /** @type {Map<string, number>} */
  const pages = new Map();
  let [time, letters] = [begin, 0];
  let [text, at, left] = [/** @type {Y.XmlText | null} */ (null), 0, ''];
  for (let edit = 0; edit < edits; edit += 1) {
    const sitting = Math.floor(edit / ofSitting);
    if (edit % ofSitting === 0) {
      time += 3_600_000;
      // A page that stays open has one id; Yjs looks at every id at each keystroke.
      const page = `${sitting % 4}:${Math.floor(edit / 1_600)}`;
      doc.clientID = pages.get(page) ?? 1 + int(0xfffffffe);
      pages.set(page, doc.clientID);
      text = null;
    } else time += 180;
    if (text === null || (left === '' && random() < 0.05)) {
      if (texts.length === 0 || (letters > lettersOfParagraph * texts.length && random() < 0.3)) {
        const made = new Y.XmlText();
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [made]);
        body.insert(int(texts.length + 1), [paragraph]);
        texts.push(made);
        text = made;
      } else text = texts[int(texts.length)];
      at = int(text.length + 1);
    } else if (random() < 0.1 && at > 0) {
      at -= 1;
      letters -= 1;
      text.delete(at, 1);
    } else {
      if (left === '') left = `${words[int(words.length)]} `;
      text.insert(at, left[0]);
      left = left.slice(1);
      letters += 1;
      at += 1;
    }
    const [bytes] = updates.splice(0);
    const person = people[sitting % 4];
    if (bytes !== undefined)
      yield {
        document,
        time,
        person,
        device: person,
        deviceTime: null,
        via: 'socket',
        operation: null,
        bytes,
        clients: [doc.clientID],
      };
  }
}
