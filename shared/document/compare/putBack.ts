import type { BodyNode } from '../noteContent.ts';
import { isTextBlock } from './blockFamilies.ts';
import { blockPlaces } from './blockPlaces.ts';
import { keepsShape, type Plan } from './Plan.ts';
import { planChildren, planPair } from './planBlocks.ts';
import { type Relocations, relocate } from './relocate.ts';
import { toBody, type TracedNode } from './TracedNode.ts';

const lists = new Set(['bulletList', 'orderedList', 'taskList']);

/**
 * The body of now, in which one block says again what it said at an earlier moment; all else is as it is now. A block that is gone stands again where it
 * stood, between what is left of its neighbours; one that moved is put right where it is now; of a list that is gone, the items that are wanted come
 * back; a table whose rows or columns are others now comes back whole.
 * @param before - the body at the earlier moment.
 * @param at - the position before the block in it, as ProseMirror counts them.
 * @returns null where no block begins there.
 */
export function putBack(before: TracedNode, after: TracedNode, at: number): BodyNode | null {
  const wanted = [...blockPlaces(before)].find(([, place]) => place === at)?.[0];
  if (wanted === undefined) return null;
  const plans = planChildren(before.content, after.content);
  return { type: 'doc', content: new Restorer(wanted, relocate(plans)).blocks(plans) };
}

class Restorer {
  readonly #wanted: TracedNode;
  readonly #relocations: Relocations;

  constructor(wanted: TracedNode, relocations: Relocations) {
    this.#wanted = wanted;
    this.#relocations = relocations;
  }

  blocks(plans: readonly Plan[]): BodyNode[] {
    return plans.flatMap((plan): BodyNode[] => {
      switch (plan.kind) {
        case 'same':
          return [toBody(plan.after)];
        case 'text':
          return (plan.before.includes(this.#wanted) ? plan.before : plan.after).map(toBody);
        case 'container':
          return [this.#container(plan)];
        case 'removed':
          return this.#removed(plan.node);
        case 'added':
          return [this.#added(plan.node)];
        case 'blank':
          return [];
      }
    });
  }

  #container(plan: Extract<Plan, { kind: 'container' }>): BodyNode {
    const { before, after, children } = plan;
    if (before === this.#wanted) return toBody(before);
    if (!this.#isIn(plan)) return toBody(after);
    if (after.type === 'table' && !keepsShape(children)) return toBody(before);
    return withContent(after, this.blocks(children));
  }

  #removed(node: TracedNode): BodyNode[] {
    // What moved is put right at its new place.
    if (this.#relocations.gone.has(node) || !this.#holds(node)) return [];
    if (node === this.#wanted || !lists.has(node.type)) return [toBody(node)];
    return [
      withContent(
        node,
        node.content.flatMap((item) => this.#removed(item)),
      ),
    ];
  }

  #added(node: TracedNode): BodyNode {
    const from = this.#relocations.to.get(node)?.before;
    if (from === undefined) {
      // What was there before may stand in it.
      return isTextBlock(node) || node.text !== null || !this.#bringsWanted(node)
        ? toBody(node)
        : withContent(
            node,
            node.content.map((child) => this.#added(child)),
          );
    }
    if (!this.#holds(from)) return toBody(node);
    // The words that it had, in the shape that its new place asks for.
    if (from === this.#wanted && isTextBlock(from) && isTextBlock(node))
      return withContent(node, from.content.map(toBody));
    if (from === this.#wanted) return toBody(from);
    return this.blocks([planPair(from, node)])[0] ?? toBody(node);
  }

  /** Whether the wanted block is this one, or in it. */
  #holds(node: TracedNode): boolean {
    return node === this.#wanted || node.content.some((child) => this.#holds(child));
  }

  #bringsWanted(node: TracedNode): boolean {
    const from = this.#relocations.to.get(node)?.before;
    return (
      (from !== undefined && this.#holds(from)) || node.content.some((child) => this.#bringsWanted(child))
    );
  }

  #isIn(plan: Plan): boolean {
    switch (plan.kind) {
      case 'text':
        return plan.before.includes(this.#wanted);
      case 'container':
        return plan.before === this.#wanted || plan.children.some((child) => this.#isIn(child));
      case 'removed':
        return !this.#relocations.gone.has(plan.node) && this.#holds(plan.node);
      case 'added':
        return this.#bringsWanted(plan.node);
      case 'same':
      case 'blank':
        return false;
    }
  }
}

function withContent(node: TracedNode, content: readonly BodyNode[]): BodyNode {
  const { content: _, ...own } = toBody(node);
  return content.length > 0 ? { ...own, content } : own;
}
