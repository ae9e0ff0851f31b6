import type { BodyNode } from '../noteContent.ts';
import type { Attribution } from './Attribution.ts';
import { isTextBlock } from './blockFamilies.ts';
import { blockPlaces } from './blockPlaces.ts';
import { compareInline, markInline } from './compareInline.ts';
import { keepsShape, type Plan } from './Plan.ts';
import { planPair } from './planBlocks.ts';
import type { Relocation, Relocations } from './relocate.ts';
import { toBody, type TracedNode, visibleAttrs } from './TracedNode.ts';

/** What became of a block as a whole. */
export type BlockChangeKind = 'added' | 'removed' | 'moved' | 'changed';

/** Writes the merged document: the later moment, with what was removed put back where it was, and marked. */
export class MergedBody {
  readonly #who: Attribution;
  readonly #relocations: Relocations;
  readonly #nextBefore: ReadonlyMap<TracedNode, TracedNode>;
  readonly #places: ReadonlyMap<TracedNode, number>;
  /** The block that was told as moved last, as it was. */
  #lastMoved: TracedNode | null = null;

  /** @param before - the earlier moment: blocks that stood one after the other there, and do here, moved together. */
  constructor(who: Attribution, relocations: Relocations, before: TracedNode) {
    this.#who = who;
    this.#relocations = relocations;
    this.#nextBefore = neighboursIn(before);
    this.#places = blockPlaces(before);
  }

  /** The blocks of the body itself; each says where it stood (`then`), for who shows the two moments beside each other. */
  body(plans: readonly Plan[]): BodyNode[] {
    return plans.flatMap((plan) => {
      const then = this.#thenOf(plan);
      const blocks = this.blocks([plan]);
      return then === undefined
        ? blocks
        : blocks.map((node, at) => (at === 0 ? { ...node, attrs: { ...node.attrs, then } } : node));
    });
  }

  #thenOf(plan: Plan): number | undefined {
    const before =
      plan.kind === 'text'
        ? plan.before[0]
        : plan.kind === 'same' || plan.kind === 'container'
          ? plan.before
          : plan.kind === 'removed'
            ? plan.node
            : plan.kind === 'added'
              ? this.#relocations.to.get(plan.node)?.before
              : undefined;
    return before === undefined ? undefined : this.#places.get(before);
  }

  blocks(plans: readonly Plan[]): BodyNode[] {
    return plans.flatMap((plan): BodyNode[] => {
      switch (plan.kind) {
        case 'same':
          return [toBody(plan.after)];
        case 'text':
          return this.#text(plan.before, plan.after);
        case 'container':
          return [this.#container(plan.before, plan.after, plan.children)];
        case 'removed':
          return this.#removed(plan.node, false);
        case 'added':
          return [this.#added(plan.node, false)];
        case 'blank':
          return [{ type: plan.like.type }];
      }
    });
  }

  #text(before: readonly TracedNode[], after: readonly TracedNode[]): BodyNode[] {
    const { blocks } = compareInline(before, after, this.#who);
    return after.map((node, at) => {
      const was = before[Math.min(at, before.length - 1)];
      const changed = was !== undefined && at < before.length ? this.#changed(was, node) : undefined;
      return block(
        node,
        blocks[at] ?? [],
        changed,
        at === 0 ? this.#places.get(was as TracedNode) : undefined,
      );
    });
  }

  #container(before: TracedNode, after: TracedNode, children: readonly Plan[]): BodyNode {
    const changed = this.#changed(before, after);
    // Of a table, rows and columns cannot come back one by one.
    const isWhole = changed !== undefined || (after.type === 'table' && !keepsShape(children));
    return block(after, this.blocks(children), changed, isWhole ? this.#places.get(before) : undefined);
  }

  /** Says that a block is of another type or has other attributes than before, and who did it. Undefined: it is as before. */
  #changed(before: TracedNode, after: TracedNode): Change | undefined {
    const from = { type: before.type, attrs: before.attrs };
    if (before.type !== after.type) return { kind: 'changed', person: this.#writer(after), from };
    const was = new Map(visibleAttrs(before));
    const now = new Map(visibleAttrs(after));
    for (const [name, value] of now) {
      if (JSON.stringify(was.get(name)) === JSON.stringify(value)) continue;
      const id = after.attrIds[name];
      return { kind: 'changed', person: id ? this.#who.writer(id) : null, from };
    }
    for (const name of was.keys()) {
      if (now.has(name)) continue;
      const id = before.attrIds[name];
      return { kind: 'changed', person: id ? this.#who.remover(id) : null, from };
    }
    return undefined;
  }

  /** @param inside - in a block that is itself told as added: its parts need not say it again. */
  #added(node: TracedNode, inside: boolean): BodyNode {
    const from = this.#relocations.to.get(node);
    if (from) return this.#relocated(node, from);
    const change: Change = { kind: 'added', person: this.#writer(node) };
    if (isTextBlock(node)) {
      const line = markInline(node, 'added', this.#who);
      return block(node, line, inside ? undefined : { ...change, person: whoOf(line) ?? change.person });
    }
    // A list or a quote put around what was there already is a change of shape; one that took in moved blocks is none at all.
    const origins = texts(node).map((text) => this.#originOf(text, node));
    if (origins.length > 0 && origins.every((origin) => origin !== null)) {
      const content = node.content.map((child) => this.#added(child, inside));
      return block(
        node,
        content,
        origins.every((origin) => origin?.inPlace) ? { ...change, kind: 'changed' } : undefined,
      );
    }
    const content = node.content.map((child) => this.#added(child, true));
    return block(node, content, inside ? undefined : change);
  }

  #relocated(node: TracedNode, from: Relocation): BodyNode {
    const [merged] = this.blocks([planPair(from.before, node)]);
    const person = this.#writer(node);
    const together = this.#lastMoved !== null && this.#nextBefore.get(this.#lastMoved) === from.before;
    if (!from.inPlace) this.#lastMoved = from.before;
    const change: Change = from.inPlace
      ? { kind: 'changed', person }
      : { kind: 'moved', person, ...(together ? { together: true } : {}) };
    return merged ? { ...merged, attrs: { ...merged.attrs, change } } : block(node, [], change);
  }

  #originOf(text: TracedNode, root: TracedNode): Relocation | null {
    const path = pathTo(root, text);
    for (const node of path) {
      const origin = this.#relocations.to.get(node);
      if (origin) return origin;
    }
    return null;
  }

  #removed(node: TracedNode, inside: boolean): BodyNode[] {
    if (this.#relocations.gone.has(node)) return [];
    const change: Change | undefined = inside
      ? undefined
      : { kind: 'removed', person: node.id ? this.#who.remover(node.id) : null };
    const place = inside ? undefined : this.#places.get(node);
    if (isTextBlock(node)) {
      const line = markInline(node, 'removed', this.#who);
      return [block(node, line, change && { ...change, person: whoOf(line) ?? change.person }, place)];
    }
    const content = node.content.flatMap((child) => this.#removed(child, true));
    if (node.content.length > 0 && content.length === 0) return [];
    return [block(node, content, change, place)];
  }

  #writer(node: TracedNode): string | null {
    return node.id ? this.#who.writer(node.id) : null;
  }
}

/** Who added, or removed, most of a line; null where nobody is known to. The words count: an application may write them into a block that was there. */
function whoOf(line: readonly BodyNode[]): string | null {
  const letters = new Map<string, number>();
  for (const { text = ' ', marks = [] } of line) {
    const mark = marks.find(({ type }) => type === 'added' || type === 'removed');
    const person: unknown = mark?.attrs?.['person'];
    if (typeof person === 'string') letters.set(person, (letters.get(person) ?? 0) + text.length);
  }
  const [most] = [...letters].toSorted(([, one], [, other]) => other - one);
  return most?.[0] ?? null;
}

interface Change {
  readonly kind: BlockChangeKind;
  readonly person: string | null;
  /** What it was, where it was of another type or had other attributes. */
  readonly from?: Pick<TracedNode, 'type' | 'attrs'>;
  /** Moved with the block before it; `ChangeCounter` makes one change of them. */
  readonly together?: true;
}

/** By block, the one that follows it in the same parent. */
function neighboursIn(root: TracedNode): ReadonlyMap<TracedNode, TracedNode> {
  const next = new Map<TracedNode, TracedNode>();
  const walk = ({ content }: TracedNode): void => {
    for (const [at, child] of content.entries()) {
      const after = content[at + 1];
      if (after !== undefined) next.set(child, after);
      walk(child);
    }
  };
  walk(root);
  return next;
}

/** @param was - where it, or what became it, stood at the earlier moment: the position before it. */
function block(
  node: TracedNode,
  content: readonly BodyNode[],
  change: Change | undefined,
  was?: number,
): BodyNode {
  const { from, ...told } = change ?? { from: undefined };
  const attrs = {
    ...node.attrs,
    ...(change ? { change: told } : {}),
    ...(was === undefined ? {} : { was }),
    ...(from === undefined ? {} : { from }),
  };
  return {
    type: node.type,
    ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
    ...(content.length > 0 ? { content } : {}),
  };
}

function texts(node: TracedNode): TracedNode[] {
  if (isTextBlock(node)) return [node];
  return node.content.flatMap(texts);
}

function pathTo(root: TracedNode, target: TracedNode): TracedNode[] {
  if (root === target) return [root];
  for (const child of root.content) {
    const path = pathTo(child, target);
    if (path.length > 0) return [root, ...path];
  }
  return [];
}
