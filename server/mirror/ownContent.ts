import * as Y from 'yjs';
import {
  bodyOf,
  categoriesOf,
  categoryIn,
  descriptionOf,
  entriesOf,
  guideOf,
  languageOf,
  readCategories,
  readEntries,
  titleOf,
} from '#shared/document/fields.ts';
import type { BodyNode, CollectionContent, NoteContent } from '#shared/document/noteContent.ts';
import {
  addressOf,
  contactOf,
  definitionOf,
  emptySheet,
  formsOf,
  type NoteSheet,
  readSheet,
  sheetContactKeys,
  termForms,
} from '#shared/document/sheet.ts';
import { emptyBody } from '#shared/document/writeContent.ts';
import type { WrittenHere } from './WrittenHere.ts';

/** What shows a file, or a picture of the web. */
const mediaNames: ReadonlySet<string> = new Set(['image', 'file', 'audio', 'video']);

/**
 * What of a note was written here and is still there: its words alone, a paragraph for each block that holds some, the pictures and files that were put into it, and what was put on its sheet.
 * @param doc - the note with what was written here.
 * @returns null for nothing.
 */
export function ownNote(doc: Y.Doc, written: WrittenHere): NoteContent | null {
  const blocks = [
    ...asParagraphs([written.words(titleOf(doc))]),
    ...bodyOf(doc)
      .toArray()
      .flatMap((block) => (block instanceof Y.XmlElement ? ownBlocks(block, written) : [])),
  ];
  const sheet = ownSheet(doc, written);
  if (blocks.length === 0 && JSON.stringify(sheet) === JSON.stringify(emptySheet)) return null;
  return { title: titleOf(doc).toJSON(), body: bodyFrom(blocks), language: languageOf(doc), sheet };
}

/** The words of a block, and the media that were put into it. */
function ownBlocks(block: Y.XmlElement, written: WrittenHere): BodyNode[] {
  const words = written.words(block);
  const media = written.elements(block, mediaNames).map((one) => ownMedia(one, written));
  const [first] = media;
  if (first === undefined || !mediaNames.has(block.nodeName)) return [...asParagraphs([words]), ...media];
  const caption = { type: 'figureCaption', content: [{ type: 'text', text: words }] };
  return [words === '' ? first : { ...first, content: [caption] }];
}

/** What was said of it here: of its attributes, what somebody else wrote is left out. */
function ownMedia(element: Y.XmlElement, written: WrittenHere): BodyNode {
  const own = written.keys(element);
  const attrs = Object.entries(element.getAttributes()).filter(([name]) => own.has(name));
  return { type: element.nodeName, attrs: Object.fromEntries(attrs) };
}

/**
 * The same of a carnet or a base: the words of its texts, what was put in it, moved or filed, and the categories that were named.
 * @returns null for nothing.
 */
export function ownCollection(doc: Y.Doc, written: WrittenHere): CollectionContent | null {
  const named = written.keys(categoriesOf(doc), true);
  const categories = readCategories(doc).filter(({ id }) => named.has(id));
  const placed = written.keys(entriesOf(doc), true);
  const entries = readEntries(doc)
    .filter(({ memberId }) => placed.has(memberId))
    .map(({ memberId, order, pinned, ...filed }) => {
      const category = categoryIn(filed, categories);
      const also = categories.map(({ id }) => id).filter((id) => filed.also?.includes(id) && id !== category);
      return { memberId, order, pinned, category, ...(also.length > 0 && { also }) };
    });
  const words = [written.words(titleOf(doc)), ...written.blocks(guideOf(doc))].filter((one) => one !== '');
  const description = written.words(descriptionOf(doc));
  if (words.length + description.length + entries.length + categories.length === 0) return null;
  return {
    title: titleOf(doc).toJSON(),
    description,
    guide: bodyFrom(asParagraphs(words)),
    language: languageOf(doc),
    entries,
    categories,
  };
}

function ownSheet(doc: Y.Doc, written: WrittenHere): NoteSheet {
  const sheet = readSheet(doc);
  const contact = written.keys(contactOf(doc));
  const forms = termForms.map((form) => [form, written.strings(formsOf(doc, form))] as const);
  const told = sheetContactKeys.filter((key) => contact.has(key)).map((key) => [key, sheet[key]] as const);
  return {
    ...emptySheet,
    definition: written.words(definitionOf(doc)),
    address: written.words(addressOf(doc)),
    ...(Object.fromEntries(forms) as Partial<NoteSheet>),
    ...Object.fromEntries(told),
  };
}

function asParagraphs(texts: readonly string[]): BodyNode[] {
  return texts
    .filter((text) => text !== '')
    .map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));
}

const bodyFrom = (blocks: readonly BodyNode[]): BodyNode =>
  blocks.length === 0 ? emptyBody : { type: 'doc', content: blocks };
