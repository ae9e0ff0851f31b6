import * as Y from 'yjs';
import type { Random } from '../../support/random.ts';

const words = ['carnet ', 'é', 'auteur·trice ', '🌱', 'note', ' — ', 'voisinage', '\n'];

/** One edit of the kinds that an editor makes: text, formats, elements with attributes, entries of a map; now and then several in one transaction. */
export function randomEdit(doc: Y.Doc, random: Random): void {
  const times = random.int(10) === 0 ? 5 : 1;
  doc.transact(() => {
    for (let index = 0; index < times; index++) one(doc, random);
  });
}

/**
 * A place in a text where an editor can stand: never between the two halves of a sign outside the basic plane. Yjs puts U+FFFD for both
 * halves of one that is cut (yjs/yjs#248), on the peers that cut it alone.
 */
function place(text: Y.Text, random: Random, before = 0): number {
  const at = random.int(Math.max(1, text.length + 1 - before));
  return boundary(text, at);
}

function boundary(text: Y.Text, at: number): number {
  const code = text.toJSON().charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

function one(doc: Y.Doc, random: Random): void {
  const root = doc.getXmlFragment('default');
  const text = doc.getText('title');
  switch (random.int(8)) {
    case 0:
    case 1:
      text.insert(place(text, random), random.pick(words));
      return;
    case 2:
      if (text.length > 4) {
        const from = place(text, random, 4);
        text.delete(from, boundary(text, from + 1 + random.int(3)) - from);
      }
      return;
    case 3:
      if (text.length > 4) {
        const from = place(text, random, 4);
        text.format(from, boundary(text, from + 3) - from, { bold: random.int(2) === 0 ? {} : null });
      }
      return;
    case 4: {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.setAttribute('blockId', String(random.int(1000)));
      paragraph.insert(0, [new Y.XmlText(random.pick(words))]);
      root.insert(random.int(root.length + 1), [paragraph]);
      return;
    }
    case 5:
      if (root.length > 3) root.delete(random.int(root.length), 1);
      return;
    case 6: {
      const element = root.length > 0 ? root.get(random.int(root.length)) : null;
      const inner = element instanceof Y.XmlElement ? element.firstChild : null;
      if (inner instanceof Y.XmlText) inner.insert(place(inner, random), random.pick(words));
      return;
    }
    default:
      doc.getMap('entries').set(String(random.int(6)), { at: random.int(100), by: random.pick(words) });
  }
}

/** What people see of a document, to compare. */
export function shown(doc: Y.Doc): unknown {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort((a, b) => a[0] - b[0]);
  return {
    clocks,
    title: doc.getText('title').toDelta(),
    body: doc.getXmlFragment('default').toJSON(),
    entries: doc.getMap('entries').toJSON(),
  };
}
