import type { BodyMark, BodyNode } from '../noteContent.ts';
import { countWords } from './words.ts';

/** Words that one person added and removed; null stands for whoever is not known. */
export interface PersonSummary {
  readonly person: string | null;
  readonly added: number;
  readonly removed: number;
}

const inlineKinds = new Set(['added', 'removed', 'formatted']);

/** Numbers the changes of a merged document in reading order, and counts the words per person. */
export class ChangeCounter {
  changeCount = 0;
  readonly #people = new Map<string | null, { added: number; removed: number }>();

  /** Counts a piece of text that somebody added or removed. */
  count(kind: 'added' | 'removed', person: string | null, text: string): void {
    const sums = this.#people.get(person) ?? { added: 0, removed: 0 };
    sums[kind] += text === '¶' ? 0 : countWords(text);
    this.#people.set(person, sums);
  }

  /** The people who changed something, who changed most first. */
  people(): PersonSummary[] {
    return [...this.#people]
      .map(([person, sums]) => ({ person, ...sums }))
      .toSorted((a, b) => b.added + b.removed - a.added - a.removed);
  }

  /** Begins the next change. @returns its number, from 1. */
  next(): number {
    this.changeCount += 1;
    return this.changeCount;
  }

  /**
   * Gives each change of a block and of what it holds its number. Blocks that one person added (or removed, or moved together) one after the
   * other are one change; all but the first are `continued`.
   */
  number(node: BodyNode): BodyNode {
    return this.#number(node, null, null);
  }

  /**
   * @param inside - the number of an added or removed block around it.
   * @param previous - the block before it, numbered already.
   */
  #number(node: BodyNode, inside: number | null, previous: BodyNode | null): BodyNode {
    const change = changeOf(node);
    const before = previous === null ? undefined : changeOf(previous);
    const isWhole = change?.kind === 'added' || change?.kind === 'removed';
    const goesOn = isWhole || change?.together === true;
    const continued = goesOn && before?.kind === change?.kind && before?.person === change?.person;
    const given = inside ?? (continued ? before?.number : undefined);
    const own = change ? (given ?? this.next()) : null;
    if (change && !isWhole) this.#see(change.person);
    const whole = isWhole ? own : inside;
    let running: number | null = null;
    let last: BodyNode | null = null;
    const content = node.content?.map((child): BodyNode => {
      const mark = child.marks?.find((one) => inlineKinds.has(one.type));
      if (!mark) {
        running = null;
        last = this.#number(child, whole, last);
        return last;
      }
      running ??= whole ?? this.next();
      const person = (mark.attrs?.['person'] ?? null) as string | null;
      if (mark.type === 'formatted') this.#see(person);
      else this.count(mark.type === 'added' ? 'added' : 'removed', person, textOf(child));
      const numbered = { ...mark, attrs: { ...mark.attrs, number: running } };
      return { ...child, marks: child.marks?.map((one): BodyMark => (one === mark ? numbered : one)) ?? [] };
    });
    const shown =
      change && own !== null
        ? { kind: change.kind, person: change.person, number: own, ...(continued ? { continued } : {}) }
        : null;
    return {
      ...node,
      ...(shown ? { attrs: { ...node.attrs, change: shown } } : {}),
      ...(content ? { content } : {}),
    };
  }

  #see(person: string | null): void {
    if (!this.#people.has(person)) this.#people.set(person, { added: 0, removed: 0 });
  }
}

interface NumberedChange {
  readonly kind: string;
  readonly person: string | null;
  readonly number?: number;
  readonly together?: boolean;
}

function changeOf(node: BodyNode): NumberedChange | undefined {
  return node.attrs?.['change'] as NumberedChange | undefined;
}

function textOf(node: BodyNode): string {
  return node.text ?? (node.content ?? []).map(textOf).join(' ');
}
