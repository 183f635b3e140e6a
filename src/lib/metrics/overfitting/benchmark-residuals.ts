/** What of each set's returns its exposure to the benchmark does not explain. */
import { SigmaError } from '../../core/index.ts';
import { fitLine, moments } from '../../statistics/index.ts';
import { type ReturnMatrix, rowOf } from './return-matrix.ts';

/** Slope of returns on the benchmark's; 0 when it is undefined, because then nothing is explained. */
export function exposureTo(benchmark: Float64Array, returns: Float64Array): number {
  const { slope } = fitLine(benchmark, returns);
  return Number.isFinite(slope) ? slope : 0;
}

/**
 * returns - beta x benchmark, beta by least squares over the whole span (Jensen 1968): its mean is the alpha. A set that is long half of the
 * time by chance earns half of the market, and that is no skill; the plain difference would ask a hedged strategy to beat a rising market.
 * @throws SigmaError usage/bad-option when the benchmark has another number of periods or a return that is not finite
 */
export function benchmarkResiduals(matrix: ReturnMatrix, benchmark: Float64Array): ReturnMatrix {
  const { periods, sets } = matrix;
  if (benchmark.length !== periods || (periods > 0 && Number.isNaN(moments(benchmark).mean)))
    throw new SigmaError(
      'usage/bad-option',
      `the benchmark has ${benchmark.length} returns for ${periods} periods, or one that is not finite`,
      { where: 'benchmark', hint: 'give one finite return for each period of the sets' },
    );
  const returns = new Float64Array(sets * periods);
  for (let s = 0; s < sets; s++) {
    const row = rowOf(matrix, s);
    returns.set(hedged(row, benchmark, exposureTo(benchmark, row)), s * periods);
  }
  return { returns, sets, periods };
}

/** returns - beta x benchmark. */
export function hedged(returns: Float64Array, benchmark: Float64Array, beta: number): Float64Array {
  return returns.map((r, t) => r - beta * benchmark[t]!);
}
