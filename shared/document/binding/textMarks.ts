import { Mark, type MarkType, type Schema } from '@tiptap/pm/model';
import * as buffer from 'lib0/buffer';
import * as sha256 from 'lib0/hash/sha256';
import { allowedAttributes } from '../attributes.ts';
import { markNameOf } from '../names.ts';

/** Formatting of a piece of text, as a Yjs text keeps it: the name of a mark (see `attributeName`) and its attributes. */
export type TextAttributes = Readonly<Record<string, unknown>>;

const hashBytes = 6;

/** Eight characters of base64 that tell marks of one kind apart; y-tiptap's own, so that older notes read the same. */
function hashOf(mark: Mark): string {
  const digest = sha256.digest(buffer.encodeAny(mark.toJSON()));
  for (let at = hashBytes; at < digest.length; at += 1)
    digest[at % hashBytes] = (digest[at % hashBytes] ?? 0) ^ (digest[at] ?? 0);
  return buffer.toBase64(digest.slice(0, hashBytes));
}

const overlaps = (type: MarkType): boolean => !type.excludes(type);

/** The name under which a text keeps a mark; marks of which several may lie on the same letters carry a hash. */
function attributeName(mark: Mark): string {
  return overlaps(mark.type) ? `${mark.type.name}--${hashOf(mark)}` : mark.type.name;
}

/** The marks of a text node as a text keeps them. */
export function marksToAttributes(marks: readonly Mark[]): TextAttributes {
  return Object.fromEntries(marks.map((mark) => [attributeName(mark), { ...mark.attrs }]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The marks of a piece of text. Names that the schema does not know are passed over: nothing is shown, nothing is lost. */
export function attributesToMarks(schema: Schema, attributes: TextAttributes | undefined): readonly Mark[] {
  const marks = Object.entries(attributes ?? {}).flatMap(([name, value]) => {
    const type = Object.hasOwn(schema.marks, markNameOf(name)) ? schema.marks[markNameOf(name)] : undefined;
    return type ? [type.create(allowedAttributes(isRecord(value) ? value : {}, type.spec.attrs))] : [];
  });
  // One by one: two that say the same once their attributes are fallbacks are one.
  return marks.reduce((set, mark) => mark.addToSet(set), Mark.none);
}
