/**
 * Adaptive windowing (Bifet and Gavalda 2007, ADWIN2): a window over a stream that drops its older part as soon as the two parts have
 * different means. The window is an exponential histogram: rows of buckets, row r holding buckets of 2^r values, so memory grows as the
 * logarithm of the window.
 */
import type { StreamTest } from './page-hinkley.ts';

export type AdwinOptions = {
  /** Confidence parameter, (0, 1): smaller alarms less. */
  readonly delta?: number;
  /** Values between two looks. */
  readonly clock?: number;
  /** Buckets a row may hold before its two oldest are merged. */
  readonly buckets?: number;
  /** Fewest values of either part. */
  readonly minPart?: number;
  /** Fewest values of the window. */
  readonly minWindow?: number;
};

export interface Adwin extends StreamTest {
  /** Values in the window. */
  readonly width: number;
  /** Mean of the window; 0 without a value. */
  readonly mean: number;
}

/** Sum, and sum of squared deviations from the own mean, of 2^row values. */
type Bucket = { readonly sum: number; readonly spread: number };

export function adwin(options: AdwinOptions = {}): Adwin {
  const { delta = 0.002, clock = 32, buckets = 5, minPart = 5, minWindow = 10 } = options;
  /** rows[r]: buckets of 2^r values, the oldest first. */
  const rows: Bucket[][] = [[]];
  let [width, sum, spread, ticks] = [0, 0, 0, 0];

  function insert(value: number): void {
    if (width > 0) spread += (width * (value - sum / width) ** 2) / (width + 1);
    width++;
    sum += value;
    rows[0]!.push({ sum: value, spread: 0 });
    for (let row = 0; rows[row]!.length > buckets; row++) {
      if (row + 1 === rows.length) rows.push([]);
      const oldest = rows[row]!.splice(0, 2);
      rows[row + 1]!.push(merged(oldest[0]!, oldest[1]!, 2 ** row));
    }
  }

  function dropOldest(): void {
    const row = rows.length - 1;
    const { sum: gone, spread: goneSpread } = rows[row]!.shift()!;
    const n = 2 ** row;
    width -= n;
    sum -= gone;
    spread -= goneSpread + (n * width * (gone / n - sum / width) ** 2) / (n + width);
    if (rows[row]!.length === 0 && row > 0) rows.pop();
  }

  /** Whether some cut leaves two parts whose means differ by more than chance allows (their theorem 3.2 with the bound for normal values). */
  function differs(): boolean {
    const variance = spread / width;
    const confidence = Math.log((2 * Math.log(width)) / delta);
    let [older, olderSum] = [0, 0];
    for (let row = rows.length - 1; row >= 0; row--) {
      const length = rows[row]!.length;
      for (let k = 0; k < length; k++) {
        if (row === 0 && k === length - 1) return false;
        older += 2 ** row;
        olderSum += rows[row]![k]!.sum;
        const newer = width - older;
        if (newer < minPart) return false;
        if (older < minPart) continue;
        const harmonic = 1 / (older - minPart + 1) + 1 / (newer - minPart + 1);
        const limit = Math.sqrt(2 * harmonic * variance * confidence) + (2 / 3) * confidence * harmonic;
        if (Math.abs(olderSum / older - (sum - olderSum) / newer) > limit) return true;
      }
    }
    return false;
  }

  return {
    push: (value) => {
      if (!Number.isFinite(value)) return false;
      insert(value);
      ticks++;
      if (ticks % clock !== 0) return false;
      let alarm = false;
      while (width > minWindow && differs()) {
        dropOldest();
        alarm = true;
      }
      return alarm;
    },
    get width() {
      return width;
    },
    get mean() {
      return width === 0 ? 0 : sum / width;
    },
  };
}

function merged(a: Bucket, b: Bucket, n: number): Bucket {
  return { sum: a.sum + b.sum, spread: a.spread + b.spread + (n / 2) * (a.sum / n - b.sum / n) ** 2 };
}
