/** Square-root impact: cost grows with the root of the share of a day's volume (Almgren et al. 2005; Toth et al. 2011). */

/**
 * @param dailyVolatility standard deviation of daily returns, a fraction
 * @param dailyVolume units traded in a usual day
 * @returns fraction of the price: y x volatility x sqrt(quantity / dailyVolume); 0 while volatility or volume is unknown
 */
export function squareRootImpact(y: number, dailyVolatility: number, quantity: number, dailyVolume: number): number {
  if (!(dailyVolume > 0) || !(dailyVolatility > 0)) return 0;
  return y * dailyVolatility * Math.sqrt(quantity / dailyVolume);
}
