/** The lowest and the highest price of each instrument over a few instants together: a bound on what a position can fall to there. */
import { rowOf, type Stretch } from './stretch.ts';

/** Instants looked at together. */
export const SPAN = 32;

export class WorstPrices {
  /** Of instrument i in span c at c * instruments + i; prices before the span's first instant count too. */
  lowest = new Float64Array(0);
  highest = new Float64Array(0);
  private readonly instruments: number;
  /** Last closes before the stretch. */
  private readonly carried: Float64Array;

  constructor(instruments: number) {
    this.instruments = instruments;
    this.carried = new Float64Array(instruments).fill(Number.NaN);
  }

  enter(stretch: Stretch): void {
    const { instruments, carried } = this;
    const spans = Math.ceil(stretch.instants / SPAN);
    if (this.lowest.length < spans * instruments) {
      this.lowest = new Float64Array(spans * instruments);
      this.highest = new Float64Array(spans * instruments);
    }
    const { closes, origin, step, instants } = stretch;
    for (let i = 0; i < instruments; i++) {
      let before = carried[i]!;
      for (let c = 0; c < spans; c++) {
        const end = Math.min((c + 1) * SPAN, instants);
        this.bound(stretch, i, c, before);
        before = closes[origin[i]! + (end - 1) * step]!;
      }
      carried[i] = before;
    }
  }

  private bound(stretch: Stretch, i: number, c: number, before: number): void {
    const { open, high, low, close } = stretch.block;
    const end = Math.min((c + 1) * SPAN, stretch.instants);
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    // A price that is missing does not count.
    const see = (price: number): void => {
      if (price < lowest) lowest = price;
      if (price > highest) highest = price;
    };
    see(before);
    for (let t = c * SPAN; t < end; t++) {
      const row = rowOf(stretch, i, t);
      if (row < 0) continue;
      see(open[row]!);
      see(high[row]!);
      see(low[row]!);
      see(close[row]!);
    }
    this.lowest[c * this.instruments + i] = lowest;
    this.highest[c * this.instruments + i] = highest;
  }
}
