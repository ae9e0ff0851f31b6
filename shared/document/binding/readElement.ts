import { Fragment, type Node, type NodeType, type Schema } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { allowedAttributes } from '../attributes.ts';
import { attributesToMarks, type TextAttributes } from './textMarks.ts';
import { childrenOf, isElement, type NoteMapping, nodeOf } from './NoteMapping.ts';

interface DeltaPart {
  readonly insert?: unknown;
  readonly attributes?: TextAttributes;
}

function readText(text: Y.XmlText, type: NodeType): Node[] {
  return (text.toDelta() as DeltaPart[]).flatMap(({ insert, attributes }) => {
    if (typeof insert !== 'string' || insert === '') return [];
    // A mark may reach a line that does not take it: somebody made it code while somebody else made a word bold.
    const marks = type.allowedMarks(attributesToMarks(type.schema, attributes));
    return [type.schema.text(insert, marks)];
  });
}

/** The children that a node of this type can hold; the others are not shown, and stay in the document. */
function readChildren(parent: Y.XmlFragment, type: NodeType, mapping: NoteMapping): Fragment {
  const nodes: Node[] = [];
  let match = type.contentMatch;
  for (const child of childrenOf(parent)) {
    if (child instanceof Y.XmlText) {
      if (type.inlineContent) nodes.push(...readText(child, type));
      continue;
    }
    const node = isElement(child) ? readElement(child, type.schema, mapping) : null;
    const next = node && match.matchType(node.type);
    if (node && next) {
      match = next;
      nodes.push(node);
    } else mapping.delete(child as Y.AbstractType<unknown>);
  }
  // Joins neighbouring texts with the same marks: two people may each have begun a text in one empty line.
  return Fragment.fromArray(nodes);
}

/**
 * An element of a shared document as a node. Elements that the mapping knows are taken from it. Nothing is written: what
 * cannot be shown stays as it is.
 * @returns null when the schema has no such node.
 */
export function readElement(element: Y.XmlElement, schema: Schema, mapping: NoteMapping): Node | null {
  const known = nodeOf(mapping, element);
  if (known) return known;
  const type = Object.hasOwn(schema.nodes, element.nodeName) ? schema.nodes[element.nodeName] : undefined;
  if (!type) return null;
  const content = readChildren(element, type, mapping);
  const attributes = allowedAttributes(element.getAttributes() as Record<string, unknown>, type.spec.attrs);
  const node = type.create(attributes, content);
  mapping.set(element as Y.AbstractType<unknown>, node);
  return node;
}

/** The whole of a fragment as the schema's top node. @param mapping - completed with what was read. */
export function readFragment(fragment: Y.XmlFragment, schema: Schema, mapping: NoteMapping): Node {
  return schema.topNodeType.create(null, readChildren(fragment, schema.topNodeType, mapping));
}
