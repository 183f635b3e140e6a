/** The lowest and the highest price of each instrument over a few instants together: a bound on what a position can fall to there. Only margin accounts ask for it. */
import { type Account, TOTAL } from '../portfolio/index.ts';
import { least, most } from './extreme-prices.ts';
import { barsOf, placeOf, rowOf, type Stretch } from './stretch.ts';
import type { VectorSweepOptions } from './vector-options.ts';

/** Slack under this fraction of the gross value is too near to a margin call to leave it to rounding. */
export const NEAR_CALL = 1e-9;
/** Instants looked at together. */
const SPAN = 32;

/** First instant of the next span. */
export function spanEnd(instant: number): number {
  return (Math.floor(instant / SPAN) + 1) * SPAN;
}

/** Of the sets of a sweep; undefined where no margin call can come, or the venue itself tells when one may. */
export function worstPricesOf({ strategy, source, config }: VectorSweepOptions): WorstPrices | undefined {
  const bounded = config.account.kind === 'margin' && strategy.exits === undefined;
  return bounded ? new WorstPrices(source.instruments.length) : undefined;
}

/** Bounds are found when they are first asked for: few instruments may be held. */
export class WorstPrices {
  /** Of instrument i in span c at c * instruments + i, NaN where nobody has asked. */
  private lowest = new Float64Array(0);
  private highest = new Float64Array(0);
  private readonly instruments: number;
  /** Last closes before the stretch, and at its end. */
  private carried: Float64Array;
  private last: Float64Array;
  private stretch!: Stretch;

  constructor(instruments: number) {
    this.instruments = instruments;
    this.carried = new Float64Array(instruments);
    this.last = new Float64Array(instruments).fill(Number.NaN);
  }

  /** Works on a stretch from here on; stretches come in order. */
  enter(stretch: Stretch): void {
    const { instruments, carried, last } = this;
    this.stretch = stretch;
    this.carried = last;
    this.last = carried;
    for (let i = 0; i < instruments; i++) carried[i] = closeBefore(stretch, i, stretch.instants, last[i]!);
    const size = Math.ceil(stretch.instants / SPAN) * instruments;
    if (this.lowest.length < size) {
      this.lowest = new Float64Array(size);
      this.highest = new Float64Array(size);
    }
    this.lowest.fill(Number.NaN, 0, size);
  }

  /** The lowest price of an instrument in the span of an instant; prices before the span's first instant count too. */
  low(instrument: number, instant: number): number {
    return this.lowest[this.place(instrument, instant)]!;
  }

  high(instrument: number, instant: number): number {
    return this.highest[this.place(instrument, instant)]!;
  }

  private place(instrument: number, instant: number): number {
    const span = Math.floor(instant / SPAN);
    const place = span * this.instruments + instrument;
    if (Number.isNaN(this.lowest[place]!)) this.bound(this.stretch, instrument, span, place);
    return place;
  }

  private bound(stretch: Stretch, i: number, span: number, place: number): void {
    const { open, high, low, close } = barsOf(stretch, i);
    const end = Math.min((span + 1) * SPAN, stretch.instants);
    const before = closeBefore(stretch, i, span * SPAN, this.carried[i]!);
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    if (before < lowest) lowest = before;
    if (before > highest) highest = before;
    for (let t = span * SPAN; t < end; t++) {
      const row = rowOf(stretch, i, t);
      if (row < 0) continue;
      const at = placeOf(stretch, i, row);
      lowest = least(lowest, open[at]!, low[at]!, close[at]!);
      highest = most(highest, open[at]!, high[at]!, close[at]!);
    }
    this.lowest[place] = lowest;
    this.highest[place] = highest;
  }
}

/** The last close of an instrument before an instant of the stretch. */
function closeBefore({ closes, origin, step }: Stretch, i: number, t: number, carried: number): number {
  return t === 0 ? carried : closes[i]![origin[i]! + (t - 1) * step]!;
}

/** No margin call lies in the span of an instant, however the prices in it moved. */
export function holdsThrough(account: Account, worst: WorstPrices, instant: number): boolean {
  const { open, openCount, quantity, multiplier, config } = account;
  if (config.kind !== 'margin' || openCount === 0) return true;
  let slack = account.totals[TOTAL.cash]!;
  let gross = 0;
  for (let k = 0; k < openCount; k++) {
    const i = open[k]!;
    const units = quantity[i]! * multiplier[i]!;
    const worth = units * (units > 0 ? worst.low(i, instant) : worst.high(i, instant));
    slack += worth - config.maintenance * Math.abs(worth);
    gross += Math.abs(units) * worst.high(i, instant);
  }
  return slack > NEAR_CALL * gross;
}
