/**
 * Those that stand elsewhere among the others than before: the fewest that, taken out, leave all others in their order.
 * @param before - without repetition, as `after`; what is in one of them only is passed over.
 */
export function movedNotes<Id>(before: readonly Id[], after: readonly Id[]): ReadonlySet<Id> {
  const places = new Map(before.map((id, at) => [id, at]));
  const both = after.filter((id) => places.has(id));
  // The longest rising run of places, by the smallest end of a run of each length.
  const ends: { readonly id: Id; readonly place: number }[] = [];
  const previous = new Map<Id, Id | undefined>();
  for (const id of both) {
    const place = places.get(id) ?? 0;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous.set(id, ends[low - 1]?.id);
    ends[low] = { id, place };
  }
  const moved = new Set(both);
  for (let id = ends.at(-1)?.id; id !== undefined; id = previous.get(id)) moved.delete(id);
  return moved;
}
