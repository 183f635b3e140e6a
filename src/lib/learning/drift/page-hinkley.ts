/** The Page-Hinkley test (Page 1954; Hinkley 1971): has the mean of a stream moved, up or down? */

export type PageHinkleyOptions = {
  /** Values seen before it may alarm. */
  readonly minValues?: number;
  /** Drift of the mean that is tolerated, in units of the values. */
  readonly tolerance?: number;
  /** Sum of deviations that raises the alarm. */
  readonly threshold?: number;
  /** Weight that remains of past deviations at each value, (0, 1]. */
  readonly memory?: number;
};

/** A test of a stream, value by value. */
export interface StreamTest {
  /** True when this value raises the alarm. Values that are not finite are passed over. */
  push(value: number): boolean;
}

/** The test starts anew after an alarm. */
export function pageHinkley(options: PageHinkleyOptions = {}): StreamTest {
  const { minValues = 30, tolerance = 0.005, threshold = 50, memory = 0.9999 } = options;
  const fresh = [0, 0, 0, Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY] as const;
  let [count, mean, up, lowest, down, highest]: readonly [number, number, number, number, number, number] = fresh;
  return {
    push: (value) => {
      if (!Number.isFinite(value)) return false;
      count++;
      mean += (value - mean) / count;
      up = memory * up + (value - mean - tolerance);
      down = memory * down + (value - mean + tolerance);
      lowest = Math.min(lowest, up);
      highest = Math.max(highest, down);
      const alarm = count >= minValues && Math.max(up - lowest, highest - down) > threshold;
      if (alarm) [count, mean, up, lowest, down, highest] = fresh;
      return alarm;
    },
  };
}
