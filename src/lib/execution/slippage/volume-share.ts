/** Volume-share slippage: the price moves with the square of the share of the bar's volume that is taken (zipline's `VolumeShareSlippage`). */

/**
 * @param taken units taken from this bar so far, this fill included
 * @param volume of the bar; NaN (unknown) or 0 moves nothing
 * @returns fraction of the price: priceImpact x min(taken / volume, volumeLimit)^2
 */
export function volumeShareSlippage(taken: number, volume: number, volumeLimit: number, priceImpact: number): number {
  if (!(volume > 0)) return 0;
  const share = Math.min(taken / volume, volumeLimit);
  return priceImpact * share * share;
}
