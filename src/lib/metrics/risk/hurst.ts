/** The Hurst exponent by rescaled range. */
import { fitLine, moments } from '../../statistics/index.ts';

const SMALLEST_BLOCK = 8;

/**
 * Slope of log mean(R / S) on log block size over block sizes 8, 16, 32, ... <= n / 2 (Hurst 1951; Mandelbrot and Wallis 1969).
 * About 0.5 for independent returns (somewhat above in small samples), higher for trending ones.
 * @returns NaN under 32 returns or where no block varies
 */
export function hurst(returns: Float64Array): number {
  const n = returns.length;
  const sizes: number[] = [];
  const ranges: number[] = [];
  for (let size = SMALLEST_BLOCK; size <= n / 2; size *= 2) {
    let sum = 0;
    let blocks = 0;
    for (let start = 0; start + size <= n; start += size) {
      const range = rescaledRange(returns.subarray(start, start + size));
      if (Number.isNaN(range)) continue;
      sum += range;
      blocks++;
    }
    if (blocks === 0) continue;
    sizes.push(Math.log(size));
    ranges.push(Math.log(sum / blocks));
  }
  return n < 4 * SMALLEST_BLOCK || !Number.isFinite(moments(returns).mean)
    ? Number.NaN
    : fitLine(Float64Array.from(sizes), Float64Array.from(ranges)).slope;
}

function rescaledRange(block: Float64Array): number {
  const { mean, variance, count } = moments(block);
  if (!(variance > 0)) return Number.NaN;
  let walk = 0;
  let low = 0;
  let high = 0;
  for (let i = 0; i < count; i++) {
    walk += block[i]! - mean;
    low = Math.min(low, walk);
    high = Math.max(high, walk);
  }
  return (high - low) / Math.sqrt((variance * (count - 1)) / count);
}
