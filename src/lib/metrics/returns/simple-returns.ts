/** Simple returns of a series of values. */

/** values[i + 1] / values[i] - 1; one shorter than the values. NaN where the earlier value is not positive. */
export function simpleReturns(values: Float64Array): Float64Array {
  const out = new Float64Array(Math.max(0, values.length - 1));
  for (let i = 0; i < out.length; i++) {
    const before = values[i]!;
    out[i] = before > 0 ? values[i + 1]! / before - 1 : Number.NaN;
  }
  return out;
}
