/** Series a report draws, derived from the equity curve. */

/** Simple returns from one value to the next; length is one less than the values'. */
export function simpleReturns(values: Float64Array): Float64Array {
  const out = new Float64Array(Math.max(0, values.length - 1));
  for (let i = 0; i < out.length; i++) out[i] = values[i + 1]! / values[i]! - 1;
  return out;
}

/** Fraction below the running peak at each value, <= 0. */
export function drawdown(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  let peak = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    peak = Math.max(peak, values[i]!);
    out[i] = values[i]! / peak - 1;
  }
  return out;
}
