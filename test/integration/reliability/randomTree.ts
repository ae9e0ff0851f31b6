import * as Y from 'yjs';
import { noteSchema } from '#shared/document/schema.ts';
import type { Random } from '../../support/random.ts';

const nodeNames = Object.keys(noteSchema.nodes).filter((name) => name !== 'doc' && name !== 'text');
const markNames = Object.keys(noteSchema.marks);
const strangeNames = ['futureBlock', 'doc', 'text', 'p', 'script', 'paragraph2', ''];
const strangeValues = [
  null,
  '',
  'x',
  -1,
  1e9,
  true,
  {},
  { a: [1] },
  [],
  'javascript:alert(1)',
  '<b>',
  'é'.repeat(300),
];

/** The names that may stand in a node, by the schema. */
function allowedIn(parent: string): string[] {
  const match = noteSchema.nodes[parent]?.contentMatch;
  return Array.from({ length: match?.edgeCount ?? 0 }, (_, at) => match?.edge(at).type.name ?? '');
}

/** Writes into a body what no editor of this application would have written: some of it unknown, some misplaced, some with values that nothing gives. */
export function writeRandomTree(body: Y.XmlFragment, random: Random): void {
  const strangeness = random.pick([0, 0, 1, 4]);
  const writer = new TreeWriter(random, strangeness);
  body.doc?.transact(() => {
    for (let count = 1 + random.int(3); count > 0; count--) writer.child(body, 'doc', 0);
  });
}

class TreeWriter {
  private readonly random: Random;
  /** Of 30 choices, how many are outside the schema. */
  private readonly strangeness: number;

  constructor(random: Random, strangeness: number) {
    this.random = random;
    this.strangeness = strangeness;
  }

  child(parent: Y.XmlFragment, parentName: string, depth: number): void {
    const { random } = this;
    const at = random.int(parent.length + 1);
    const allowed = allowedIn(parentName);
    if (this.isStrange()) {
      // Not even XML.
      const other = random.pick([
        () => new Y.Map(),
        () => new Y.Array(),
        () => new Y.Text('x'),
        () => 'a value',
      ]);
      parent.insert(at, [other() as Y.XmlText]);
      return;
    }
    if (allowed.includes('text') && random.int(3) > 0) {
      const text = new Y.XmlText();
      parent.insert(at, [text]);
      this.fill(text);
      return;
    }
    const names = allowed.filter((name) => name !== 'text');
    const known = names.length === 0 ? nodeNames : names;
    const name = this.isStrange() ? random.pick([...strangeNames, ...nodeNames]) : random.pick(known);
    if (names.length === 0 && this.strangeness === 0) return;
    const element = new Y.XmlElement(name);
    parent.insert(at, [element]);
    this.attributes(element);
    if (depth < 4) for (let count = random.int(4); count > 0; count--) this.child(element, name, depth + 1);
  }

  private isStrange(): boolean {
    return this.random.int(30) < this.strangeness;
  }

  private attributes(element: Y.XmlElement): void {
    const { random } = this;
    const names = Object.keys(noteSchema.nodes[element.nodeName]?.spec.attrs ?? {});
    for (let count = random.int(3); count > 0 && names.length > 0; count--) {
      element.setAttribute(random.pick(names), random.pick(strangeValues) as string);
    }
    if (this.isStrange()) element.setAttribute('futureAttribute', 'x');
  }

  private fill(text: Y.XmlText): void {
    const { random } = this;
    for (let count = random.int(4); count > 0; count--) {
      const marks: Record<string, unknown> = {};
      if (random.int(2) === 0) marks[random.pick(markNames)] = random.pick([{}, true, ...strangeValues]);
      if (this.isStrange()) marks['futureMark'] = {};
      text.insert(text.length, random.pick(['mot ', 'é', '🌱', '\n', 'a'.repeat(40)]), marks);
    }
    if (this.isStrange()) text.insertEmbed(0, { image: 'x' });
  }
}
