import * as Y from 'yjs';
import { collectionFields, noteFields } from '#shared/document/fields.ts';

/** What may be wrong with a document, that only its tree shows. @see threat-model, A2 and section 6 */
export type TreeFault =
  /** Some of it refers to what is not there: it is not shown to anybody. */
  | 'incomplete'
  /** Shared types lie too deep inside one another. */
  | 'too_deep'
  | 'too_many_attributes'
  | 'attribute_too_large'
  /** Names, or things inside others, that no editor of this version can hold. */
  | 'unknown_content'
  | 'too_large';

export interface TreeLimits {
  /** Shared types inside one another. */
  readonly maxDepth: number;
  /** Attributes of one element. */
  readonly maxAttributes: number;
  /** Bytes of one attribute, of an element or of a mark, and of one value in a map or a list, as JSON. */
  readonly maxAttributeBytes: number;
  /** Bytes of the collected state. */
  readonly maxDocumentBytes: number;
}

export const treeLimits: TreeLimits = {
  maxDepth: 64,
  maxAttributes: 64,
  maxAttributeBytes: 8 * 1024,
  maxDocumentBytes: 20 * 1024 * 1024,
};

/** The first thing found wrong with a document; null: it is sound. What Yjs does not know the relay does not judge: an attribute without a place in the schema is passed over. */
export async function treeFault(doc: Y.Doc, limits: TreeLimits): Promise<TreeFault | null> {
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return 'incomplete';
  return structuralFault(doc, limits) ?? (await schemaFault(doc));
}

function structuralFault(doc: Y.Doc, limits: TreeLimits): TreeFault | null {
  const depths = new Map<Y.Item, number>();
  const attributes = new Map<unknown, number>();
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || struct.deleted) continue;
      if (struct.content instanceof Y.ContentType && depthOf(struct, depths) > limits.maxDepth)
        return 'too_deep';
      if (isTooLarge(struct, limits.maxAttributeBytes)) return 'attribute_too_large';
      if (struct.parentSub === null || !(struct.parent instanceof Y.XmlElement)) continue;
      const count = (attributes.get(struct.parent) ?? 0) + 1;
      if (count > limits.maxAttributes) return 'too_many_attributes';
      attributes.set(struct.parent, count);
    }
  }
  return null;
}

/** Shared types inside one another down to this one: 1 for a paragraph of the body. Walks up to one that is known, then down: no recursion, however deep the tree. */
export function depthOf(item: Y.Item, depths: Map<Y.Item, number>): number {
  const path: Y.Item[] = [];
  let above: Y.Item | null = item;
  while (above !== null && !depths.has(above)) {
    path.push(above);
    above = above.parent instanceof Y.AbstractType ? above.parent._item : null;
  }
  let depth = above === null ? 0 : (depths.get(above) ?? 0);
  for (const one of path.toReversed()) depths.set(one, ++depth);
  return depth;
}

/** An attribute of an element or of a mark, or a value kept in a map or a list (of a sheet, an entry, a setting), that is larger than one may be. */
function isTooLarge({ content, parentSub }: Y.Item, maxBytes: number): boolean {
  if (content instanceof Y.ContentFormat) return bytesOf(content.value) > maxBytes;
  // A root that nobody asked for yet is of no class: what it holds tells a text from a map and a list.
  const isKept =
    content instanceof Y.ContentAny || content instanceof Y.ContentJSON || content instanceof Y.ContentBinary;
  if (!isKept && (parentSub === null || content instanceof Y.ContentType)) return false;
  return content.getContent().some((value) => bytesOf(value) > maxBytes);
}

function bytesOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  const json: string | undefined = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'bigint' ? String(one) : one,
  );
  return json === undefined ? 0 : Buffer.byteLength(json);
}

async function schemaFault(doc: Y.Doc): Promise<TreeFault | null> {
  const fields = [noteFields.body, collectionFields.guide].filter((name) => doc.share.has(name));
  if (fields.length === 0) return null;
  // The schema is loaded by who needs it: it is most of what a worker would hold.
  const { scanFragment } = await import('#shared/document/unknownContent.ts');
  const unknown = fields.flatMap((name) => scanFragment(doc.getXmlFragment(name)));
  return unknown.some(({ kind }) => kind !== 'attribute') ? 'unknown_content' : null;
}
