import type { Origin, OriginRun } from '#shared/api/history.ts';
import { isLeafName } from '#shared/document/names.ts';
import type { ItemId, TracedNode } from '#shared/document/compare/TracedNode.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { sittingGapMs } from '../Sittings.ts';
import type { Chronicle, ItemOrigin } from './Chronicle.ts';

/** Who wrote a note as it was at a row. */
export interface AuthorshipAt {
  readonly title: readonly OriginRun[];
  readonly runs: readonly OriginRun[];
  readonly blocks: readonly (Origin & { readonly at: number })[];
}

export interface AuthorshipOptions {
  /** Each act by itself; otherwise neighbours that one person wrote within one sitting are one stretch. */
  readonly fine?: boolean;
}

/** Who wrote each stretch of the title and of the body, and who made each block. Positions as in shared/api/history.ts. */
export function authorshipAt(
  chronicle: Chronicle,
  seq: number,
  { fine = false }: AuthorshipOptions = {},
): AuthorshipAt {
  const { title, body } = chronicle.noteAt(seq);
  const ofTitle = new Runs(chronicle, fine);
  let at = 0;
  for (const node of title) at = ofTitle.text(node, at);
  const runs = new Runs(chronicle, fine);
  const blocks: (Origin & { at: number })[] = [];
  const walk = (nodes: readonly TracedNode[], from: number): number => {
    let place = from;
    for (const node of nodes) {
      if (node.text !== null) {
        place = runs.text(node, place);
        continue;
      }
      if (node.id !== null) blocks.push({ at: place, ...runs.origin(node.id) });
      const inside = place + 1;
      place = isLeafName(node.type) ? inside : walk(node.content, inside) + 1;
    }
    return place;
  };
  walk(body.content, 0);
  return { title: ofTitle.out, runs: runs.out, blocks };
}

/** Gathers units into stretches of one origin. */
class Runs {
  readonly out: OriginRun[] = [];
  readonly #chronicle: Chronicle;
  readonly #fine: boolean;
  #last:
    | (OriginRun & { fromSeq: number; toSeq: number; fromTime: number; toTime: number; to: number })
    | null = null;

  constructor(chronicle: Chronicle, fine: boolean) {
    this.#chronicle = chronicle;
    this.#fine = fine;
  }

  origin(id: ItemId): Origin {
    return this.#present(this.#chronicle.originOf(id));
  }

  /** @returns the place after the text. */
  text({ id, text }: TracedNode, at: number): number {
    const length = text?.length ?? 0;
    for (let unit = 0; unit < length; unit += 1) {
      const origin: ItemOrigin =
        id === null
          ? { person: null, seq: 0, carried: null }
          : this.#chronicle.originOf({ client: id.client, clock: id.clock + unit });
      this.#unit(origin, at + unit);
    }
    return at + length;
  }

  #unit(origin: ItemOrigin, at: number): void {
    const last = this.#last;
    const time = this.#chronicle.timeOf(origin.seq);
    if (last !== null && last.to === at && this.#continues(last, origin, time)) {
      last.to = at + 1;
      if (origin.seq < last.fromSeq) [last.fromSeq, last.fromTime] = [origin.seq, time];
      if (origin.seq > last.toSeq) [last.toSeq, last.toTime] = [origin.seq, time];
      return;
    }
    this.#last = { from: at, to: at + 1, ...this.#present(origin) };
    this.out.push(this.#last);
  }

  #continues(last: OriginRun, { person, seq, carried }: ItemOrigin, time: number): boolean {
    if (last.person !== person || last.carried?.seq !== carried?.seq || last.carried?.kind !== carried?.kind)
      return false;
    if (seq >= last.fromSeq && seq <= last.toSeq) return this.#fine ? last.fromSeq === last.toSeq : true;
    if (this.#fine) return false;
    return time > last.fromTime - sittingGapMs && time < last.toTime + sittingGapMs;
  }

  #present({ person, seq, carried }: ItemOrigin): Origin {
    const chronicle = this.#chronicle;
    const time = chronicle.timeOf(seq);
    return {
      person: person as PersonId | null,
      fromSeq: seq,
      toSeq: seq,
      fromTime: time,
      toTime: time,
      carried:
        carried === null
          ? null
          : {
              kind: carried.kind,
              person: chronicle.personOf(carried.seq),
              seq: carried.seq,
              time: chronicle.timeOf(carried.seq),
            },
    };
  }
}
