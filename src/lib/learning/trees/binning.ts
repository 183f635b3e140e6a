/** Feature values as small integers: what histograms of gradients are made over. */
import { binOf } from '../bins.ts';
import type { Matrix } from '../matrix.ts';

export type Binning = {
  /** Per feature the ascending upper ends of all bins but the last: bin b holds values up to `edges[b]`. */
  readonly edges: readonly Float64Array[];
  /** Column-major: bin of row i in feature f at `f * rows + i`. A missing value is in the last bin. */
  readonly bins: Uint8Array;
};

/**
 * Cuts each column at quantiles of its values into at most `count` bins (2 to 255). A cut lies halfway between a quantile and the
 * next smaller value, so equal values share a bin and ties can leave fewer.
 */
export function binFeatures(x: Matrix, count: number): Binning {
  const edges: Float64Array[] = [];
  const bins = new Uint8Array(x.rows * x.columns);
  for (let f = 0; f < x.columns; f++) {
    const column = new Float64Array(x.rows);
    for (let i = 0; i < x.rows; i++) column[i] = x.values[i * x.columns + f]!;
    const cut = cuts(column, count);
    edges.push(cut);
    for (let i = 0; i < x.rows; i++) bins[f * x.rows + i] = binOf(cut, column[i]!);
  }
  return { edges, bins };
}

function cuts(column: Float64Array, count: number): Float64Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const found: number[] = [];
  for (let b = 1; b < count; b++) {
    const at = Math.floor((b * sorted.length) / count);
    // The first value of the next bin, and the last value below it.
    let below = at - 1;
    while (below >= 0 && sorted[below] === sorted[at]) below--;
    if (below < 0) continue;
    const edge = (sorted[below]! + sorted[at]!) / 2;
    // Halfway between neighbouring doubles may round up to the upper one.
    const usable = edge < sorted[at]! ? edge : sorted[below]!;
    if (usable !== found[found.length - 1]) found.push(usable);
  }
  return Float64Array.from(found);
}
