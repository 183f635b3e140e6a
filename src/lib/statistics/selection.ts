/** Order statistics by selection: linear time where sorting would do more than is asked. */

/** Median by selection (Hoare 1961, the middle of three as pivot). The values are left in another order; NaN of none. */
export function selectedMedian(values: Float64Array): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const upper = selected(values, n >> 1);
  if (n % 2 === 1) return upper;
  // What selection leaves before its place is no larger: the lower middle is the largest of it.
  let lower = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n >> 1; i++) if (values[i]! > lower) lower = values[i]!;
  return (lower + upper) / 2;
}

/** The value that would stand at `place` if all were sorted. */
function selected(values: Float64Array, place: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = middleOf(values[from]!, values[(from + to) >> 1]!, values[to]!);
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (place <= j) to = j;
    else if (place >= i) from = i;
    else return values[place]!;
  }
  return values[place]!;
}

function middleOf(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
}
