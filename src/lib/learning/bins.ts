/** The bin that a value falls into. */

/** Place of a value among ascending upper ends of bins: a value equal to an end is below it, NaN is in the last bin. */
export function binOf(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
