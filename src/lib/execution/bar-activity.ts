/** What volume-dependent fill models know of each instrument: this bar's volume, what was taken of it, and a usual day. */
import { approximateMs, type Block, DAY, type Timeframe } from '../model/index.ts';
import type { ExecutionConfig } from './config.ts';
import { fillsAlone } from './market-fill.ts';

/** Weight of the newest day in the running means: a centre of mass of about 20 days. */
const dayWeight = 2 / 41;

export class BarActivity {
  readonly volume: Float64Array;
  /** Units this account has taken from the present bar. */
  readonly taken: Float64Array;
  /** Standard deviation of daily returns and units a day, from days before the present one; NaN until two days are over. */
  readonly dailyVolatility: Float64Array;
  readonly dailyVolume: Float64Array;
  /** Some fill depends on it: the column of volumes lies far away when nobody else reads it. */
  private readonly matters: boolean;
  /** Open of the present bar. */
  private readonly opened: Float64Array;
  private readonly variance: Float64Array;
  private readonly day: Float64Array;
  private readonly dayVolume: Float64Array;
  private readonly lastClose: Float64Array;
  private readonly dayClose: Float64Array;

  /** Trading days in a bar: 1 up to daily bars, 5 in a week. */
  private readonly daysPerBar: number;

  constructor(instruments: number, timeframe: Timeframe, execution: ExecutionConfig) {
    this.matters = !fillsAlone(execution);
    const span = approximateMs(timeframe) / DAY;
    this.daysPerBar = span > 1 ? Math.max(1, (span * 5) / 7) : 1;
    const column = () => new Float64Array(instruments).fill(Number.NaN);
    this.volume = column();
    this.taken = new Float64Array(instruments);
    this.dailyVolatility = column();
    this.dailyVolume = column();
    this.opened = column();
    this.variance = column();
    this.day = column();
    this.dayVolume = new Float64Array(instruments);
    this.lastClose = column();
    this.dayClose = column();
  }

  /** A bar that is not the present one opens: nothing of it is taken yet, and with a new day the one before it enters the means. */
  begin({ instrument, time, volume }: Block, row: number): void {
    if (!this.matters) return;
    const i = instrument[row]!;
    const openTime = time[row]!;
    if (openTime === this.opened[i]!) return;
    this.opened[i] = openTime;
    this.volume[i] = volume[row]!;
    this.taken[i] = 0;
    this.reach(i, openTime);
  }

  /** Learns from a finished bar. */
  observe(instrument: number, openTime: number, close: number, volume: number): void {
    this.reach(instrument, openTime);
    if (!Number.isNaN(close)) this.lastClose[instrument] = close;
    if (!Number.isNaN(volume)) this.dayVolume[instrument]! += volume;
  }

  /** `ratio` new units for each old one. */
  split(instrument: number, ratio: number): void {
    this.dailyVolume[instrument]! *= ratio;
    this.dayVolume[instrument]! *= ratio;
    this.lastClose[instrument]! /= ratio;
    this.dayClose[instrument]! /= ratio;
  }

  private reach(instrument: number, openTime: number): void {
    const day = Math.floor(openTime / DAY);
    if (day === this.day[instrument]!) return;
    if (!Number.isNaN(this.day[instrument]!)) this.endDay(instrument);
    this.day[instrument] = day;
    this.dayVolume[instrument] = 0;
  }

  private endDay(instrument: number): void {
    this.dailyVolume[instrument] = blend(this.dailyVolume[instrument]!, this.dayVolume[instrument]! / this.daysPerBar);
    const change = this.lastClose[instrument]! / this.dayClose[instrument]! - 1;
    this.dayClose[instrument] = this.lastClose[instrument]!;
    if (Number.isNaN(change)) return;
    this.variance[instrument] = blend(this.variance[instrument]!, (change * change) / this.daysPerBar);
    this.dailyVolatility[instrument] = Math.sqrt(this.variance[instrument]!);
  }
}

function blend(mean: number, value: number): number {
  return Number.isNaN(mean) ? value : mean + dayWeight * (value - mean);
}
