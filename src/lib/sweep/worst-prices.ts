/** The lowest and the highest price of each instrument over a few instants together: a bound on what a position can fall to there. Only margin accounts ask for it. */
import { type Account, TOTAL } from '../portfolio/index.ts';
import { least, most } from './extreme-prices.ts';
import { rowOf, type Stretch } from './stretch.ts';

/** Slack under this fraction of the gross value is too near to a margin call to leave it to rounding. */
export const NEAR_CALL = 1e-9;
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
        before = closes[i]![origin[i]! + (end - 1) * step]!;
      }
      carried[i] = before;
    }
  }

  private bound(stretch: Stretch, i: number, c: number, before: number): void {
    const { open, high, low, close } = stretch.block;
    const end = Math.min((c + 1) * SPAN, stretch.instants);
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    if (before < lowest) lowest = before;
    if (before > highest) highest = before;
    for (let t = c * SPAN; t < end; t++) {
      const row = rowOf(stretch, i, t);
      if (row < 0) continue;
      lowest = least(lowest, open[row]!, low[row]!, close[row]!);
      highest = most(highest, open[row]!, high[row]!, close[row]!);
    }
    this.lowest[c * this.instruments + i] = lowest;
    this.highest[c * this.instruments + i] = highest;
  }
}

/** No margin call lies in the span of an instant, however the prices in it moved. */
export function holdsThrough(account: Account, worst: WorstPrices, instant: number): boolean {
  const { open, openCount, quantity, instruments, config } = account;
  if (config.kind !== 'margin' || openCount === 0) return true;
  const base = Math.floor(instant / SPAN) * instruments.length;
  let slack = account.totals[TOTAL.cash]!;
  let gross = 0;
  for (let k = 0; k < openCount; k++) {
    const i = open[k]!;
    const units = quantity[i]! * instruments[i]!.multiplier;
    const worth = units * (units > 0 ? worst.lowest : worst.highest)[base + i]!;
    slack += worth - config.maintenance * Math.abs(worth);
    gross += Math.abs(units) * worst.highest[base + i]!;
  }
  return slack > NEAR_CALL * gross;
}
