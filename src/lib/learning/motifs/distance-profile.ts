/** Distance profile: how far each window of a series is from a query (as MASS, Mueen et al. 2017, summed directly). */
import { invariant } from '../../core/index.ts';
import { ofCorrelation } from './matrix-profile.ts';
import { windowsOf } from './windows.ts';

/**
 * Distances by shape of the query to every window of its length, with the conventions of `matrixProfile`; all are infinite
 * where the query has a missing value.
 */
export function distanceProfile(query: Float64Array, series: Float64Array): Float64Array {
  const of = windowsOf(query, query.length);
  const windows = windowsOf(series, query.length);
  invariant(of.count === 1, 'a query is one window');
  const distanceOf = ofCorrelation(query.length);
  return Float64Array.from({ length: windows.count }, (_, j) => {
    const scale = of.inverse[0]! * windows.inverse[j]!;
    if (Number.isNaN(scale)) return Number.POSITIVE_INFINITY;
    let products = 0;
    for (let k = 0; k < query.length; k++)
      products += (of.values[k]! - of.mean[0]!) * (windows.values[j + k]! - windows.mean[j]!);
    const flat = (of.inverse[0] === 0 ? 0.5 : 0) + (windows.inverse[j] === 0 ? 0.5 : 0);
    return distanceOf(scale * products + flat);
  });
}
