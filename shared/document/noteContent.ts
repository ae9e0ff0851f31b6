import * as Y from 'yjs';
import type { CategoryContent, EntryContent } from './fields.ts';
import {
  bodyOf,
  descriptionOf,
  guideOf,
  languageOf,
  readCategories,
  readEntries,
  titleOf,
} from './fields.ts';
import { markNameOf } from './names.ts';
import { type NoteSheet, readSheet } from './sheet.ts';

/** A mark of ProseMirror JSON, of any schema. */
export interface BodyMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

/** A node of ProseMirror JSON, of any schema. */
export interface BodyNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly BodyNode[];
  readonly marks?: readonly BodyMark[];
  readonly text?: string;
}

/** What a note says: its title and its body (`type: 'doc'`), the language that they are written in, and its sheet. */
export interface NoteContent {
  readonly title: string;
  readonly body: BodyNode;
  readonly language: string;
  /** Absent: nothing is said of it; what writes content leaves it as it is. */
  readonly sheet?: NoteSheet;
}

/** What a carnet says, entries and categories in reading order. */
export interface CollectionContent {
  readonly title: string;
  readonly description: string;
  readonly guide: BodyNode;
  readonly language: string;
  readonly entries: readonly EntryContent[];
  readonly categories: readonly CategoryContent[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface DeltaPart {
  readonly insert?: unknown;
  readonly attributes?: Record<string, unknown>;
}

function readText(text: Y.XmlText): BodyNode[] {
  const nodes: BodyNode[] = [];
  for (const part of text.toDelta() as DeltaPart[]) {
    if (typeof part.insert !== 'string' || part.insert.length === 0) continue;
    const marks = Object.entries(part.attributes ?? {}).map(([name, value]): BodyMark => {
      const attrs = isRecord(value) ? value : {};
      return Object.keys(attrs).length > 0 ? { type: markNameOf(name), attrs } : { type: markNameOf(name) };
    });
    nodes.push(
      marks.length > 0 ? { type: 'text', text: part.insert, marks } : { type: 'text', text: part.insert },
    );
  }
  return nodes;
}

/** Content nested deeper than this (threat model, section 6: 64) is left out, so that no reader overflows its stack. */
export const maxDepth = 64;

function readChildren(parent: Y.XmlFragment | Y.XmlElement, depth: number): BodyNode[] {
  if (depth > maxDepth) return [];
  return parent.toArray().flatMap((child: unknown): BodyNode[] => {
    if (child instanceof Y.XmlText) return readText(child);
    if (child instanceof Y.XmlHook || !(child instanceof Y.XmlElement)) return [];
    const attrs = child.getAttributes() as Record<string, unknown>;
    const content = readChildren(child, depth + 1);
    return [
      {
        type: child.nodeName,
        ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
        ...(content.length > 0 ? { content } : {}),
      },
    ];
  });
}

/** Reads a fragment as ProseMirror JSON without a schema; the document is not modified. */
export function fragmentToBody(fragment: Y.XmlFragment): BodyNode {
  return { type: 'doc', content: readChildren(fragment, 1) };
}

/** Reads a note: whatever is in it, known to this version or not. The document is not modified. */
export function yDocToNoteContent(doc: Y.Doc): NoteContent {
  return {
    title: titleOf(doc).toJSON(),
    body: fragmentToBody(bodyOf(doc)),
    language: languageOf(doc),
    sheet: readSheet(doc),
  };
}

/** Reads a carnet. The document is not modified. */
export function yDocToCollectionContent(doc: Y.Doc): CollectionContent {
  return {
    title: titleOf(doc).toJSON(),
    description: descriptionOf(doc).toJSON(),
    guide: fragmentToBody(guideOf(doc)),
    language: languageOf(doc),
    entries: readEntries(doc),
    categories: readCategories(doc),
  };
}
