import type { ItemId, TracedNode } from './TracedNode.ts';
import { isSpace } from './words.ts';

/** A word or a sign, and the pieces of text that it is made of. */
interface TokenPieces {
  readonly key: string;
  readonly pieces: readonly { readonly text: string; readonly node: TracedNode; readonly offset: number }[];
}

/** Who wrote, or who removed, what has this id. */
export type PersonOf = (id: ItemId) => string | null;

function* unitsOf({ pieces }: TokenPieces): Generator<ItemId> {
  for (const { text, node, offset } of pieces) {
    const { id } = node;
    if (id === null) continue;
    const units = node.text === null ? 1 : text.length;
    for (let at = 0; at < units; at += 1) yield { client: id.client, clock: id.clock + offset + at };
  }
}

const keyOf = ({ client, clock }: ItemId): string => `${client}:${clock}`;

/** The ids of all that some tokens are made of. */
export function idsOf(tokens: readonly TokenPieces[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const token of tokens) for (const id of unitsOf(token)) ids.add(keyOf(id));
  return ids;
}

/**
 * Who changed each token of a stretch that differs. A word has one person: whoever changed most of it, since an edit may keep some of its
 * letters. A space goes with its neighbours, and so does what was not touched at all.
 * @param kept - the ids of the other moment: what is in both was neither added nor removed.
 * @param other - who changed the other side of the stretch: a word that became another by what was put beside its letters, or taken from
 * them, lost or got none itself.
 */
export function peopleOf(
  tokens: readonly TokenPieces[],
  kept: ReadonlySet<string>,
  personOf: PersonOf,
  other: string | undefined,
): (string | null)[] {
  const people = tokens.map((token) =>
    isSpace(token.key) ? undefined : mostOf(token, (id) => !kept.has(keyOf(id)), personOf),
  );
  for (let at = 1; at < people.length; at += 1) people[at] ??= people[at - 1];
  for (let at = people.length - 2; at >= 0; at -= 1) people[at] ??= people[at + 1];
  return people.map((person, at) => {
    const token = tokens[at];
    return person ?? other ?? (token ? mostOf(token, () => true, personOf) : null) ?? null;
  });
}

/** Who first changed anything in a stretch; undefined where nobody who is known did. */
export function someoneOf(
  tokens: readonly TokenPieces[],
  kept: ReadonlySet<string>,
  personOf: PersonOf,
): string | undefined {
  for (const token of tokens) {
    const person = mostOf(token, (id) => !kept.has(keyOf(id)), personOf);
    if (person !== undefined) return person;
  }
  return undefined;
}

/** Undefined where nobody who is known changed any of it. */
function mostOf(token: TokenPieces, counts: (id: ItemId) => boolean, personOf: PersonOf): string | undefined {
  const units = new Map<string, number>();
  for (const id of unitsOf(token)) {
    const person = counts(id) ? personOf(id) : null;
    if (person !== null) units.set(person, (units.get(person) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [person, count] of units)
    if (best === undefined || count > (units.get(best) ?? 0)) best = person;
  return best;
}
