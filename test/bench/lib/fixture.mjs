// Editing traces made by a seeded script: a rich-text document (the tree TipTap keeps, under the
// field name TipTap uses) typed one character at a time over many sessions. Every step is its own
// transaction, so the log holds one update a keystroke, as an editor produces them.
import fs from 'node:fs';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

const DIR = new URL('../fixtures/', import.meta.url);

export function prng(seed) {
  // mulberry32
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  'the a of to and in note we that it is for on with as this was be by are from at have not or an they which one all their there been if more when will would who so no said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through back years where much your way well down should because each just those people how too little state good very make world still own see men work long get here between both life being under never day same another know while last might us great old year off come since against go came right used take three'.split(
    ' ',
  );

/**
 * @param {{ops: number, seed: number, authors?: number, sessionOps?: number}} o
 * `ops` counts keystrokes: one character in or one deletion each.
 */
export function buildTrace({ ops, seed, sessionOps = 500 }) {
  const rnd = prng(seed);
  const int = (n) => Math.floor(rnd() * n);
  const doc = new Y.Doc({ gc: true });
  const log = [];
  doc.on('update', (u) => log.push(u));
  const root = doc.getXmlFragment('default');
  const paras = []; // { text: Y.XmlText, len: number }
  let inserted = 0;
  let deleted = 0;
  let sessions = 0;

  const newSession = () => {
    sessions++;
    // a client id as yjs makes them: 32 random bits, new for every page load
    doc.clientID = 1 + int(0xfffffffe);
  };
  const addPara = (at) => {
    const kind = rnd();
    const text = new Y.XmlText();
    const p = { text, len: 0 };
    doc.transact(() => {
      if (kind < 0.1) {
        const h = new Y.XmlElement('heading');
        h.setAttribute('level', 1 + int(3));
        h.insert(0, [text]);
        root.insert(at, [h]);
      } else if (kind < 0.22) {
        const list = new Y.XmlElement('bulletList');
        const item = new Y.XmlElement('listItem');
        const para = new Y.XmlElement('paragraph');
        para.insert(0, [text]);
        item.insert(0, [para]);
        list.insert(0, [item]);
        root.insert(at, [list]);
      } else {
        const para = new Y.XmlElement('paragraph');
        para.insert(0, [text]);
        root.insert(at, [para]);
      }
    });
    paras.splice(at, 0, p);
    return p;
  };

  newSession();
  let pi = 0;
  let cur = addPara(0);
  let off = 0;
  const place = () => {
    // mostly at the end of the document, else anywhere
    pi = rnd() < 0.5 ? paras.length - 1 : int(paras.length);
    cur = paras[pi];
    off = rnd() < 0.6 ? cur.len : int(cur.len + 1);
  };
  let word = '';
  let wi = 0;
  let wordStart = 0;
  let run = 0;
  let n = 0;
  let inSession = 0;
  const del = (at, len) => {
    cur.text.delete(at, len);
    cur.len -= len;
    deleted += len;
    n++;
    inSession++;
  };
  while (n < ops) {
    if (inSession >= sessionOps) {
      newSession();
      inSession = 0;
      place();
      word = '';
      wi = 0;
      run = 0;
    }
    if (wi >= word.length) {
      // between two words
      const r = rnd();
      if (word !== '' && r < 0.02 && off - wordStart > 1 && wordStart >= 0) {
        cur.text.format(
          wordStart,
          Math.min(off, cur.len) - wordStart,
          rnd() < 0.7 ? { bold: {} } : { italic: {} },
        );
      } else if (r < 0.03 && cur.len > 80) {
        const len = 10 + int(50);
        const at = int(Math.max(1, cur.len - len));
        del(at, Math.min(len, cur.len - at));
        off = Math.min(at, cur.len);
      }
      if (run > 40 && rnd() < 0.12) {
        place();
        run = 0;
      } else if (cur.len > 120 && rnd() < 0.08) {
        pi++;
        cur = addPara(pi);
        off = 0;
      }
      word = WORDS[int(WORDS.length)] + (rnd() < 0.08 ? '. ' : rnd() < 0.06 ? ', ' : ' ');
      wi = 0;
      wordStart = off;
    }
    if (rnd() < 0.035 && off > 0) {
      // a slip: some backspaces, then on
      for (let k = 1 + int(4); k > 0 && off > 0 && n < ops; k--) {
        off--;
        del(off, 1);
      }
      wordStart = Math.min(wordStart, off);
      continue;
    }
    cur.text.insert(off, word[wi++]);
    off++;
    cur.len++;
    inserted++;
    run++;
    n++;
    inSession++;
  }
  const chars = paras.reduce((s, p) => s + p.len, 0);
  return {
    doc,
    log,
    stats: {
      keystrokes: n,
      updates: log.length,
      inserted,
      deleted,
      sessions,
      paragraphs: paras.length,
      chars,
    },
  };
}

export function packLog(log) {
  const total = log.reduce((s, u) => s + 4 + u.length, 0);
  const out = Buffer.allocUnsafe(total);
  let at = 0;
  for (const u of log) {
    at = out.writeUInt32LE(u.length, at);
    out.set(u, at);
    at += u.length;
  }
  return out;
}
export function unpackLog(buf) {
  const log = [];
  for (let at = 0; at < buf.length;) {
    const len = buf.readUInt32LE(at);
    log.push(new Uint8Array(buf.buffer, buf.byteOffset + at + 4, len).slice());
    at += 4 + len;
  }
  return log;
}

const SIZES = {
  large: { ops: 100_000, seed: 7 },
  note: { ops: 12_500, seed: 11, sessionOps: 400 },
};

/** The log of a trace, from the fixtures folder; made first if it is not there. */
export function trace(name) {
  const bin = new URL(`${name}.log.bin`, DIR);
  const meta = new URL(`${name}.json`, DIR);
  if (!fs.existsSync(bin) || !fs.existsSync(meta)) {
    fs.mkdirSync(DIR, { recursive: true });
    const t = buildTrace(SIZES[name]);
    fs.writeFileSync(bin, packLog(t.log));
    fs.writeFileSync(meta, JSON.stringify(t.stats));
  }
  return { log: unpackLog(fs.readFileSync(bin)), stats: JSON.parse(fs.readFileSync(meta, 'utf8')) };
}

export function docFrom(updates, opts = {}) {
  const doc = new Y.Doc(opts);
  doc.transact(() => {
    for (const u of updates) Y.applyUpdate(doc, u);
  });
  return doc;
}

/** What the cold-open and reconnect scenarios send: the document up to `tail` updates before its end, then those. */
export function bigDoc({ name = 'large', tail = 300, behind = 0.01 } = {}) {
  const file = new URL(`${name}.state.bin`, DIR);
  const { log, stats } = trace(name);
  const cut = log.length - tail;
  const seen = Math.floor(log.length * (1 - behind));
  if (!fs.existsSync(file)) {
    const base = docFrom(log.slice(0, cut));
    const baseState = Y.encodeStateAsUpdate(base);
    for (const u of log.slice(cut)) Y.applyUpdate(base, u);
    const at99 = docFrom(log.slice(0, seen));
    const sv99 = Y.encodeStateVector(at99);
    fs.writeFileSync(
      file,
      packLog([
        baseState,
        sv99,
        Y.encodeStateVector(base),
        Y.encodeStateAsUpdate(base),
        Y.encodeStateAsUpdate(base, sv99),
      ]),
    );
  }
  const [base, sv99, sv, full, diff99] = unpackLog(fs.readFileSync(file));
  return { base, tail: log.slice(cut), missed: log.slice(seen), sv99, sv, full, diff99, stats };
}

/** One writer's single-character updates, each one clock tick long, after a first one that lays the paragraphs. */
export function typing({ count, client = 2654435769, seed = 3, paragraphs = 40 }) {
  const file = new URL(`typing-${count}-${client}-${seed}-${paragraphs}.bin`, DIR);
  let packed = count > 10_000 && fs.existsSync(file) ? fs.readFileSync(file) : null;
  if (packed === null) {
    const rnd = prng(seed);
    const int = (n) => Math.floor(rnd() * n);
    const doc = new Y.Doc();
    doc.clientID = client;
    const root = doc.getXmlFragment('default');
    const paras = [];
    doc.transact(() => {
      for (let i = 0; i < paragraphs; i++) {
        const p = new Y.XmlElement('paragraph');
        const t = new Y.XmlText();
        p.insert(0, [t]);
        root.push([p]);
        paras.push({ t, len: 0 });
      }
    });
    const log = [Y.encodeStateAsUpdate(doc)];
    doc.on('update', (u) => log.push(u));
    let p = paras[0];
    let off = 0;
    for (let i = 0; i < count; i++) {
      if (rnd() < 0.03) {
        p = paras[int(paras.length)];
        off = int(p.len + 1);
      }
      p.t.insert(off++, WORDS[int(WORDS.length)][0]);
      p.len++;
    }
    packed = packLog(log);
    if (count > 10_000) {
      fs.mkdirSync(DIR, { recursive: true });
      fs.writeFileSync(file, packed);
    }
  }
  const [setup, ...updates] = unpackLog(packed);
  return {
    setup,
    updates,
    clock0: Y.decodeStateVector(Y.encodeStateVectorFromUpdate(setup)).get(client),
    client,
  };
}

/** The presence update an editor sends with a keystroke: who, and where the cursor is. */
export function presence(client, clock) {
  const at = { type: null, tname: null, item: { client, clock }, assoc: -1 };
  return encoding.encode((e) => {
    encoding.writeVarUint(e, 1);
    encoding.writeVarUint(e, client);
    encoding.writeVarUint(e, clock);
    encoding.writeVarString(
      e,
      JSON.stringify({
        user: { name: `Person ${client % 97}`, color: '#30bced' },
        cursor: { anchor: at, head: at },
      }),
    );
  });
}
