/** Measures over a sliding window of returns, each NaN until the window is full. */

/** Calls `write(i, sum, sumOfSquares)` for each full window; sums are rebuilt at intervals so that rounding does not pile up. */
function slide(
  values: Float64Array,
  window: number,
  write: (i: number, sum: number, squares: number) => number,
): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  if (!(window >= 2)) return out;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    // A value that was not finite has spoilt the sums until they are rebuilt without it.
    if (i >= window - 1 && (i % window === window - 1 || !Number.isFinite(squares))) {
      sum = 0;
      squares = 0;
      for (let k = i - window + 1; k <= i; k++) {
        sum += values[k]!;
        squares += values[k]! * values[k]!;
      }
    } else {
      const gone = i >= window ? values[i - window]! : 0;
      sum += values[i]! - gone;
      squares += values[i]! * values[i]! - gone * gone;
    }
    if (i >= window - 1) out[i] = write(i, sum, squares);
  }
  return out;
}

/** Variance from running sums; what is left after cancellation below rounding is zero. */
function variance(sum: number, squares: number, n: number): number {
  const centred = squares - (sum * sum) / n;
  return centred <= 1e-13 * squares ? 0 : centred / (n - 1);
}

/** Annualised sample standard deviation over the last `window` returns. @param window >= 2 */
export function rollingVolatility(returns: Float64Array, window: number, periodsPerYear: number): Float64Array {
  return slide(returns, window, (_, sum, squares) => Math.sqrt(variance(sum, squares, window) * periodsPerYear));
}

/** Annualised Sharpe ratio over the last `window` returns; NaN where they do not vary. @param periodRate risk-free return a period */
export function rollingSharpe(
  returns: Float64Array,
  window: number,
  periodsPerYear: number,
  periodRate = 0,
): Float64Array {
  return slide(returns, window, (_, sum, squares) => {
    const deviation = Math.sqrt(variance(sum, squares, window));
    return deviation > 0 ? ((sum / window - periodRate) / deviation) * Math.sqrt(periodsPerYear) : Number.NaN;
  });
}

/** Beta to the benchmark over the last `window` returns; NaN where the benchmark does not vary. Equal lengths. */
export function rollingBeta(returns: Float64Array, benchmark: Float64Array, window: number): Float64Array {
  const products = returns.map((r, i) => r * benchmark[i]!);
  const cross = slide(products, window, (_, sum) => sum);
  const own = slide(returns, window, (_, sum) => sum);
  return slide(benchmark, window, (i, sum, squares) => {
    const spread = variance(sum, squares, window) * (window - 1);
    return spread > 0 ? (cross[i]! - (own[i]! * sum) / window) / spread : Number.NaN;
  });
}

/** Compounded return over the last `window` returns. */
export function rollingReturn(returns: Float64Array, window: number): Float64Array {
  const logs = returns.map((r) => Math.log1p(r));
  return slide(logs, window, (_, sum) => Math.expm1(sum));
}
