import { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { allowedAttributes, type AttributeSpecs } from './attributes.ts';
import { writeFragment } from './binding/writeElement.ts';
import type { CategoryContent, EntryContent } from './fields.ts';
import {
  addCategory,
  entryFields,
  leaveOtherCategories,
  addEntry,
  bodyOf,
  categoriesOf,
  descriptionOf,
  entriesOf,
  guideOf,
  languageOf,
  setLanguage,
  titleOf,
} from './fields.ts';
import type { BodyMark, BodyNode, CollectionContent, NoteContent } from './noteContent.ts';
import { noteSchema } from './schema.ts';
import { addressOf, definitionOf, type NoteSheet, termForms, writeContact, writeForms } from './sheet.ts';

function keepAllowed(attrs: BodyNode['attrs'], specs: AttributeSpecs): Record<string, unknown> | undefined {
  const kept = allowedAttributes(attrs ?? {}, specs);
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function repairMark(mark: BodyMark): BodyMark {
  const attrs = keepAllowed(mark.attrs, noteSchema.marks[mark.type]?.spec.attrs);
  return attrs ? { type: mark.type, attrs } : { type: mark.type };
}

/** The same content, in which an attribute that the schema refuses has its fallback. Unknown names stay as they are. */
export function repairBody(node: BodyNode): BodyNode {
  const attrs = keepAllowed(node.attrs, noteSchema.nodes[node.type]?.spec.attrs);
  return {
    type: node.type,
    ...(attrs ? { attrs } : {}),
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(node.marks && node.marks.length > 0 ? { marks: node.marks.map(repairMark) } : {}),
    ...(node.content && node.content.length > 0 ? { content: node.content.map(repairBody) } : {}),
  };
}

/**
 * Content as a ProseMirror document of the note schema.
 * @throws RangeError when it holds a node or mark that the schema does not know, or one at a place that does not take it.
 */
export function bodyToProseMirror(body: BodyNode): Node {
  const node = Node.fromJSON(noteSchema, repairBody(body));
  node.check();
  return node;
}

/** One empty paragraph: what the body of a new note holds, written by the relay and never by an editor. */
export const emptyBody: BodyNode = { type: 'doc', content: [{ type: 'paragraph' }] };

/**
 * A new note as one Yjs update.
 * @param content - title, body and language. An empty body becomes one empty paragraph.
 * @param clientId - the Yjs client id that the content is written under; fresh for each call.
 * @throws RangeError when the body is not content of the note schema.
 */
export function contentToUpdate(content: NoteContent, clientId: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const body = bodyToProseMirror((content.body.content?.length ?? 0) > 0 ? content.body : emptyBody);
  doc.transact(() => {
    if (content.title.length > 0) titleOf(doc).insert(0, content.title);
    setLanguage(doc, content.language);
    if (content.sheet !== undefined) replaceSheet(doc, content.sheet);
    writeFragment(bodyOf(doc), body);
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** What a new carnet starts with. */
export interface NewCollectionContent {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly guide?: BodyNode;
  readonly entries?: readonly EntryContent[];
  readonly categories?: readonly CategoryContent[];
}

/** A new carnet as one Yjs update, written under `clientId`. @throws RangeError when the guide is not of the note schema. */
export function carnetToUpdate(content: NewCollectionContent, clientId: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const guide = bodyToProseMirror(content.guide ?? emptyBody);
  doc.transact(() => {
    if (content.title.length > 0) titleOf(doc).insert(0, content.title);
    if (content.description.length > 0) descriptionOf(doc).insert(0, content.description);
    setLanguage(doc, content.language);
    writeFragment(guideOf(doc), guide);
    for (const category of content.categories ?? []) addCategory(doc, category);
    for (const entry of content.entries ?? []) addEntry(doc, entry);
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/**
 * Makes a carnet say what `content` says, as a new forward edit that changes only what differs.
 * @param doc - the carnet's document, as it is now; changed in one transaction.
 * @param origin - the transaction's origin, for observers.
 * @throws RangeError when the guide is not content of the note schema; nothing is changed then.
 */
export function replaceCollectionContent(
  doc: Y.Doc,
  content: CollectionContent,
  origin: unknown = 'restore',
): void {
  const guide = bodyToProseMirror((content.guide.content?.length ?? 0) > 0 ? content.guide : emptyBody);
  doc.transact(() => {
    replaceText(titleOf(doc), content.title);
    replaceText(descriptionOf(doc), content.description);
    if (languageOf(doc) !== content.language) setLanguage(doc, content.language);
    writeFragment(guideOf(doc), guide);
    replacePlaces(doc, content);
  }, origin);
}

/** Makes a carnet hold these members, in these places and categories, and no others; what it holds so already is left alone. Call it in a transaction. */
export function replacePlaces(
  doc: Y.Doc,
  { entries, categories }: Pick<CollectionContent, 'entries' | 'categories'>,
): void {
  replaceKeyed(
    entriesOf(doc),
    new Map(entries.map((entry) => [entry.memberId, entryFields(entry)] as const)),
  );
  for (const { memberId, also = [] } of entries) {
    const value = entriesOf(doc).get(memberId);
    if (value !== undefined) leaveOtherCategories(value, also);
  }
  replaceKeyed(categoriesOf(doc), new Map(categories.map(({ id, ...fields }) => [id, fields] as const)));
}

/** Makes a map of maps hold these and no others; what holds the same already is left alone. Call it in a transaction. */
export function replaceKeyed<Value>(map: Y.Map<Value>, next: ReadonlyMap<string, object>): void {
  for (const key of [...map.keys()]) if (!next.has(key)) map.delete(key);
  for (const [key, fields] of next) {
    const now = map.get(key);
    if (!(now instanceof Y.Map)) {
      map.set(key, new Y.Map(Object.entries(fields)) as Value);
      continue;
    }
    for (const [field, value] of Object.entries(fields)) if (now.get(field) !== value) now.set(field, value);
  }
}

/** Makes the sheet of a note say what `sheet` says; what it says already is left alone. Call it in a transaction. */
export function replaceSheet(doc: Y.Doc, sheet: NoteSheet): void {
  replaceText(definitionOf(doc), sheet.definition);
  replaceText(addressOf(doc), sheet.address);
  for (const form of termForms) writeForms(doc, form, sheet[form]);
  for (const key of ['region', 'coordinates', 'site', 'email', 'phone'] as const)
    writeContact(doc, key, sheet[key]);
}

/** Makes a text say `next`, touching only what lies between the common beginning and the common end. */
export function replaceText(text: Y.Text, next: string): void {
  const now = text.toJSON();
  if (now === next) return;
  const shorter = Math.min(now.length, next.length);
  let start = 0;
  while (start < shorter && now.charCodeAt(start) === next.charCodeAt(start)) start += 1;
  if (splitsPair(now, start) || splitsPair(next, start)) start -= 1;
  let end = 0;
  while (
    end < shorter - start &&
    now.charCodeAt(now.length - 1 - end) === next.charCodeAt(next.length - 1 - end)
  )
    end += 1;
  if (splitsPair(now, now.length - end) || splitsPair(next, next.length - end)) end -= 1;
  text.delete(start, now.length - start - end);
  text.insert(start, next.slice(start, next.length - end));
}

/** True when a cut at `at` would part the two halves of a character outside the basic plane. */
function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/**
 * Makes a note say what `content` says, as a new forward edit that changes only what differs: restoring a version.
 * @param doc - the note's document, as it is now; changed in one transaction.
 * @param origin - the transaction's origin, for observers.
 * @throws RangeError when the body is not content of the note schema; nothing is changed then.
 */
export function replaceNoteContent(doc: Y.Doc, content: NoteContent, origin: unknown = 'restore'): void {
  const body = bodyToProseMirror((content.body.content?.length ?? 0) > 0 ? content.body : emptyBody);
  doc.transact(() => {
    replaceText(titleOf(doc), content.title);
    if (languageOf(doc) !== content.language) setLanguage(doc, content.language);
    if (content.sheet !== undefined) replaceSheet(doc, content.sheet);
    writeFragment(bodyOf(doc), body);
  }, origin);
}
