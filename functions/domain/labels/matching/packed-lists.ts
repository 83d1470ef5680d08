/**
 * Several lists of whole numbers as one, so that they can be stored and loaded without being read number by number: first how many
 * lists there are, then the length of each, then the lists themselves.
 */
export function joinLists(lists: readonly (readonly number[] | Int32Array)[]): Int32Array {
  const joined = new Int32Array(1 + lists.length + lists.reduce((sum, { length }) => sum + length, 0));
  joined[0] = lists.length;
  let at = 1 + lists.length;
  for (const [index, list] of lists.entries()) {
    joined[1 + index] = list.length;
    joined.set(list, at);
    at += list.length;
  }
  return joined;
}

/** The lists of a joined one; they share its memory. */
export function listsIn(joined: Int32Array): Int32Array[] {
  const count = joined[0] ?? 0;
  let at = 1 + count;
  return Array.from({ length: count }, (_, index) => {
    const length = joined[1 + index]!;
    at += length;
    return joined.subarray(at - length, at);
  });
}
