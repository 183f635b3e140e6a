/** The typical worst loss of a calendar year. */
import { closingDay, yearMonth } from '../series/calendar.ts';

/** Mean over UTC calendar years of the maximum drawdown from a peak of the same year or the value it opened with, <= 0; NaN when empty. */
export function averageYearlyDrawdown(time: Float64Array, values: Float64Array): number {
  let yearEnd = Number.NEGATIVE_INFINITY;
  let years = 0;
  let sum = 0;
  let worst = 0;
  let peak = 0;
  let low = 0;
  for (let i = 0; i < time.length; i++) {
    const value = values[i]!;
    if (time[i]! > yearEnd) {
      yearEnd = Date.UTC(yearMonth(closingDay(time[i]!)).year + 1, 0, 1);
      sum += worst;
      years++;
      worst = 0;
      peak = i > 0 ? values[i - 1]! : value;
      low = peak;
    }
    if (value > peak) {
      peak = value;
      low = value;
    } else if (value < low) {
      low = value;
      worst = Math.min(worst, low / peak - 1);
    }
  }
  return years === 0 ? Number.NaN : (sum + worst) / years;
}
