import * as Y from 'yjs';
import { markNameOf } from './names.ts';
import { introducedIn, noteSchema } from './schema.ts';

/**
 * Something in a shared document that this schema cannot hold. An editor bound to it would delete it for everyone
 * (`attribute`: at the next change of that node), so there must be no editor.
 */
export interface UnknownContent {
  /** `structure`: known names, one inside another that does not take it, named `parent>child`. */
  readonly kind: 'node' | 'mark' | 'attribute' | 'structure';
  readonly name: string;
}

class Findings {
  readonly #found = new Map<string, UnknownContent>();
  add(kind: UnknownContent['kind'], name: string): void {
    this.#found.set(`${kind}:${name}`, { kind, name });
  }
  list(): UnknownContent[] {
    return [...this.#found.values()];
  }
}

const childrenOf = new Map<string, ReadonlySet<string>>();

/** Every content expression of the schema is a repeated choice: what may come first may come anywhere. */
function allowedIn(parent: string): ReadonlySet<string> {
  let allowed = childrenOf.get(parent);
  if (!allowed) {
    const match = noteSchema.nodes[parent]?.contentMatch;
    const names = new Set<string>();
    for (let at = 0; match && at < match.edgeCount; at += 1) names.add(match.edge(at).type.name);
    allowed = names;
    childrenOf.set(parent, allowed);
  }
  return allowed;
}

function parentName(type: Y.XmlFragment | Y.XmlElement): string {
  return type instanceof Y.XmlElement ? type.nodeName : 'doc';
}

function checkPlace(parent: string, child: string, findings: Findings): void {
  const known = parent === 'doc' || introducedIn('node', parent) !== null;
  if (known && !allowedIn(parent).has(child)) findings.add('structure', `${parent}>${child}`);
}

function scanText(text: Y.XmlText, parent: string, findings: Findings): void {
  for (const part of text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof part.insert !== 'string') findings.add('node', '(embed)');
    else if (part.insert.length > 0) checkPlace(parent, 'text', findings);
    for (const attribute of Object.keys(part.attributes ?? {})) {
      const name = markNameOf(attribute);
      if (introducedIn('mark', name) === null) findings.add('mark', name);
    }
  }
}

function scanElement(element: Y.XmlElement, findings: Findings): void {
  if (introducedIn('node', element.nodeName) === null) {
    findings.add('node', element.nodeName);
    return;
  }
  for (const attribute of Object.keys(element.getAttributes())) {
    const name = `${element.nodeName}.${attribute}`;
    if (introducedIn('attribute', name) === null) findings.add('attribute', name);
  }
}

function scanChild(child: unknown, parent: string, findings: Findings): void {
  if (child instanceof Y.XmlText) scanText(child, parent, findings);
  else if (child instanceof Y.XmlHook || !(child instanceof Y.XmlElement)) findings.add('node', '(hook)');
  else {
    scanElement(child, findings);
    if (introducedIn('node', child.nodeName) !== null) checkPlace(parent, child.nodeName, findings);
  }
}

/**
 * Everything in a body that this schema cannot hold. To be called before an editor is bound.
 * @param fragment - the body of a note or the guide of a carnet, in its document. Not modified.
 */
export function scanFragment(fragment: Y.XmlFragment): UnknownContent[] {
  const findings = new Findings();
  const waiting: (Y.XmlFragment | Y.XmlElement)[] = [fragment];
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    for (const child of parent.toArray() as unknown[]) {
      scanChild(child, parentName(parent), findings);
      if (child instanceof Y.XmlElement && !(child instanceof Y.XmlHook)) waiting.push(child);
    }
  }
  return findings.list();
}

function isInside(type: Y.AbstractType<unknown>, fragment: Y.XmlFragment): boolean {
  let at: unknown = type;
  while (at !== fragment) {
    const item = at instanceof Y.AbstractType ? at._item : null;
    if (!item) return false;
    at = item.parent;
  }
  return true;
}

function isNew(type: Y.AbstractType<unknown>, transaction: Y.Transaction): boolean {
  const id = type._item?.id;
  return id !== undefined && id.clock >= (transaction.beforeState.get(id.client) ?? 0);
}

/**
 * What a transaction brought into a body that this schema cannot hold. For the document's event `beforeObserverCalls`,
 * which comes before the editor's binding sees the change: on a finding, destroy the editor there and then.
 * @param fragment - the body that an editor is bound to.
 * @param transaction - the transaction under way; only what it changed is read.
 */
export function scanTransaction(fragment: Y.XmlFragment, transaction: Y.Transaction): UnknownContent[] {
  const findings = new Findings();
  for (const type of transaction.changed.keys() as Iterable<Y.AbstractType<unknown>>) {
    if (!isInside(type, fragment) || type._item?.deleted === true) continue;
    if (type instanceof Y.XmlText) {
      const parent = type.parent;
      scanText(type, parent instanceof Y.XmlElement ? parent.nodeName : 'doc', findings);
    } else if (type instanceof Y.XmlElement || type instanceof Y.XmlFragment) {
      if (type instanceof Y.XmlElement) scanElement(type, findings);
      for (const child of type.toArray() as unknown[]) {
        // A value that is no shared type has no place in a body, old or new.
        if (child instanceof Y.AbstractType && !isNew(child, transaction)) continue;
        scanChild(child, parentName(type), findings);
        if (child instanceof Y.XmlElement)
          for (const one of scanFragment(child)) findings.add(one.kind, one.name);
      }
    }
  }
  return findings.list();
}

/**
 * Names of nodes and marks in one update that this schema does not know, without a document. Attributes and structure
 * cannot be told from an update alone. For the relay, in a worker: the update is decoded.
 * @param update - Yjs update, v1 encoding.
 * @throws Error when the bytes are not an update.
 */
export function scanUpdate(update: Uint8Array): UnknownContent[] {
  const findings = new Findings();
  forEachName(update, (kind, name) => {
    if (introducedIn(kind, name) === null) findings.add(kind, name);
  });
  return findings.list();
}

/**
 * The schema version that a client needs to open a document once this update is in it.
 * @param update - Yjs update, v1 encoding.
 * @returns 1 for an update without any node or mark; null when it holds a name that this version does not know.
 */
export function requiredSchemaVersion(update: Uint8Array): number | null {
  let version: number | null = 1;
  forEachName(update, (kind, name) => {
    const introduced = introducedIn(kind, name);
    version = version === null || introduced === null ? null : Math.max(version, introduced);
  });
  return version;
}

function forEachName(update: Uint8Array, visit: (kind: 'node' | 'mark', name: string) => void): void {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item)) continue;
    const content: unknown = struct.content;
    if (content instanceof Y.ContentFormat) visit('mark', markNameOf(content.key));
    else if (content instanceof Y.ContentEmbed) visit('node', '(embed)');
    else if (content instanceof Y.ContentType) {
      if (content.type instanceof Y.XmlHook) visit('node', '(hook)');
      else if (content.type instanceof Y.XmlElement) visit('node', content.type.nodeName);
    }
  }
}
